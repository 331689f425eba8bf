"""What the check page shows: every answer by part, the unanswered first, the unused apart."""

from __future__ import annotations

from dataclasses import dataclass

from questions.conditions import NOT_SURE
from questions.labels import answer_labels, labels_of
from questions.model import Part, Question
from questions.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A question with its answer in words, and the page where it can be changed.

    `why` says why the answer stays behind, "" when it does not.
    """

    question: Question
    part_id: str
    page_id: str
    answers: tuple[str, ...]
    note: str
    reason: str
    from_last_time: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPart:
    """A part's lines: those without an answer first."""

    part: Part
    unanswered: tuple[CheckLine, ...]
    answered: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The check page, ready to lay out. `not_used` are stored answers off the path."""

    parts: tuple[CheckPart, ...]
    not_used: tuple[CheckLine, ...]
    done: int
    total: int
    not_sure: int
    from_last_time: int


def check_view(path: Path, from_last_time: frozenset[str]) -> CheckView:
    """Return what the check page shows for these answers; some may still be those of last time."""
    return CheckView(
        parts=tuple(_part(path, part, from_last_time) for part in path.questionnaire.parts),
        not_used=tuple(_not_used(path)),
        done=len(path.used.values),
        total=len(path.shown),
        not_sure=sum(answer == NOT_SURE for answer in path.used.values.values()),
        from_last_time=len(from_last_time),
    )


def _part(path: Path, part: Part, from_last_time: frozenset[str]) -> CheckPart:
    lines = [
        _line(path, question, page.page.id, from_last_time)
        for page in path.pages
        if page.part is part
        for question in page.questions
    ]
    return CheckPart(
        part=part,
        unanswered=tuple(line for line in lines if not line.answers),
        answered=tuple(line for line in lines if line.answers),
    )


def _line(path: Path, question: Question, page_id: str, from_last_time: frozenset[str]) -> CheckLine:
    part, _ = path.questionnaire.place_of[question.id]
    return CheckLine(
        question=question,
        part_id=part.id,
        page_id=page_id,
        answers=answer_labels(path, question),
        note=path.used.notes.get(question.id, ""),
        reason=path.used.reasons.get(question.id, ""),
        from_last_time=question.id in from_last_time,
    )


def _not_used(path: Path) -> list[CheckLine]:
    lines = []
    for id_, answer in path.kept.values.items():
        question = path.questionnaire.questions[id_]
        part, page = path.questionnaire.place_of[id_]
        lines.append(
            CheckLine(
                question=question,
                part_id=part.id,
                page_id=page.id,
                answers=labels_of(path.questionnaire, question, answer),
                note=path.kept.notes.get(id_, ""),
                reason=path.kept.reasons.get(id_, ""),
            )
        )
    return lines
