"""Two people who changed the same field: who changed it, and a page that shows both values to choose from.

`changed_fields.conflicting_fields` finds the fields. What else was sent is saved first; then this page comes
back with status 409, and posts only the conflicting fields to the address they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask import render_template, request
from flask_babel import gettext as _
from wtforms import Field, TextAreaField

from app import clock
from app.database.agencies import names_of
from app.database.answers import Change
from app.database.assessments import History
from app.forms.base import ValuesField
from app.forms.changed_fields import field_digests
from app.forms.privacy_warning import ACKNOWLEDGED
from app.permissions import user_id


class ChangeAuthors:
    """The people who made some changes to assessments of a history; all names are read at once."""

    def __init__(self, history: History, changes: Iterable[Change]) -> None:
        self._in_agency = history.agency_id is not None
        self._names: Mapping[int, str] = names_of(change.by_id for change in changes)

    def describe(self, change: Change) -> str:
        """Return who changed something on which day; "" if the day is not stored."""
        if change.at is None:
            return ""
        date, name = clock.long_date(change.at), self._name(change)
        if name:
            return _("Changed by %(name)s, %(date)s", name=name, date=date)
        if self._in_agency:
            return _("Changed %(date)s, without an account", date=date)
        return _("Changed %(date)s", date=date)

    def describe_creation(self, change: Change) -> str:
        """Return who made something on which day; "" if the day is not stored."""
        if change.at is None:
            return ""
        date, name = clock.long_date(change.at), self._name(change)
        if name:
            return _("Made by %(name)s, %(date)s", name=name, date=date)
        if self._in_agency:
            return _("Made %(date)s, without an account", date=date)
        return _("Made %(date)s", date=date)

    def describe_other(self, change: Change) -> str:
        """Return who made a change that this person did not know of, and when."""
        if change.at is None:
            return self._other(change)
        moment = clock.date_and_time(change.at)
        return _("%(author)s, %(moment)s", author=self._other(change), moment=moment)

    def _name(self, change: Change) -> str | None:
        return self._names.get(change.by_id) if change.by_id is not None else None

    def _other(self, change: Change) -> str:
        if change.by_id is None:
            if self._in_agency:
                return _("Someone without an account")
            return _("In another tab or on another device")
        if change.by_id == user_id():
            return _("You, in another tab or on another device")
        return self._names.get(change.by_id) or _("A former member")


Kind = Literal["one", "many", "line", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingField:
    """A field that two people changed: what it asks, and the labels of its values ({} for a text).

    `mine` is what would be stored of it; `change` says who stored the other value, and when.
    """

    field: Field
    about: str
    labels: Mapping[str, str]
    mine: Any
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A conflicting field for the template: both values in words, and what to choose from or to edit."""

    name: str
    about: str
    kind: Kind
    who: str
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    text: str


def conflict_page(history: History, fields: Sequence[ConflictingField], back: str) -> str:
    """Return the page. `back` is the address for leaving everything as it is stored."""
    authors = ChangeAuthors(history, (one.change for one in fields))
    return render_template(
        "conflict.html",
        conflicts=[_conflict(one, authors) for one in fields],
        shown=field_digests(one.field for one in fields),
        keep=request.form.getlist(ACKNOWLEDGED),
        go=request.form.get("go", ""),
        address=request.full_path.removesuffix("?"),
        back=back,
    )


def _conflict(conflicting: ConflictingField, authors: ChangeAuthors) -> Conflict:
    theirs, mine = _values(conflicting.field.object_data), _values(conflicting.mine)
    kind = _kind(conflicting)
    return Conflict(
        name=conflicting.field.name,
        about=conflicting.about,
        kind=kind,
        who=authors.describe_other(conflicting.change),
        theirs=_labels_of(theirs, conflicting.labels),
        mine=_labels_of(mine, conflicting.labels),
        options=_options(kind, theirs, mine, conflicting.labels),
        text=_both_texts(theirs, mine, "\n\n" if kind == "lines" else " / "),
    )


def _kind(conflicting: ConflictingField) -> Kind:
    if conflicting.labels:
        return "many" if isinstance(conflicting.field, ValuesField) else "one"
    return "lines" if isinstance(conflicting.field, TextAreaField) else "line"


def _values(data: Any) -> tuple[str, ...]:
    return tuple(filter(None, data)) if isinstance(data, list | tuple) else tuple(filter(None, (data,)))


def _labels_of(values: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels.get(value, value) for value in values) or (_("No answer"),)


def _options(
    kind: Kind, theirs: tuple[str, ...], mine: tuple[str, ...], labels: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: for one value, theirs and mine; for many, all that either of them holds."""
    if kind == "many":
        return tuple((value, label) for value, label in labels.items() if value in {*theirs, *mine})
    return tuple(("".join(side), _labels_of(side, labels)[0]) for side in (theirs, mine))


def _both_texts(theirs: tuple[str, ...], mine: tuple[str, ...], between: str) -> str:
    """Return both texts, theirs first; if one contains the other, that one alone."""
    one, other = "".join(theirs), "".join(mine)
    if one in other or other in one:
        return max(one, other, key=len)
    return one + between + other
