"""Redundant parts of a condition: without them, it is true for the same answers."""

from __future__ import annotations

from collections.abc import Iterator

from questions.condition_solver import same
from questions.conditions import AllOf, AnyOf, Chosen, Condition, NoneOf
from questions.model import Questionnaire
from questions.source_files.errors import KeyPath, LocatedProblem, Location

# The keys that lead to a part, the part in words, and the condition without it.
_Without = tuple[KeyPath, str, Condition]


def redundant_parts(
    questionnaire: Questionnaire, condition: Condition, location: Location
) -> Iterator[LocatedProblem]:
    """Yield a problem for each redundant part, but not for the parts inside a redundant part."""
    redundant: list[KeyPath] = []
    for place, part, smaller in _without(condition, ()):
        if any(place[: len(outer)] == outer for outer in redundant):
            continue
        if same(questionnaire, condition, smaller):
            redundant.append(place)
            yield location.at(*place).problem(
                f"{part} changes nothing: the condition is true for the same answers without it",
                "remove it, or write what was meant",
            )


def _without(condition: Condition, place: KeyPath) -> Iterator[_Without]:
    """Yield each part that can be removed without emptying the condition, outer ones first."""
    match condition:
        case Chosen(q=question, any_of=values):
            for index, value in enumerate(values if len(values) > 1 else ()):
                smaller = Chosen(q=question, any_of=(*values[:index], *values[index + 1 :]))
                yield (*place, "any_of", index), f"the value “{value}” of “{question}”", smaller
        case AllOf(all=nodes):
            yield from ((at, part, AllOf(all=rest)) for at, part, rest in _in_list(nodes, (*place, "all")))
        case AnyOf(any=nodes):
            yield from ((at, part, AnyOf(any=rest)) for at, part, rest in _in_list(nodes, (*place, "any")))
        case NoneOf(none=nodes):
            yield from ((at, part, NoneOf(none=rest)) for at, part, rest in _in_list(nodes, (*place, "none")))


def _in_list(
    nodes: tuple[Condition, ...], place: KeyPath
) -> Iterator[tuple[KeyPath, str, tuple[Condition, ...]]]:
    for index, node in enumerate(nodes):
        before, after = nodes[:index], nodes[index + 1 :]
        if len(nodes) > 1:
            yield (*place, index), f"part {index + 1} of “{place[-1]}”", (*before, *after)
        for inner, part, smaller in _without(node, (*place, index)):
            yield inner, part, (*before, smaller, *after)
