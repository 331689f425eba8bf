"""What each field of the wizard and of the plan asks, and what its values mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from questions.kinds.base import Question
from questions.model import Questionnaire
from reports.documents.action_fields import status_labels
from reports.team.fields import ACTION_FIELDS

# Of the form that moves an action, and of the one that adds one.
MOVE_TO, OUT_OF_PLAN, MOVE_REASON = _l("Where it goes"), _l("Out of the plan"), _l("Why this change?")
OWN_TITLE, OWN_SECTION = _l("What we will change"), _l("Which part does it belong to?")

AGENCY_LABEL = _l("Name of your agency or program (you can leave this blank)")

# A field's label, and the labels of its values ({} for a field to type in).
FieldLabels = tuple[str, Mapping[str, str]]


def all_field_labels(questionnaire: Questionnaire) -> dict[str, FieldLabels]:
    """Return the labels of every field of the wizard and of the plan, by the field's name."""
    found = plan_field_labels(questionnaire)
    for question in questionnaire.questions.values():
        found |= question_field_labels(questionnaire, question)
    return found


def question_field_labels(questionnaire: Questionnaire, question: Question) -> dict[str, FieldLabels]:
    """Return the labels of the fields of a question, by the field's name."""
    return {
        field.name: (
            _label(field.holds, field.label),
            {option.value: option.label for option in field.options},
        )
        for field in questionnaire.fields[question.id]
    }


def _label(holds: str, label: str) -> str:
    if holds == "note":
        return _("Note on “%(question)s”", question=label)
    if holds == "reason":
        return _("Why this does not apply to you: “%(question)s”", question=label)
    if holds == "points_to":
        return _("What you can point to for “%(question)s”", question=label)
    return label


def plan_field_labels(questionnaire: Questionnaire) -> dict[str, FieldLabels]:
    """Return the labels of the fields of the finish page and of the plan's forms, by the field's name."""
    texts = questionnaire.texts.work
    sections = {part.id: part.short_title for part in questionnaire.parts}
    values = {field.id: status_labels(texts) if field.widget == "status" else {} for field in ACTION_FIELDS}
    return {
        **{id_: (texts.fields[id_].label, labels) for id_, labels in values.items()},
        "agency": (str(AGENCY_LABEL), {}),
        "place": (str(MOVE_TO), {"out": str(OUT_OF_PLAN)}),
        "reason": (str(MOVE_REASON), {}),
        "title": (str(OWN_TITLE), {}),
        "section": (str(OWN_SECTION), sections),
    }
