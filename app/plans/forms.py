"""The forms of the team's work: one action's fields, its place, and an action of the team's own."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any, Literal

from flask_babel import gettext as _
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.forms.base import Form, as_validation, check_length, translated
from app.forms.field_labels import MOVE_REASON, MOVE_TO, OUT_OF_PLAN, OWN_SECTION, OWN_TITLE
from app.forms.privacy_warning import free_text, no_client_data
from questions.answers_file.parser import YEARS
from questions.kinds.base import InvalidAnswer
from questions.model import Questionnaire
from questions.text import clean, one_line, quoted
from reports.documents.action_fields import status_labels
from reports.team.fields import (
    ACTION_FIELDS,
    FIELD_BY_ID,
    STATUSES,
    ActionField,
    field_ids,
    fields_on_card,
    status_ids,
)
from reports.team.model import TeamAction, TeamPlan

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_HINTS = {field.id: field.hint for field in ACTION_FIELDS}
_US = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})")


class LineField(StringField):
    """A text on one line, which is how it is stored."""

    kind = "text"


class LinesField(TextAreaField):
    """A text over several lines."""

    kind = "lines"


class DateField(StringField):
    """A date as it was typed: a browser's own date field would drop anything else."""

    @property
    def kind(self) -> str:
        """The type of the input that shows it."""
        return "date" if _is_iso(self.data) else "text"


class ActionForm(Form):
    """The fields of one action: all of ACTION_FIELDS, or those on its card."""

    def validate_dropped_reason(self, field: StringField) -> None:
        """Require a reason for an action that was dropped."""
        dropped = {status.id for status in STATUSES if status.dropped}
        if self["status"].data in dropped and not one_line(field.data or ""):
            raise ValidationError(_("Say in a few words why you dropped it."))

    def changes(self, sent: frozenset[str]) -> dict[str, str]:
        """Return the text to store for each of these fields; the form has to be valid."""
        return {field.name: stored_text(field) for field in self if field.name in sent}


class MoveForm(Form):
    """Where an action goes, and why."""

    place = SelectField(MOVE_TO, validate_choice=False)
    reason = LineField(MOVE_REASON, validators=[no_client_data])
    order = HiddenField()

    def __init__(self, questionnaire: Questionnaire, team: TeamPlan, item: TeamAction) -> None:
        super().__init__()
        self._limit = questionnaire.rules.work_limit.line
        self.order_now = " ".join(other.id for other in team.planned)
        others = places(team, item)
        self.place.choices = {"": _("Choose a place"), **others}
        # A double click sends a move twice: the second time, the action is there already.
        self._allowed = {*others, str(item.position) if item.in_plan else "out"}

    def validate_place(self, field: SelectField) -> None:
        """Require one of the places that this action can go to now."""
        if field.data not in self._allowed:
            raise ValidationError(_("Choose where it goes."))

    def validate_reason(self, field: StringField) -> None:
        """Require a reason within the limit."""
        _check_needed(field, self._limit, _("Say in a few words why."))

    def order_changed(self) -> bool:
        """Return whether the order is not what it was when the page was made."""
        return self.order.data not in {None, self.order_now}

    def where(self) -> int | Literal["out"]:
        """Return the place; the form has to be valid."""
        return "out" if self.place.data == "out" else int(self.place.data)


class OwnActionForm(Form):
    """An action that the team adds."""

    title = LineField(OWN_TITLE, validators=[no_client_data])
    section = RadioField(OWN_SECTION, validate_choice=False)

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        self._limit = questionnaire.rules.work_limit.line
        parts = (part for part in questionnaire.parts if part.kind != "profile")
        self._sections = {part.id: part.short_title for part in parts}
        self.section.choices = dict(self._sections)

    def validate_section(self, field: RadioField) -> None:
        """Require a section."""
        if field.data not in self._sections:
            raise ValidationError(_("Choose one."))

    def validate_title(self, field: StringField) -> None:
        """Require a title within the limit."""
        _check_needed(field, self._limit, _("Say in a few words what you will change."))


def action_form(questionnaire: Questionnaire, item: TeamAction) -> ActionForm:
    """Return the form of an action, filled with what the plan holds and what was posted."""
    return _form_of(questionnaire, field_ids())(data=item.work.texts)


