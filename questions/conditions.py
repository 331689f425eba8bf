"""When something is shown: conditions on earlier answers, in three-valued logic.

A condition on a question that is unanswered, or answered "not sure", is unknown, and what is unknown is
shown. So a skipped profile question never hides a risk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import Discriminator, Tag

from questions.model_base import Content

NOT_SURE = "not_sure"

Answer = str | tuple[str, ...] | Mapping[str, str]
Truth = bool | None


class ConditionLiteral(NamedTuple):
    """A condition on the answer to question `q`: it has one of the values, or (`holds` false) none of them.

    In a condition, “not sure” counts as no answer; where `known` is false, it may be chosen too.
    """

    q: str
    values: tuple[str, ...]
    holds: bool = True
    known: bool = True
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Content):
    """Holds when the answer to question `q` has at least one of the values in `any_of`."""

    q: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf(Content):
    """Holds when every node holds."""

    all: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Content):
    """Holds when at least one node holds."""

    any: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf(Content):
    """Holds when no node holds."""

    none: tuple[Condition, ...]


def _node(raw: object) -> str | None:
    """Return which node a raw condition is, by its key."""
    keys = raw if isinstance(raw, Mapping) else ()
    return next((key for key in ("q", "all", "any", "none") if key in keys), None)


Condition = Annotated[
    Annotated[Chosen, Tag("q")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NoneOf, Tag("none")],
    Discriminator(
        _node,
        custom_error_type="condition_form",
        custom_error_message="a condition has one of the keys q, all, any, none",
    ),
]


def truth(condition: Condition | None, answers: Mapping[str, Answer]) -> Truth:
    """Return whether the condition holds: True, False, or None for unknown. No condition holds."""
    match condition:
        case None:
            return True
        case Chosen(q=question, any_of=wanted):
            return _chosen(answers.get(question), wanted)
        case AllOf(all=nodes):
            return _all([truth(node, answers) for node in nodes])
        case AnyOf(any=nodes):
            return _any([truth(node, answers) for node in nodes])
        case NoneOf(none=nodes):
            found = _any([truth(node, answers) for node in nodes])
            return None if found is None else not found


def leaves(condition: Condition | None) -> Iterator[Chosen]:
    """Yield every leaf of the condition, in order."""
    match condition:
        case Chosen():
            yield condition
        case AllOf(all=nodes) | AnyOf(any=nodes) | NoneOf(none=nodes):
            for node in nodes:
                yield from leaves(node)


def _chosen(answer: Answer | None, wanted: tuple[str, ...]) -> Truth:
    if not answer or answer in (NOT_SURE, (NOT_SURE,)):
        return None
    values = (answer,) if isinstance(answer, str) else answer
    return any(value in wanted for value in values)


def _all(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False
