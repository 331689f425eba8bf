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
from questions.model import ManyQuestion, MatrixQuestion, Option, Question, Questionnaire, StageQuestion
from questions.path import Path, path_of
from reports.plan.model import AnswerChange, Cause
from reports.plan.recommendation_sources import Offer, offers_of
from reports.plan.recommendations import Need, help_for

OPEN = (None, NOT_SURE)
Values = Mapping[str, Answer]
Changes = tuple[AnswerChange, ...]
Conditions = tuple[Condition, ...]
_Found = tuple[Offer, Conditions]


class _Way(NamedTuple):
    """What may bring a resource in: changes under which the offer is asked, and the option as its answer.

    `changed` is the number of changes, `distance` that of the option from what is answered now.
    """

    changed: int
    distance: int
    lifted: Changes
    offer: Offer
    option: Option

    @property
    def changes(self) -> Changes:
        """All changes of the way."""
        if self.changed == len(self.lifted):
            return self.lifted
        row = self.offer.row.value if self.offer.row else ""
        own = AnswerChange(question=self.offer.question.id, row=row, value=self.option.value)
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
        for offer in offers_of(self._path.questionnaire)[resource.id]:
            ruled_out = _ruled_out(self._path, offer, resource)
            (closed if ruled_out else asked).append((offer, ruled_out))
        # What is asked needs one change, the others need one at least: so those are looked at only then.
        return self._smallest(asked, resource) or self._smallest(closed, resource)

    def _smallest(self, offers: list[_Found], resource: Resource) -> Changes:
        ways = [way for offer, ruled_out in offers for way in self._ways(offer, ruled_out)]
        ways.sort(key=itemgetter(0, 1))
        return next((way.changes for way in ways if self._brings(way, resource)), ())

    def _ways(self, offer: Offer, ruled_out: Conditions) -> Iterator[_Way]:
        present = answer_given(self._path.active.by_question, offer)
        for lifted in _lifted(self._path, ruled_out):
            for option in offer.options:
                changed = len(lifted) + (option.value != present)
                # A question that is open has nothing to take back.
                distance = 0 if present in OPEN else abs(offer.place[option.value] - offer.place[present])
                if changed:
                    yield _Way(changed=changed, distance=distance, lifted=lifted, offer=offer, option=option)

    def _brings(self, way: _Way, resource: Resource) -> bool:
        """Return whether a plan after these changes shows the resource for this answer."""
        offer, after = way.offer, self._after(way.changes)
        need = Need(
            cause=Cause(question=offer.question.id),
            because="",
            answer=way.option,
            resource_ids=offer.resource_ids,
        )
        shown = help_for(after, need).resources
        return is_asked(after, offer) and any(resource in (c.resource, c.also) for c in shown)

    def _after(self, changes: Changes) -> Path:
        """Return the path after those of the changes that can alter it."""
        questionnaire = self._path.questionnaire
        decide = tuple(c for c in changes if _may_decide(questionnaire.questions[c.question]))
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
        changed[change.question] = _answer_with(question, before, change)
    return changed


def answer_given(values: Values, offer: Offer) -> str | None:
    """Return what is answered to the question or row of an offer; None for nothing."""
    answer = values.get(offer.question.id)
    if offer.row and isinstance(answer, Mapping):
        return answer.get(offer.row.value)
    return answer if isinstance(answer, str) else None


def is_asked(path: Path, offer: Offer) -> bool:
    """Return whether the question or row of an offer is on the path."""
    if offer.row is None:
        return offer.question.id in path.visible
    return offer.row in path.rows.get(offer.question.id, ())


def _ruled_out(path: Path, offer: Offer, resource: Resource) -> Conditions:
    """Return the conditions that keep an offer from bringing the resource."""
    conditions = (*offer.conditions, resource.show_when)
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


def _may_decide(question: Question) -> bool:
    """Return whether a condition may ask for the answer (questions.references), and so change the path."""
    return not isinstance(question, StageQuestion | MatrixQuestion)


def _answer_with(question: Question, before: Answer | None, change: AnswerChange) -> Answer:
    if isinstance(question, MatrixQuestion):
        rows = before if isinstance(before, Mapping) else {}
        return {**rows, change.row: change.value}
    if isinstance(question, ManyQuestion):
        alone = {option.value for option in question.options if option.exclusive}
        kept = set() if change.value in alone else set(_chosen(before)) - alone
        return tuple(o.value for o in question.options if o.value in kept or o.value == change.value)
    return change.value


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    """Return the options chosen in an answer with options."""
    if isinstance(answer, str):
        return (answer,)
    return answer if isinstance(answer, tuple) else ()
