"""The smallest change of answers that would bring a resource of the guide into the plan.

Only answers that call for the resource are considered, instead of trying all. If another answer rules out its
audience, the question or the row, that condition is solved and the other answer changes too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from questions.answers import Answers
from questions.condition_solver import Witness, witnesses
from questions.conditions import NOT_SURE, Answer, Condition, truth
from questions.guide import Resource
from questions.kinds.base import ResourceSource
from questions.kinds.options import Option
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.plan.model import AnswerChange, Cause
from reports.plan.recommendations import Need, answer_given, help_for, is_asked, sources_by_resource

UNDECIDED = (None, NOT_SURE)
Values = Mapping[str, Answer]
Changes = tuple[AnswerChange, ...]
Conditions = tuple[Condition, ...]
_Found = tuple[ResourceSource, Conditions]


class _Change(NamedTuple):
    """A change that may bring a resource in: an option of a source, after its prerequisites.

    `changed` is the number of changed answers, `distance` how far the option is from the present answer.
    """

    changed: int
    distance: int
    prerequisites: Changes
    source: ResourceSource
    option: Option

    @property
    def changes(self) -> Changes:
        """All changed answers."""
        if self.changed == len(self.prerequisites):
            return self.prerequisites
        row = self.source.row.value if self.source.row else ""
        own = AnswerChange(question=self.source.question.id, row=row, value=self.option.value)
        return (*self.prerequisites, own)


class SmallestChange:
    """Finds the smallest change of one path of answers that brings a resource into its plan."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._paths: dict[Changes, Path] = {}

    def to_get(self, resource: Resource) -> Changes:
        """Return the smallest change of answers that makes the plan recommend the resource; () for none.

        The smallest change has the fewest answers; ties go to those that do not change the path, then to the
        nearest to the present answers, then to the guide's order. Answers are added or replaced; no option is
        removed.
        """
        asked: list[_Found] = []
        closed: list[_Found] = []
        for source in sources_by_resource(self._path.questionnaire)[resource.id]:
            obstacles = _obstacles(self._path, source, resource)
            (closed if obstacles else asked).append((source, obstacles))
        # A source that is asked needs one change. The others need at least one more, so they come second.
        return self._smallest(asked, resource) or self._smallest(closed, resource)

    def _smallest(self, sources: list[_Found], resource: Resource) -> Changes:
        candidates = [
            change for source, obstacles in sources for change in self._candidates(source, obstacles)
        ]
        candidates.sort(key=itemgetter(0, 1))
        return next((change.changes for change in candidates if self._brings(change, resource)), ())

    def _candidates(self, source: ResourceSource, obstacles: Conditions) -> Iterator[_Change]:
        present = answer_given(self._path.active.by_question, source)
        for prerequisites in _prerequisites(self._path, obstacles):
            for option in source.options:
                changed = len(prerequisites) + (option.value != present)
                # An unanswered question has nothing to revise.
                distance = (
                    0
                    if present in UNDECIDED
                    else abs(source.position[option.value] - source.position[present])
                )
                if changed:
                    yield _Change(
                        changed=changed,
                        distance=distance,
                        prerequisites=prerequisites,
                        source=source,
                        option=option,
                    )

    def _brings(self, change: _Change, resource: Resource) -> bool:
        """Return whether a plan after these changes shows the resource for this answer."""
        source, after = change.source, self._after(change.changes)
        need = Need(
            cause=Cause(question=source.question.id),
            because="",
            answer=change.option,
            resource_ids=source.resource_ids,
        )
        shown = help_for(after, need).resources
        return is_asked(after, source) and any(resource in (c.resource, c.also) for c in shown)

    def _after(self, changes: Changes) -> Path:
        """Return the path after those changes that can affect it."""
        questionnaire = self._path.questionnaire
        decide = tuple(c for c in changes if questionnaire.questions[c.question].conditions_may_read)
        if not decide:
            return self._path
        if decide not in self._paths:
            values = with_changes(questionnaire, self._path.active.by_question, decide)
            self._paths[decide] = path_of(questionnaire, Answers(by_question=values))
        return self._paths[decide]


def with_changes(questionnaire: Questionnaire, values: Values, changes: Changes) -> Values:
    """Return the answers with these changes: an option or a row is added, another answer is replaced."""
    changed = dict(values)
    for change in changes:
        question, before = questionnaire.questions[change.question], changed.get(change.question)
        changed[change.question] = question.answer_with(questionnaire, before, change.value, change.row)
    return changed


def _obstacles(path: Path, source: ResourceSource, resource: Resource) -> Conditions:
    """Return the conditions that keep a source from bringing the resource."""
    conditions = (*source.conditions, resource.show_when)
    return tuple(c for c in conditions if c and truth(c, path.active.by_question) is False)


def _prerequisites(path: Path, obstacles: Conditions) -> Iterator[Changes]:
    """Yield changes under which none of these conditions is false any more; once nothing, for none."""
    if not obstacles:
        yield ()
        return
    for witness in _solved(path.questionnaire, obstacles):
        yield _needed(path, obstacles, tuple(_differences(path, witness)))


@lru_cache(maxsize=1024)
def _solved(questionnaire: Questionnaire, conditions: Conditions) -> tuple[Witness, ...]:
    """Return the witnesses of the conditions; kept, because they take longer to find than to use."""
    return tuple(witnesses(questionnaire, *conditions))


def _differences(path: Path, witness: Witness) -> Iterator[AnswerChange]:
    for id_, answer in witness.items():
        before = _chosen(path.active.by_question.get(id_))
        yield from (
            AnswerChange(question=id_, value=value) for value in _chosen(answer) if value not in before
        )


def _needed(path: Path, obstacles: Conditions, changes: Changes) -> Changes:
    """Return the changes without those that can be left out: what is unknown rules nothing out."""
    for change in changes:
        fewer = tuple(other for other in changes if other is not change)
        values = with_changes(path.questionnaire, path.active.by_question, fewer)
        if not any(truth(condition, values) is False for condition in obstacles):
            changes = fewer
    return changes


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    """Return the options chosen in an answer with options."""
    if isinstance(answer, str):
        return (answer,)
    return answer if isinstance(answer, tuple) else ()
