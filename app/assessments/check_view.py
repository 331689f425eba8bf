"""What the check page shows: the answers by part, unanswered questions first, unused answers last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from questions.answers import Answers
from questions.conditions import NOT_SURE
from questions.kinds.base import Question
from questions.model import Part, Questionnaire
from questions.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A question with its answer in words, and the page where it can be changed.

    `why` says why a newer version does not accept the answer ("" if it does); `changed` says who changed it
    and when.
    """

    question: Question
    part_id: str
    page_id: str
    answers: tuple[str, ...]
    note: str
    reason: str
    from_last_time: bool = False
    why: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPart:
    """The lines of a part."""

    part: Part
    unanswered: tuple[CheckLine, ...]
    answered: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The check page. `not_used` are stored answers off the path."""

    parts: tuple[CheckPart, ...]
    not_used: tuple[CheckLine, ...]
    done: int
    total: int
    not_sure: int
    from_last_time: int


def check_view(path: Path, from_last_time: frozenset[str], changed: Mapping[str, str]) -> CheckView:
    """Return what the check page shows for these answers.

    `from_last_time` holds the ids of questions whose answers nobody has reviewed since the last self-check;
    `changed` says, by question id, who changed the answer and when.
    """
    return CheckView(
        parts=tuple(_part(path, part, from_last_time, changed) for part in path.questionnaire.parts),
        not_used=tuple(_not_used(path, changed)),
        done=len(path.active.by_question),
        total=len(path.visible),
        not_sure=sum(answer == NOT_SURE for answer in path.active.by_question.values()),
        from_last_time=len(from_last_time),
    )


def _part(path: Path, part: Part, from_last_time: frozenset[str], changed: Mapping[str, str]) -> CheckPart:
    lines = [
        replace(
            check_line(path.questionnaire, question, path.active),
            from_last_time=question.id in from_last_time,
            changed=changed.get(question.id, ""),
        )
        for page in path.pages
        if page.part is part
        for question in page.questions
    ]
    return CheckPart(
        part=part,
        unanswered=tuple(line for line in lines if not line.answers),
        answered=tuple(line for line in lines if line.answers),
    )


def check_line(
    questionnaire: Questionnaire,
    question: Question,
    answers: Answers,
    *,
    why: str = "",
) -> CheckLine:
    """Return the line of a question with its answer, note and reason."""
    part, page = questionnaire.place_of[question.id]
    return CheckLine(
        question=question,
        part_id=part.id,
        page_id=page.id,
        answers=question.labels(questionnaire, answers.by_question.get(question.id)),
        note=answers.notes.get(question.id, ""),
        reason=answers.reasons.get(question.id, ""),
        why=why,
    )


def drop_reason(why: str) -> str:
    """Return in words why an answer cannot be migrated to another version of the questions."""
    reasons = {
        "changed": _("What we ask has changed, so this needs a new answer."),
        "split": _("This is now more than one question."),
        "merged": _("This is now part of a larger question."),
        "dropped": _("We no longer ask this."),
        "not_allowed": _("This answer can no longer be chosen."),
    }
    return reasons[why]


def _not_used(path: Path, changed: Mapping[str, str]) -> list[CheckLine]:
    questions = path.questionnaire.questions
    lines = {
        id_: check_line(path.questionnaire, questions[id_], path.inactive)
        for id_ in path.inactive.by_question
    }
    return [replace(line, changed=changed.get(id_, "")) for id_, line in lines.items()]
