"""What was sent and could not be saved, carried along in the next page so that nothing typed is lost.

A form can come too late: its token is no longer good, the assessment is no longer open on this device, or a
fault of ours came between. The page that says so carries the form's fields, to be sent again.

Why this is no way around the token of a form:
- Only what the browser itself says comes from a page of ours is carried: by `Sec-Fetch-Site`, which no page
  can set. A forged form gets the bare page, and nothing of it is echoed. So does one over plain HTTP from
  another machine, where browsers do not send that header.
- The page saves nothing. It shows in words what would be saved. Only a person who presses its button sends
  it, with a fresh token of this browser's session, to where it was sent before. There the token, the right
  to open the assessment, and each value are checked as always.
- Only forms of the wizard and of the plan are carried, those in `_FORMS`, and none of an account. A field
  whose name sounds like a secret is left out of these too.
- What is carried is bounded, cleaned, and escaped by the template. The address is made anew from the names
  of a route, so that it cannot lead out of this site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.content import current
from app.forms.field_labels import all_field_labels
from questions.text import clean

# The forms that people type much into: routes, with what their addresses are made of.
_FORMS: Mapping[str, frozenset[str]] = {
    "assessments.save_page": frozenset(("public_id", "part", "page")),
    "assessments.finish_page": frozenset(("public_id",)),
    "plans.add_action": frozenset(("public_id",)),
    "plans.save_action": frozenset(("public_id", "action")),
    "plans.move_action": frozenset(("public_id", "action")),
}
# On its way through the form that asks for the return code, all of it is one field of that form.
_WAY_BACK = "assessments.come_back"
FIELD = "unsaved"

_MOST_BYTES = 200_000  # more than a page full of longest notes, in any script
_MOST_FIELDS = 200
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,79}")
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SECRET = re.compile(r"pass|token|code|secret|key")
# Carried, but nothing to read.
_UNREAD = frozenset(("shown", "go", "confirmed", "keep", "order"))

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmission:
    """A form that was not saved: where it goes (a route with its parts, and what page it was opened from),
    and its fields with each value.
    """

    endpoint: str
    place: Mapping[str, str]
    came_from: str
    fields: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """Where to send it again."""
        query: dict[str, Any] = {"from": self.came_from} if self.came_from else {}
        return url_for(self.endpoint, **{**self.place, **query})

    @property
    def text(self) -> str:
        """All of it as one text, for the way through another form."""
        return json.dumps([self.endpoint, dict(self.place), self.came_from, self.fields])

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What a person chose or typed, each with what was asked, in words."""
        words = all_field_labels(current().questionnaire)
        read: dict[str, list[str]] = {}
        for name, value in self.fields:
            if value and name not in _UNREAD:
                label, values = words.get(name, (name, {}))
                read.setdefault(label, []).append(values.get(value, value))
        return tuple((label, "; ".join(values)) for label, values in read.items())


def resubmission() -> Resubmission | None:
    """Return what this request sent to be saved; None when it is nothing that can be carried."""
    if request.method != "POST" or not _is_small_form() or not _is_from_our_page():
        return None
    if request.endpoint == _WAY_BACK:
        return _read(request.form.get(FIELD, ""))
    place = {key: str(value) for key, value in (request.view_args or {}).items()}
    return _kept(request.endpoint or "", place, request.args.get("from", ""), request.form.items(multi=True))


def _is_small_form() -> bool:
    """Return whether the body can be read without a fault, whoever read of it before."""
    length = request.content_length
    is_form = request.mimetype == "application/x-www-form-urlencoded"
    return is_form and length is not None and length <= _MOST_BYTES


def _is_from_our_page() -> bool:
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _read(text: str) -> Resubmission | None:
    """Return what `Resubmission.text` holds; None for anything else."""
    try:
        endpoint, place, came_from, fields = json.loads(text)
        pairs = [(str(name), str(value)) for name, value in fields]
        return _kept(endpoint, dict(place), came_from, pairs)
    except (ValueError, TypeError, RecursionError):
        return None


def _kept(endpoint: str, place: Mapping[str, str], came_from: str, pairs: Pairs) -> Resubmission | None:
    """Return a form that may be carried, None for any other. Raises TypeError for what is no text."""
    fields = tuple((name, clean(value)) for name, value in pairs if _may_be_carried(name))
    well_known = endpoint in _FORMS and place.keys() == _FORMS[endpoint]
    if not well_known or not all(map(_PLACE.fullmatch, place.values())) or len(fields) > _MOST_FIELDS:
        return None
    kept = Resubmission(
        endpoint=endpoint, place=place, came_from="check" if came_from == "check" else "", fields=fields
    )
    return kept if kept.lines else None


def _may_be_carried(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and _SECRET.search(name) is None
