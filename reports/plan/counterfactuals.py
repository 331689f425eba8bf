"""Which answers would bring a resource of the guide into the plan.

Reasoned, not tried out: only the answers that call for the resource are looked at. Where an answer
rules out its audience, the question or the row, that condition is solved, and the answer changed too.
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

OPEN = (None, NOT_SURE)
Values = Mapping[str, Answer]
Changes = tuple[AnswerChange, ...]
Conditions = tuple[Condition, ...]
_Found = tuple[ResourceSource, Conditions]


class _Way(NamedTuple):
    """What may bring a resource in: changes under which the source is asked, and the option as its answer.

    `changed` is the number of changes, `distance` that of the option from what is answered now.
    """

    changed: int
    distance: int
    lifted: Changes
    source: ResourceSource
    option: Option

    @property
    def changes(self) -> Changes:
        """All changes of the way."""
        if self.changed == len(self.lifted):
            return self.lifted
        row = self.source.row.value if self.source.row else ""
        own = AnswerChange(question=self.source.question.id, row=row, value=self.option.value)
        return (*self.lifted, own)


class WaysIn:
    """The ways into the plan from one path of answers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._paths: dict[Changes, Path] = {}

    def to(self, resource: Resource) -> Changes:
        """Return the smallest change of answers that makes the plan recommend the resource; () for none.

        Smallest is the fewest answers, then what leaves the path as it is, then the nearest to what is
        answered now, then the guide's order. Answers are added or replaced; no option is taken out.
        """
        asked: list[_Found] = []
        closed: list[_Found] = []
        for source in sources_by_resource(self._path.questionnaire)[resource.id]:
            ruled_out = _ruled_out(self._path, source, resource)
            (closed if ruled_out else asked).append((source, ruled_out))
        # What is asked needs one change, the others need one at least: so those are looked at only then.
        return self._smallest(asked, resource) or self._smallest(closed, resource)

    def _smallest(self, sources: list[_Found], resource: Resource) -> Changes:
        ways = [way for source, ruled_out in sources for way in self._ways(source, ruled_out)]
        ways.sort(key=itemgetter(0, 1))
        return next((way.changes for way in ways if self._brings(way, resource)), ())

    def _ways(self, source: ResourceSource, ruled_out: Conditions) -> Iterator[_Way]:
        present = answer_given(self._path.active.by_question, source)
        for lifted in _lifted(self._path, ruled_out):
            for option in source.options:
                changed = len(lifted) + (option.value != present)
                # A question that is open has nothing to take back.
                distance = (
                    0 if present in OPEN else abs(source.position[option.value] - source.position[present])
                )
                if changed:
                    yield _Way(
                        changed=changed, distance=distance, lifted=lifted, source=source, option=option
                    )

    def _brings(self, way: _Way, resource: Resource) -> bool:
        """Return whether a plan after these changes shows the resource for this answer."""
        source, after = way.source, self._after(way.changes)
        need = Need(
            cause=Cause(question=source.question.id),
            because="",
            answer=way.option,
            resource_ids=source.resource_ids,
        )
        shown = help_for(after, need).resources
        return is_asked(after, source) and any(resource in (c.resource, c.also) for c in shown)

    def _after(self, changes: Changes) -> Path:
        """Return the path after those of the changes that can alter it."""
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


def _ruled_out(path: Path, source: ResourceSource, resource: Resource) -> Conditions:
    """Return the conditions that keep a source from bringing the resource."""
    conditions = (*source.conditions, resource.show_when)
    return tuple(c for c in conditions if c and truth(c, path.active.by_question) is False)


def _lifted(path: Path, ruled_out: Conditions) -> Iterator[Changes]:
    """Yield changes under which none of these conditions is false any more; once nothing, for none."""
    if not ruled_out:
        yield ()
        return
    for witness in _solved(path.questionnaire, ruled_out):
        yield _needed(path, ruled_out, tuple(_differences(path, witness)))


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


def _needed(path: Path, ruled_out: Conditions, changes: Changes) -> Changes:
    """Return the changes without those that can be left out: what is unknown rules nothing out."""
    for change in changes:
        fewer = tuple(other for other in changes if other is not change)
        values = with_changes(path.questionnaire, path.active.by_question, fewer)
        if not any(truth(condition, values) is False for condition in ruled_out):
            changes = fewer
    return changes


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    """Return the options chosen in an answer with options."""
    if isinstance(answer, str):
        return (answer,)
    return answer if isinstance(answer, tuple) else ()
