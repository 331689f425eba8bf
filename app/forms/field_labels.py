"""What each field of the wizard and of the plan asks, and what its values mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from questions.answers import options_of, rows_of
from questions.model import MatrixQuestion, Question, Questionnaire
from reports.team.model import FIELDS, STATUSES

Words = tuple[str, Mapping[str, str]]


def all_field_labels(questionnaire: Questionnaire) -> dict[str, Words]:
    """Return the words of every field of these forms, by its name."""
    found = plan_field_labels(questionnaire)
    for question in questionnaire.questions.values():
        found |= question_field_labels(questionnaire, question)
    return found


def question_field_labels(questionnaire: Questionnaire, question: Question) -> dict[str, Words]:
    texts = questionnaire.texts.screen
    labels = {option.value: option.label for option in options_of(questionnaire, question)}
    if isinstance(question, MatrixQuestion):
        rows = rows_of(questionnaire, question)
        return {f"{question.id}-{row.value}": (f"{question.text} {row.label}", labels) for row in rows}
    return {
        question.id: (question.text, labels),
        f"{question.id}-note": (f"{question.text} {texts.note_label}", {}),
        f"{question.id}-reason": (f"{question.text} {texts.reason_label}", {}),
    }


def plan_field_labels(questionnaire: Questionnaire) -> dict[str, Words]:
    texts = questionnaire.texts.work
    sections = {part.id: part.title for part in questionnaire.parts}
    statuses: dict[str, str] = {status: texts.statuses[status] for status in STATUSES}
    labels = {id_: texts.fields[id_].label for id_ in FIELDS}
    fields = {id_: (label, statuses if id_ == "status" else {}) for id_, label in labels.items()}
    return {
        **fields,
        "agency": (questionnaire.texts.screen.agency_label, {}),
        "place": ("Where it goes", {"out": "Out of the plan"}),
        "reason": (texts.move_reason.label, {}),
        "title": (texts.own_title.label, {}),
        "section": (texts.own_section.label, sections),
    }
