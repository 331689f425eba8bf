"""Answers moved between two versions of the questionnaire, and where each question came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import InvalidAnswer, Question
from questions.model import Questionnaire, major, version_numbers

DropReason = Literal["changed", "split", "merged", "dropped", "not_allowed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a question was in an earlier version: what happened to it, and the ids it had (none if new).

    A reworded question has the same major version and can be compared; a changed one cannot.
    """

    kind: Literal["same", "reworded", "changed", "split", "merged", "new"]
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedAnswer:
    """A question whose answer is dropped, the reason, and the target's questions in its place."""

    question: str
    reason: DropReason
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortenedAnswer:
    """A question of which a part of the answer moves, and the part that does not, in the source's words."""

    question: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigratedAnswers:
    """The answers that the target accepts, those that are dropped, and those that lost a part."""

    answers: Answers
    dropped: tuple[DroppedAnswer, ...]
    shortened: tuple[ShortenedAnswer, ...]


def origins(earlier: Questionnaire, later: Questionnaire) -> Mapping[str, Origin]:
    """Return the origin of every question of the later version, by its id."""
    traced = _traced(earlier, later)
    return {
        id_: _origin(earlier, question, traced.get(id_, _NEW)) for id_, question in later.questions.items()
    }


def same_questions(one: Questionnaire, other: Questionnaire) -> bool:
    """Return whether two versions ask the same: the same ids, each in the same major version.

    This decides what the pages say about a change of version. Clearer words, rules and resources are not
    other questions, so neither a version number nor a fingerprint answers it.
    """
    return one is other or _majors(one) == _majors(other)


def _majors(questionnaire: Questionnaire) -> dict[str, str]:
    return {id_: major(question.version) for id_, question in questionnaire.questions.items()}


def migrate_answers(source: Questionnaire, target: Questionnaire, answers: Answers) -> MigratedAnswers:
    """Return the answers for the target, which may be the newer or the older version.

    An answer moves if the target has the question in the same major version and still allows it; of several
    options or rows, those move that are still offered. Notes and reasons move with their answer.
    """
    values: dict[str, Answer] = {}
    moved: set[str] = set()
    dropped: list[str] = []
    shortened: list[ShortenedAnswer] = []
    for id_ in dict.fromkeys([*answers.by_question, *answers.notes, *answers.reasons]):
        try:
            answer = _answer_in(source, target, id_, answers.by_question.get(id_))
        except InvalidAnswer:
            dropped.append(id_)
            continue
        moved.add(id_)
        if answer is not None:
            values[id_] = answer
            question = source.questions[id_]
            lost = question.lost(answers.by_question[id_], answer)
            if lost:
                shortened.append(ShortenedAnswer(question=id_, lost=question.labels(source, lost)))
    return MigratedAnswers(
        answers=Answers(
            by_question=values,
            notes={id_: text for id_, text in answers.notes.items() if id_ in moved},
            reasons={id_: text for id_, text in answers.reasons.items() if id_ in moved},
            points_to=frozenset(answers.points_to & moved),
        ),
        dropped=_with_reasons(source, target, dropped) if dropped else (),
        shortened=tuple(shortened),
    )


_NEW = Origin(kind="new", was=())


def _traced(earlier: Questionnaire, later: Questionnaire) -> dict[str, Origin]:
    """Return each question's origin according to the steps between the versions.

    A question that no step lists is the same.
    """
    traced = {id_: Origin(kind="same", was=(id_,)) for id_ in earlier.questions}
    first, last = version_numbers(earlier.version), version_numbers(later.version)
    steps = [step for step in later.changes if first < version_numbers(step.to) <= last]
    for step in sorted(steps, key=lambda step: version_numbers(step.to)):
        for change in step.questions:
            if change.kind in ("reworded", "changed"):
                continue
            roots = [root for id_ in change.was for root in traced.pop(id_, _NEW).was]
            kind = change.kind if roots and change.kind != "dropped" else "new"
            origin = Origin(kind=kind, was=tuple(dict.fromkeys(roots)))
            traced.update(dict.fromkeys(change.now, origin))
    return traced


def _origin(earlier: Questionnaire, question: Question, traced: Origin) -> Origin:
    """Return the origin of a question; if its id is the same, the versions say whether it changed."""
    if traced.kind != "same":
        return traced
    before = earlier.questions[question.id]
    if before.version == question.version:
        return traced
    return Origin(kind="reworded" if _comparable(before, question) else "changed", was=traced.was)


def _comparable(one: Question, other: Question) -> bool:
    return major(one.version) == major(other.version)


def _answer_in(source: Questionnaire, target: Questionnaire, id_: str, raw: Answer | None) -> Answer | None:
    """Return the answer as the target accepts it, None if there is none. Raises InvalidAnswer."""
    before, now = source.questions.get(id_), target.questions.get(id_)
    if before is None or now is None or not _comparable(before, now):
        raise InvalidAnswer("this version does not ask for it")
    answer = None if raw is None else now.still_valid(target, raw)
    if raw is not None and answer is None:
        raise InvalidAnswer("this version does not offer it")
    return answer


def _with_reasons(
    source: Questionnaire, target: Questionnaire, dropped: list[str]
) -> tuple[DroppedAnswer, ...]:
    """Return these questions with the reasons why their answers are dropped, in the source's order."""
    order = {id_: number for number, id_ in enumerate(source.questions)}
    successors = _successors(source, target)
    return tuple(
        DroppedAnswer(
            question=id_,
            reason=_reason(source, target, id_, successors.get(id_, ())),
            now=successors.get(id_, ()),
        )
        for id_ in sorted(dropped, key=lambda id_: order.get(id_, len(order)))
    )


def _successors(source: Questionnaire, target: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Return the questions of the target that replace each question of the source."""
    if version_numbers(target.version) < version_numbers(source.version):
        return {id_: origin.was for id_, origin in origins(target, source).items()}
    successors: dict[str, tuple[str, ...]] = {}
    for id_, origin in origins(source, target).items():
        for was in origin.was:
            successors[was] = (*successors.get(was, ()), id_)
    return successors


def _reason(source: Questionnaire, target: Questionnaire, id_: str, now: tuple[str, ...]) -> DropReason:
    """Return why an answer is dropped, by what happened to its question, seen from the source."""
    if now == (id_,):
        same = _comparable(source.questions[id_], target.questions[id_])
        return "not_allowed" if same else "changed"
    if not now:
        return "dropped"
    return "split" if len(now) > 1 else "merged"