def card_form(questionnaire: Questionnaire, item: TeamAction) -> ActionForm:
    """Return the form on the card of an action, filled with what the plan holds, whatever was posted."""
    on_card = tuple(field.id for field in fields_on_card())
    return _form_of(questionnaire, on_card)(formdata=None, data=item.work.texts)


def field_hint(id_: str) -> str:
    """Return what the form says to write in a field of an action; "" for none."""
    hint = _HINTS[id_]
    return translated(hint) if hint else ""


def places(team: TeamPlan, item: TeamAction) -> dict[str, str]:
    """Return the places an action can go to: the values of a form, with their labels."""
    last = len(team.planned) + (not item.in_plan)
    titles = {other.position: other.title for other in team.planned}
    labels = {place: _place_label(place, titles.get(place)) for place in range(1, last + 1)}
    if not item.in_plan:
        return {str(place): label for place, label in labels.items()}
    del labels[item.position]
    down, up = labels.pop(item.position + 1, ""), labels.pop(item.position - 1, "")
    nearest = {}
    if up:
        nearest[item.position - 1] = _("Up one: %(place)s", place=up)
    if down:
        nearest[item.position + 1] = _("Down one: %(place)s", place=down)
    named = {str(place): label for place, label in (nearest | labels).items()}
    return {**named, "out": str(OUT_OF_PLAN)}


def _place_label(place: int, title: str | None) -> str:
    label = _("Place %(place)s, the last") if title is None else _("Place %(place)s (now “%(title)s”)")
    return str(label % {"place": place, "title": title})


@lru_cache(maxsize=16)  # saves 0.04 ms a card: 1.7 of the 15 ms of a page of 39 cards
def _form_of(questionnaire: Questionnaire, ids: tuple[str, ...]) -> type[ActionForm]:
    fields = {field.id: _form_field(questionnaire, field) for field in ACTION_FIELDS if field.id in ids}
    return type("FilledActionForm", (ActionForm,), fields)


def _form_field(questionnaire: Questionnaire, field: ActionField) -> Field:
    texts, limit = questionnaire.texts.work, questionnaire.rules.work_limit
    label = texts.fields[field.id].label
    match field.widget:
        case "status":
            return RadioField(
                label, choices=status_labels(texts), validate_choice=False, validators=[_check_status]
            )
        case "date":
            return DateField(label, validators=[_check_date])
        case "line":
            return LineField(label, validators=free_text(limit.line))
        case "lines":
            return LinesField(label, validators=free_text(limit.paragraph))


def _check_status(_form: Any, field: Field) -> None:
    if field.data not in status_ids():
        raise ValidationError(_("Choose one."))


def _check_date(_form: Any, field: Field) -> None:
    as_validation(lambda: read_date(field.data or ""))


def _check_needed(field: Field, limit: int, message: str) -> None:
    check_length(field, limit)
    if not one_line(field.data or ""):
        raise ValidationError(message)


def stored_text(field: Field) -> str:
    """Return what would be stored of a valid field of an action."""
    text = field.data or ""
    match FIELD_BY_ID[field.name].widget:
        case "date":
            date = read_date(text)
            return date.isoformat() if date else ""
        case "line":
            return one_line(text)
        case _:
            return clean(text)


def read_date(text: str) -> datetime.date | None:
    """Return the date, typed as month/day/year or year-month-day; None for "". Raises InvalidAnswer."""
    text = text.strip()
    if not text:
        return None
    found = _ISO.fullmatch(text) or _US.fullmatch(text)
    if found is None:
        raise InvalidAnswer("We cannot read %(text)s as a date. Type it like 3/31/2026.", text=quoted(text))
    try:
        date = datetime.date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError as error:
        raise InvalidAnswer("There is no day %(text)s in the calendar.", text=quoted(text)) from error
    if date.year not in YEARS:
        first, last = str(YEARS[0]), str(YEARS[-1])
        raise InvalidAnswer("The year has to be %(first)s to %(last)s.", first=first, last=last)
    return date


def _is_iso(text: str | None) -> bool:
    """Return whether a browser's date field can show this text; it drops any other."""
    return not text or re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
