"""Answers carried between two versions of the questionnaire, and where each question comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import InvalidAnswer, Question
from questions.model import Questionnaire, major, version_numbers

Lost = Literal["changed", "split", "merged", "dropped", "not_allowed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a question was in an earlier version: how it came about, and from which ids (none: new).

    `reworded` has the same major version and can be compared; `changed` has another one and cannot.
    """

    kind: Literal["same", "reworded", "changed", "split", "merged", "new"]
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCarried:
    """A question whose answer stays behind, why, and which questions of the target ask for it now."""

    question: str
    why: Lost
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The answers as the target takes them, and what of the source it does not take."""

    answers: Answers
    not_carried: tuple[NotCarried, ...]


def origins(earlier: Questionnaire, later: Questionnaire) -> Mapping[str, Origin]:
    """Return the origin of every question of the later version, by its id."""
    traced = _traced(earlier, later)
    return {
        id_: _origin(earlier, question, traced.get(id_, _NEW)) for id_, question in later.questions.items()
    }


def same_questions(one: Questionnaire, other: Questionnaire) -> bool:
    """Return whether two versions ask the same: the same ids, each in the same major version.

    This decides what people are told about a change of version. Clearer words, rules and resources are not
    other questions, so neither a version number nor a fingerprint answers it.
    """
    return one is other or _majors(one) == _majors(other)


def _majors(questionnaire: Questionnaire) -> dict[str, str]:
    return {id_: major(question.version) for id_, question in questionnaire.questions.items()}


def carry(source: Questionnaire, target: Questionnaire, answers: Answers) -> Carried:
    """Return the answers for the target, which may also be the older version.

    An answer is kept whole or not at all: if the target has the question in the same major version, and
    still allows the answer. Notes and reasons go with their answer.
    """
    values: dict[str, Answer] = {}
    kept: set[str] = set()
    lost: list[str] = []
    for id_ in dict.fromkeys([*answers.by_question, *answers.notes, *answers.reasons]):
        try:
            answer = _answer_in(source, target, id_, answers.by_question.get(id_))
        except InvalidAnswer:
            lost.append(id_)
            continue
        kept.add(id_)
        if answer is not None:
            values[id_] = answer
    return Carried(
        answers=Answers(
            by_question=values,
            notes={id_: text for id_, text in answers.notes.items() if id_ in kept},
            reasons={id_: text for id_, text in answers.reasons.items() if id_ in kept},
        ),
        not_carried=_reasons(source, target, lost) if lost else (),
    )


_NEW = Origin(kind="new", was=())


def _traced(earlier: Questionnaire, later: Questionnaire) -> dict[str, Origin]:
    """Return the origins by the steps between the versions; a question they do not name is the same."""
    traced = {id_: Origin(kind="same", was=(id_,)) for id_ in earlier.questions}
    first, last = version_numbers(earlier.version), version_numbers(later.version)
    steps = [step for step in later.changes if first < version_numbers(step.to) <= last]
    for step in sorted(steps, key=lambda step: version_numbers(step.to)):
        for change in step.questions:
            if change.kind in ("reworded", "changed"):
                continue
            roots = [root for id_ in change.was for root in traced.pop(id_, _NEW).was]
            kind = change.kind if roots and change.kind != "dropped" else "new"
            found = Origin(kind=kind, was=tuple(dict.fromkeys(roots)))
            traced.update(dict.fromkeys(change.now, found))
    return traced


def _origin(earlier: Questionnaire, question: Question, traced: Origin) -> Origin:
    """Return the origin of a question, by its version if it is traced to itself."""
    if traced.kind != "same":
        return traced
    before = earlier.questions[question.id]
    if before.version == question.version:
        return traced
    return Origin(kind="reworded" if _comparable(before, question) else "changed", was=traced.was)


def _comparable(one: Question, other: Question) -> bool:
    return major(one.version) == major(other.version)


def _answer_in(source: Questionnaire, target: Questionnaire, id_: str, raw: Answer | None) -> Answer | None:
    """Return the answer as the target takes it; None for none. Raises InvalidAnswer."""
    before, now = source.questions.get(id_), target.questions.get(id_)
    if before is None or now is None or not _comparable(before, now):
        raise InvalidAnswer("this version does not ask for it")
    return now.check(target, raw)


def _reasons(source: Questionnaire, target: Questionnaire, lost: list[str]) -> tuple[NotCarried, ...]:
    """Return why each of the questions stays behind, in the order of the source."""
    places = {id_: place for place, id_ in enumerate(source.questions)}
    heirs = _heirs(source, target)
    return tuple(
        NotCarried(question=id_, why=_why(source, target, id_, heirs.get(id_, ())), now=heirs.get(id_, ()))
        for id_ in sorted(lost, key=lambda id_: places.get(id_, len(places)))
    )


def _heirs(source: Questionnaire, target: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Return which questions of the target ask for what each question of the source asked for."""
    if version_numbers(target.version) < version_numbers(source.version):
        return {id_: origin.was for id_, origin in origins(target, source).items()}
    heirs: dict[str, tuple[str, ...]] = {}
    for id_, origin in origins(source, target).items():
        for was in origin.was:
            heirs[was] = (*heirs.get(was, ()), id_)
    return heirs


def _why(source: Questionnaire, target: Questionnaire, id_: str, now: tuple[str, ...]) -> Lost:
    """Return why an answer stays behind: by what became of its question, seen from the source."""
    if now == (id_,):
        same = _comparable(source.questions[id_], target.questions[id_])
        return "not_allowed" if same else "changed"
    if not now:
        return "dropped"
    return "split" if len(now) > 1 else "merged"
