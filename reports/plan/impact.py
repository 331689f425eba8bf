"""The impact of changed answers, before they are saved, on the questions asked and on the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from questions.guide import Resource
from questions.kinds.base import Question
from questions.kinds.options import Row
from questions.path import Path
from reports.plan.builder import ANY_HEADER, action_plan
from reports.plan.model import Action

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on the path, or one of its rows (None for the whole question)."""

    question: Question
    row: Row | None
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is added and removed: questions and rows, actions of the plan, recommended resources.

    If a question that is added already has a stored answer, that answer counts again. The answer to a
    question that is removed stays stored, but does not count.
    """

    questions_added: tuple[Asked, ...]
    questions_removed: tuple[Asked, ...]
    actions_added: tuple[Action, ...]
    actions_removed: tuple[Action, ...]
    resources_added: tuple[Resource, ...]
    resources_removed: tuple[Resource, ...]

    @property
    def changes_questions(self) -> bool:
        """Whether a question or a row is added or removed."""
        return bool(self.questions_added or self.questions_removed)

    @property
    def changes_plan(self) -> bool:
        """Whether an action or a resource is added or removed."""
        return bool(
            self.actions_added or self.actions_removed or self.resources_added or self.resources_removed
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is added or removed."""
        return not self.changes_questions and not self.changes_plan


def preview(before: Path, after: Path) -> Preview:
    """Return what is added and removed when the answers change from one path to the other."""
    old, new = action_plan(before, ANY_HEADER), action_plan(after, ANY_HEADER)
    planned_then = {action.question.id: action for action in old.planned}
    planned_now = {action.question.id: action for action in new.planned}
    resources_then = {item.resource.id: item.resource for item in old.resources}
    resources_now = {item.resource.id: item.resource for item in new.resources}
    return Preview(
        questions_added=tuple(_only_asked(after, before)),
        questions_removed=tuple(_only_asked(before, after)),
        actions_added=_only_in(planned_now, planned_then),
        actions_removed=_only_in(planned_then, planned_now),
        resources_added=_only_in(resources_now, resources_then),
        resources_removed=_only_in(resources_then, resources_now),
    )


def _only_in(these: Mapping[str, _Item], those: Mapping[str, _Item]) -> tuple[_Item, ...]:
    return tuple(item for id_, item in these.items() if id_ not in those)


def _only_asked(path: Path, other: Path) -> Iterator[Asked]:
    """Yield the questions that only this path asks, and the rows of those that both ask."""
    for id_ in path.visible:
        question, answer = path.questionnaire.questions[id_], path.active.by_question.get(id_)
        if id_ not in other.visible:
            yield Asked(question=question, row=None, answered=answer is not None)
        elif path.rows.get(id_) != other.rows.get(id_):
            new = (row for row in path.rows[id_] if row not in other.rows[id_])
            yield from (
                Asked(question=question, row=row, answered=bool(question.values_in(answer, row.value)))
                for row in new
            )
