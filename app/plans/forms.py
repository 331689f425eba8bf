"""The forms of the team's work: one action's fields, its place, and an action of the team's own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.forms.base import Form, as_validation, check_length
from app.forms.dates import is_iso, read_date
from app.forms.privacy_warning import free_text, no_client_data
from questions.model import Questionnaire
from questions.text import clean, one_line
from reports.team.model import DATES, FIELDS, STATUSES, TeamAction, TeamPlan, field_texts

_LINES = frozenset({"owner", "baseline", "dropped_reason"})


class LineField(StringField):
    """A text on one line."""

    kind = "text"


class LinesField(TextAreaField):
    """A text over several lines."""

    kind = "lines"


class DateField(StringField):
    """A date, kept as it was typed: a browser's own field for dates drops what is none."""

    @property
    def kind(self) -> str:
        """The kind of input that shows it."""
        return "date" if is_iso(self.data) else "text"


class ActionForm(Form):
    """The fields of one action; the class of a questionnaire has one for each of FIELDS."""

    def validate_dropped_reason(self, field: StringField) -> None:
        """Ask why, of an action that was dropped."""
        if self["status"].data == "dropped" and not one_line(field.data or ""):
            raise ValidationError("Say in a few words why you dropped it.")

    def changes(self, sent: frozenset[str]) -> dict[str, str]:
        """Return the sent fields as the core keeps them; the form has to be valid."""
        return {id_: kept(self[id_]) for id_ in FIELDS if id_ in sent}


class MoveForm(Form):
    """Where an action goes, and why."""

    place = SelectField("Where it goes", validate_choice=False)
    reason = LineField(validators=[no_client_data])
    order = HiddenField()

    def __init__(self, questionnaire: Questionnaire, team: TeamPlan, item: TeamAction) -> None:
        super().__init__()
        self._limit = questionnaire.rules.work_limit.line
        self.order_now = " ".join(other.id for other in team.planned)
        self.reason.label.text = questionnaire.texts.work.move_reason.label
        others = places(team, item)
        self.place.choices = {"": "Choose a place", **others}
        # A double click sends a move twice: then it stands there already.
        self._allowed = {*others, str(item.position) if item.in_plan else "out"}

    def validate_place(self, field: SelectField) -> None:
        """Refuse what is no place for this action, or no longer."""
        if field.data not in self._allowed:
            raise ValidationError("Choose where it goes.")

    def validate_reason(self, field: StringField) -> None:
        """Refuse none, and one over the limit."""
        _check_needed(field, self._limit, "Say in a few words why.")

    def order_changed(self) -> bool:
        """Return whether the order is not what it was when the page was made."""
        return self.order.data not in {None, self.order_now}

    def where(self) -> int | Literal["out"]:
        """Return the place; the form has to be valid."""
        return "out" if self.place.data == "out" else int(self.place.data)


class OwnActionForm(Form):
    """An action that the team adds."""

    title = LineField(validators=[no_client_data])
    section = RadioField(validate_choice=False)

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        texts = questionnaire.texts.work
        self._limit = questionnaire.rules.work_limit.line
        self.section.label.text, self.title.label.text = texts.own_section.label, texts.own_title.label
        parts = (part for part in questionnaire.parts if part.kind != "profile")
        self._sections = {part.id: part.title for part in parts}
        self.section.choices = dict(self._sections)

    def validate_section(self, field: RadioField) -> None:
        """Refuse what is no section, and none."""
        if field.data not in self._sections:
            raise ValidationError("Choose one.")

    def validate_title(self, field: StringField) -> None:
        """Refuse none, and one over the limit."""
        _check_needed(field, self._limit, "Say in a few words what you will change.")


def action_form(questionnaire: Questionnaire, item: TeamAction) -> ActionForm:
    """Return the form of an action, filled with what stands in the plan and what was posted."""
    return _action_form(questionnaire)(data=field_texts(item.work))


def places(team: TeamPlan, item: TeamAction) -> dict[str, str]:
    """Return the places an action can go to, as a form sends them, with what to call them."""
    last = len(team.planned) + (not item.in_plan)
    there = {str(other.position): f" (now “{other.title}”)" for other in team.planned}
    named = {
        str(place): f"Place {place}{there.get(str(place), ', the last')}" for place in range(1, last + 1)
    }
    if not item.in_plan:
        return named
    del named[str(item.position)]
    for place, way in ((item.position + 1, "Down one"), (item.position - 1, "Up one")):
        if label := named.pop(str(place), ""):
            named = {str(place): f"{way}: {label}", **named}
    return {**named, "out": "Out of the plan"}


@lru_cache(maxsize=8)
def _action_form(questionnaire: Questionnaire) -> type[ActionForm]:
    return type("FilledActionForm", (ActionForm,), {id_: _field(questionnaire, id_) for id_ in FIELDS})


def _field(questionnaire: Questionnaire, id_: str) -> Field:
    texts, limit = questionnaire.texts.work, questionnaire.rules.work_limit
    label = texts.fields[id_].label
    if id_ == "status":
        choices: dict[str, Any] = {status: texts.statuses[status] for status in STATUSES}
        return RadioField(label, choices=choices, validate_choice=False, validators=[_check_status])
    if id_ in DATES:
        return DateField(label, validators=[_check_date])
    if id_ in _LINES:
        return LineField(label, validators=free_text(limit.line))
    return LinesField(label, validators=free_text(limit.paragraph))


def _check_status(_form: Any, field: Field) -> None:
    if field.data not in STATUSES:
        raise ValidationError("Choose one.")


def _check_date(_form: Any, field: Field) -> None:
    as_validation(lambda: read_date(field.data or ""))


def _check_needed(field: Field, limit: int, message: str) -> None:
    check_length(field, limit)
    if not one_line(field.data or ""):
        raise ValidationError(message)


def kept(field: Field) -> str:
    """Return what would be stored of a valid field of an action."""
    if field.name in DATES:
        date = read_date(field.data or "")
        return date.isoformat() if date else ""
    return one_line(field.data or "") if field.name in _LINES else clean(field.data or "")
