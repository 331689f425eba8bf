"""What was answered, and the checks of what people write beside their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from questions.conditions import Answer
from questions.kinds.base import InvalidAnswer, Question
from questions.model import Questionnaire
from questions.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, by question id: answers, notes, and reasons for "doesn't apply".

    `points_to` are the practices for which the agency can point to the evidence.
    """

    by_question: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    points_to: frozenset[str] = frozenset()


def check_note(question: Question, raw: object, limit: int) -> str:
    """Return the note, cleaned; "" for none. Only practice questions take one. Raises InvalidAnswer."""
    if not question.is_practice:
        raise InvalidAnswer("this question takes no note")
    return check_text(raw, limit)


def check_text(raw: object, limit: int) -> str:
    """Return the text, cleaned. Raises InvalidAnswer if it is no text, or too long."""
    if not isinstance(raw, str):
        raise InvalidAnswer("this has to be text")
    # Composing accents takes time by the square of their number, so what is far too long is not cleaned.
    text = clean(raw) if len(raw) <= 4 * limit else raw
    if len(text) > limit:
        raise InvalidAnswer(
            "This is %(length)s characters long. The limit is %(limit)s: please take out %(over)s.",
            length=len(text),
            limit=limit,
            over=len(text) - limit,
        )
    return text


def usable_answers(questionnaire: Questionnaire, stored: Answers) -> Answers:
    """Return what this questionnaire still allows of the stored answers; the rest is left out."""
    usable: dict[str, Answer] = {}
    for id_, value in stored.by_question.items():
        question = questionnaire.questions.get(id_)
        answer = question.still_valid(questionnaire, value) if question else None
        if answer:
            usable[id_] = answer
    points_to = frozenset(stored.points_to & questionnaire.practice.keys())
    return replace(stored, by_question=usable, points_to=points_to)
