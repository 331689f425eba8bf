"""A form that was sent but could not be saved, carried in the next page so that nothing typed is lost.

A form can fail for reasons outside it: its CSRF token expired, the assessment is no longer open on this
device, or the server had an error. The page that says so carries the fields, so that they can be sent again.

Why this is no way around the CSRF token:
- A form is carried only if the browser says that it comes from one of our pages, by `Sec-Fetch-Site`, which
  no page can set. A forged form gets the bare page, and nothing of it is echoed. So does one sent over plain
  HTTP from another machine, where browsers do not send that header.
- The page saves nothing. It shows in words what would be saved. Only a person who presses its button sends
  it, with a fresh token of this browser's session, to the address it was sent to before. There the token,
  the permission, and each value are checked as always.
- Only forms of the wizard and of the plan are carried, those in `_FORMS`, and none of an account. Even in
  these, a field whose name sounds like a secret is left out.
- What is carried is limited in size, cleaned, and escaped by the template. The address is built again from
  the names of a route, so that it cannot lead to another site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.content import current
from app.forms.changed_fields import DIGESTS
from app.forms.field_labels import all_field_labels
from app.forms.privacy_warning import ACKNOWLEDGED
from questions.text import clean

# The forms that people type a lot into: endpoints, with the variable parts of their addresses.
_FORMS: Mapping[str, frozenset[str]] = {
    "assessments.save_page": frozenset(("public_id", "part", "page")),
    "assessments.finish_page": frozenset(("public_id",)),
    "plans.add_action": frozenset(("public_id",)),
    "plans.save_action": frozenset(("public_id", "action")),
    "plans.move_action": frozenset(("public_id", "action")),
}
# The form that asks for the return code carries a whole resubmission in one of its fields.
_RETURN = "assessments.come_back"
FIELD = "unsaved"

_MAX_BYTES = 200_000  # more than a page full of the longest notes, in any script
_MAX_FIELDS = 200
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,79}")
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SECRET = re.compile(r"pass|token|code|secret|key")
# The hidden field of a form on the card of an action, and that of a page that shows what a change would do.
CARD, CONFIRMED = "card", "confirmed"
# Carried, but of no interest to a reader.
_TECHNICAL = frozenset((DIGESTS, ACKNOWLEDGED, CARD, CONFIRMED, "go", "order"))

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmission:
    """A form that was not saved: its endpoint with the variable parts of the address, and its fields.

    `came_from` is the page that the form's page was opened from: "check" or "".
    """

    endpoint: str
    place: Mapping[str, str]
    came_from: str
    fields: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The address to send it to again."""
        query: dict[str, Any] = {"from": self.came_from} if self.came_from else {}
        return url_for(self.endpoint, **{**self.place, **query})

    @property
    def text(self) -> str:
        """All of it as one text, for a field of another form."""
        return json.dumps([self.endpoint, dict(self.place), self.came_from, self.fields])

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What the person chose or typed, each with the label of its field."""
        labels = all_field_labels(current().questionnaire)
        read: dict[str, list[str]] = {}
        for name, value in self.fields:
            if value and name not in _TECHNICAL:
                label, values = labels.get(name, (name, {}))
                read.setdefault(str(label), []).append(values.get(value, value))
        return tuple((label, "; ".join(values)) for label, values in read.items())


def resubmission() -> Resubmission | None:
    """Return the form that this request sent; None if it is not one that can be carried."""
    if request.method != "POST" or not _is_small_form() or not _is_from_our_page():
        return None
    if request.endpoint == _RETURN:
        return _read(request.form.get(FIELD, ""))
    place = {key: str(value) for key, value in (request.view_args or {}).items()}
    return _carried(
        request.endpoint or "", place, request.args.get("from", ""), request.form.items(multi=True)
    )


def _is_small_form() -> bool:
    """Return whether the body can be read without an error, even if it was read before."""
    length = request.content_length
    is_form = request.mimetype == "application/x-www-form-urlencoded"
    return is_form and length is not None and length <= _MAX_BYTES


def _is_from_our_page() -> bool:
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _read(text: str) -> Resubmission | None:
    """Return what `Resubmission.text` holds; None for anything else."""
    try:
        endpoint, place, came_from, fields = json.loads(text)
        pairs = [(str(name), str(value)) for name, value in fields]
        return _carried(endpoint, dict(place), came_from, pairs)
    except (ValueError, TypeError, RecursionError):
        return None


def _carried(endpoint: str, place: Mapping[str, str], came_from: str, pairs: Pairs) -> Resubmission | None:
    """Return a form that may be carried, None for any other. Raises TypeError for a value that is no text."""
    fields = tuple((name, clean(value)) for name, value in pairs if _may_be_carried(name))
    is_known = endpoint in _FORMS and place.keys() == _FORMS[endpoint]
    if not is_known or not all(map(_PLACE.fullmatch, place.values())) or len(fields) > _MAX_FIELDS:
        return None
    found = Resubmission(
        endpoint=endpoint, place=place, came_from="check" if came_from == "check" else "", fields=fields
    )
    return found if found.lines else None


def _may_be_carried(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and _SECRET.search(name) is None
