"""The smallest change of answers that would make the plan recommend a resource of the guide.

Instead of trying all answers, the search considers only those that call for the resource. If another answer
hides the question or row, or rules out the audience, the search solves that condition and changes the other
answer too.
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
_SourceWithObstacles = tuple[ResourceSource, Conditions]


class _Change(NamedTuple):
    """A candidate: choose this option of the source, after changing the answers in `prerequisites`.

    `changed` is the number of changed answers, and `distance` how far the option is from the current answer.
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
    """Finds the smallest change to one path of answers that makes its plan recommend a resource."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._paths: dict[Changes, Path] = {}

    def to_get(self, resource: Resource) -> Changes:
        """Return the smallest change that makes the plan recommend the resource; () if there is none.

        The smallest change has the fewest answers. Ties go first to changes that leave the path as it is,
        then to those nearest to the current answers, and then follow the guide's order. Answers are added or
        replaced; options are never removed.
        """
        unblocked: list[_SourceWithObstacles] = []
        blocked: list[_SourceWithObstacles] = []
        for source in sources_by_resource(self._path.questionnaire)[resource.id]:
            obstacles = _obstacles(self._path, source, resource)
            (blocked if obstacles else unblocked).append((source, obstacles))
        # A source without obstacles needs one change. The others need at least one more, so they come second.
        return self._smallest(unblocked, resource) or self._smallest(blocked, resource)

    def _smallest(self, sources: list[_SourceWithObstacles], resource: Resource) -> Changes:
        candidates = [
            change for source, obstacles in sources for change in self._candidates(source, obstacles)
        ]
        candidates.sort(key=itemgetter(0, 1))
        return next((change.changes for change in candidates if self._recommends(change, resource)), ())

    def _candidates(self, source: ResourceSource, obstacles: Conditions) -> Iterator[_Change]:
        current = answer_given(self._path.active.by_question, source)
        for prerequisites in _prerequisites(self._path, obstacles):
            for option in source.options:
                changed = len(prerequisites) + (option.value != current)
                # Nothing is revised where there was no definite answer.
                distance = (
                    0
                    if current in UNDECIDED
                    else abs(source.position[option.value] - source.position[current])
                )
                if changed:
                    yield _Change(
                        changed=changed,
                        distance=distance,
                        prerequisites=prerequisites,
                        source=source,
                        option=option,
                    )

    def _recommends(self, change: _Change, resource: Resource) -> bool:
        """Return whether the plan, after this change, shows the resource for the changed answer."""
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
        """Return the path after these changes; those that cannot affect it are ignored."""
        questionnaire = self._path.questionnaire
        relevant = tuple(c for c in changes if questionnaire.questions[c.question].conditions_may_read)
        if not relevant:
            return self._path
        if relevant not in self._paths:
            values = with_changes(questionnaire, self._path.active.by_question, relevant)
            self._paths[relevant] = path_of(questionnaire, Answers(by_question=values))
        return self._paths[relevant]


def with_changes(questionnaire: Questionnaire, values: Values, changes: Changes) -> Values:
    """Return the answers after these changes: options and rows are added, single answers are replaced."""
    changed = dict(values)
    for change in changes:
        question, before = questionnaire.questions[change.question], changed.get(change.question)
        changed[change.question] = question.answer_with(questionnaire, before, change.value, change.row)
    return changed


def _obstacles(path: Path, source: ResourceSource, resource: Resource) -> Conditions:
    """Return the conditions that are now false and so prevent the source from bringing in the resource."""
    conditions = (*source.conditions, resource.show_when)
    return tuple(c for c in conditions if c and truth(c, path.active.by_question) is False)


def _prerequisites(path: Path, obstacles: Conditions) -> Iterator[Changes]:
    """Yield changes after which no obstacle is false any longer; without obstacles, only ()."""
    if not obstacles:
        yield ()
        return
    for witness in _witnesses_of(path.questionnaire, obstacles):
        yield _without_unneeded(path, obstacles, tuple(_differences(path, witness)))


@lru_cache(maxsize=1024)  # saves 0.6 of the 2.5 ms of the longest plan
def _witnesses_of(questionnaire: Questionnaire, conditions: Conditions) -> tuple[Witness, ...]:
    """Return answers that make all conditions true."""
    return tuple(witnesses(questionnaire, *conditions))


def _differences(path: Path, witness: Witness) -> Iterator[AnswerChange]:
    for id_, answer in witness.items():
        question = path.questionnaire.questions[id_]
        before = question.values_in(path.active.by_question.get(id_))
        for value in question.values_in(answer):
            if value not in before:
                yield AnswerChange(question=id_, value=value)


def _without_unneeded(path: Path, obstacles: Conditions, changes: Changes) -> Changes:
    """Return only the changes that are needed: a condition whose value is unknown is no obstacle."""
    for change in changes:
        fewer = tuple(other for other in changes if other is not change)
        values = with_changes(path.questionnaire, path.active.by_question, fewer)
        if not any(truth(condition, values) is False for condition in obstacles):
            changes = fewer
    return changes
