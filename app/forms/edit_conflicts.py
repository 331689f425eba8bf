"""Two people who changed the same thing: both values side by side, and a form to settle it.

`app.shown.conflicting` finds the fields. What else was sent is saved first; then this page comes back, with
the answer 409, and posts only those fields to where they came from.

Who changed something, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask import render_template, request
from wtforms import Field, SelectMultipleField, TextAreaField

from app import clock
from app.database.agencies import names_of
from app.database.answers import Change
from app.database.assessments import History
from app.forms.changed_fields import field_digests
from app.forms.privacy_warning import ACKNOWLEDGED
from app.permissions import user_id


class ChangeAuthors:
    """Names the people who made some changes to assessments of a history; asks for all names at once."""

    def __init__(self, history: History, changes: Iterable[Change]) -> None:
        self._in_agency = history.agency_id is not None
        self._names: Mapping[int, str] = names_of(change.by_id for change in changes)

    def describe_other(self, change: Change) -> str:
        """Return who made a change that one did not know of, and when, as in
        "Ana, March 1, 2026, 9:05 AM Eastern Standard Time".
        """
        if change.by_id is None:
            who = "Someone without an account" if self._in_agency else "In another tab or on another device"
        elif change.by_id == user_id():
            who = "You, in another tab or on another device"
        else:
            who = self._names.get(change.by_id, "A former member")
        return f"{who}, {clock.date_and_time(change.at)}" if change.at else who

    def describe(self, change: Change, done: str = "Changed") -> str:
        """Return who did it on which day: "Changed by Ana, March 1, 2026"; "" if no day is kept."""
        if change.at is None:
            return ""
        name = self._names.get(change.by_id) if change.by_id is not None else None
        if name:
            return f"{done} by {name}, {clock.long_date(change.at)}"
        return f"{done} {clock.long_date(change.at)}{', without an account' if self._in_agency else ''}"


Kind = Literal["one", "many", "line", "lines"]
_NOTHING = "No answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingField:
    """A field that two people changed: what it asks, and the words of its values ({} for a text).

    `mine` is what would be stored of it; `change` is how what is stored got there. `change_of` says what was
    changed then, if that was more than this field.
    """

    field: Field
    about: str
    labels: Mapping[str, str]
    mine: Any
    change: Change
    change_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A contested field, ready to lay out: both sides in words, and what to choose from or to edit."""

    name: str
    about: str
    kind: Kind
    who: str
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    text: str


def conflict_page(history: History, contested: Sequence[ConflictingField], back: str) -> str:
    """Return the page. `back` is where it leads who leaves all as it is stored."""
    authors = ChangeAuthors(history, (one.change for one in contested))
    return render_template(
        "errors/conflict.html",
        conflicts=[_conflict(one, authors) for one in contested],
        shown=field_digests(one.field for one in contested),
        keep=request.form.getlist(ACKNOWLEDGED),
        go=request.form.get("go", ""),
        address=request.full_path.removesuffix("?"),
        back=back,
    )


def _conflict(contested: ConflictingField, authors: ChangeAuthors) -> Conflict:
    theirs, mine = _values(contested.field.object_data), _values(contested.mine)
    kind = _kind(contested)
    return Conflict(
        name=contested.field.name,
        about=contested.about,
        kind=kind,
        who=contested.change_of + authors.describe_other(contested.change),
        theirs=_in_words(theirs, contested.labels),
        mine=_in_words(mine, contested.labels),
        options=_options(kind, theirs, mine, contested.labels),
        text=_both_texts(theirs, mine, "\n\n" if kind == "lines" else " / "),
    )


def _kind(contested: ConflictingField) -> Kind:
    if contested.labels:
        return "many" if isinstance(contested.field, SelectMultipleField) else "one"
    return "lines" if isinstance(contested.field, TextAreaField) else "line"


def _values(data: Any) -> tuple[str, ...]:
    return tuple(filter(None, data)) if isinstance(data, list | tuple) else tuple(filter(None, (data,)))


def _in_words(values: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels.get(value, value) for value in values) or (_NOTHING,)


def _options(
    kind: Kind, theirs: tuple[str, ...], mine: tuple[str, ...], labels: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: of one, theirs and mine; of many, all that either of them holds."""
    if kind == "many":
        return tuple((value, label) for value, label in labels.items() if value in {*theirs, *mine})
    return tuple(("".join(side), _in_words(side, labels)[0]) for side in (theirs, mine))


def _both_texts(theirs: tuple[str, ...], mine: tuple[str, ...], between: str) -> str:
    """Return both texts, theirs first; one that holds the other stands for both."""
    one, other = "".join(theirs), "".join(mine)
    if one in other or other in one:
        return max(one, other, key=len)
    return one + between + other
