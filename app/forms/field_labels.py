"""What each field of the wizard and of the plan asks, and what its values mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from questions.kinds.base import Question
from questions.model import Questionnaire
from reports.documents.action_fields import status_labels
from reports.team.fields import ACTION_FIELDS

# Of the form that moves an action.
MOVE_TO, OUT_OF_PLAN = _l("Where it goes"), _l("Out of the plan")

Words = tuple[str, Mapping[str, str]]


def all_field_labels(questionnaire: Questionnaire) -> dict[str, Words]:
    """Return the words of every field of these forms, by its name."""
    found = plan_field_labels(questionnaire)
    for question in questionnaire.questions.values():
        found |= question_field_labels(questionnaire, question)
    return found


def question_field_labels(questionnaire: Questionnaire, question: Question) -> dict[str, Words]:
    """Return the words of the fields of a question, by their names."""
    texts = questionnaire.texts.screen
    more = {"answer": "", "note": texts.note_label, "reason": texts.reason_label}
    return {
        field.name: (
            f"{field.label} {more[field.holds]}".rstrip(),
            {option.value: option.label for option in field.options},
        )
        for field in question.fields(questionnaire)
    }


def plan_field_labels(questionnaire: Questionnaire) -> dict[str, Words]:
    texts = questionnaire.texts.work
    sections = {part.id: part.title for part in questionnaire.parts}
    values = {field.id: status_labels(texts) if field.widget == "status" else {} for field in ACTION_FIELDS}
    return {
        **{id_: (texts.fields[id_].label, labels) for id_, labels in values.items()},
        "agency": (questionnaire.texts.screen.agency_label, {}),
        "place": (str(MOVE_TO), {"out": str(OUT_OF_PLAN)}),
        "reason": (texts.move_reason.label, {}),
        "title": (texts.own_title.label, {}),
        "section": (texts.own_section.label, sections),
    }
