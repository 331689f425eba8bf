"""The warning before text that looks like client data is saved.

The form comes back as it was typed, with the warning and a check box next to the text. Whoever checks the box
keeps the text. What a field already holds was accepted before, so it is not asked about again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from app import clock
from app.forms.base import Validator, WarningMessage, within
from questions.model import Questionnaire
from questions.privacy.answers import PrivateText
from questions.privacy.detector import Kind, PrivateData, private_data

ACKNOWLEDGED = "keep"
ADVICE = _l("Names and numbers of clients do not belong here.")
_LOOKS_LIKE: Mapping[Kind, str] = {
    "email": _l("“%(piece)s” looks like an email address."),
    "ssn": _l("“%(piece)s” looks like a Social Security number."),
    "birth_date": _l("“%(piece)s” looks like a date of birth."),
    "case_number": _l("“%(piece)s” looks like a case or file number."),
    "telephone": _l("“%(piece)s” looks like a telephone number."),
    "long_number": _l("“%(piece)s” looks like a number that could stand for a person."),
}
_MAX_CHECKED = 8000  # characters: more than any field may hold; longer text is rejected anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyWarning:
    """A text that looks like client data: the value and label of its check box, and whether it is checked."""

    mark: str
    label: str
    acknowledged: bool


def free_text(limit: int) -> list[Validator]:
    """Return the validators of a free-text field."""
    return [within(limit), no_client_data]


def no_client_data(_form: Any, field: Field) -> None:
    """Warn of what looks like client data, unless it was accepted before. Raises ValidationError."""
    pieces = [] if field.errors else _new_pieces(field)
    if not pieces:
        return
    mark = _mark(field.name, pieces)
    acknowledged = mark in request.form.getlist(ACKNOWLEDGED)
    label = _("Keep it as it is. It does not point to a client.")
    warning = PrivacyWarning(mark=mark, label=label, acknowledged=acknowledged)
    field.privacy_warning = warning  # type: ignore[attr-defined]  # for the template
    if not acknowledged:
        advice = _("Please take it out, or tell us to keep it.")
        raise ValidationError(WarningMessage(f"{describe(pieces)} {ADVICE} {advice}"))


def describe(pieces: Iterable[PrivateData]) -> str:
    """Return what these pieces of a text look like, one sentence each."""
    return " ".join(dict.fromkeys(_LOOKS_LIKE[p.kind] % {"piece": p.piece} for p in pieces))


def describe_all(questionnaire: Questionnaire, found: Iterable[PrivateText]) -> list[tuple[str, str]]:
    """Return the place of each text, and what its pieces look like."""
    return [(_place(questionnaire, text), describe(text.pieces)) for text in found]


def _place(questionnaire: Questionnaire, text: PrivateText) -> str:
    if text.place == "agency":
        return _("Name of the agency")
    question = questionnaire.questions[text.question].text
    if text.place == "note":
        return _("Note on “%(question)s”", question=question)
    return _("Reason on “%(question)s”", question=question)


def pieces_in(text: str) -> tuple[PrivateData, ...]:
    """Return what looks like client data in a text."""
    return private_data(text[:_MAX_CHECKED], clock.today())


def _new_pieces(field: Field) -> list[PrivateData]:
    """Return the pieces in the field's text that were not in it before."""
    before = field.object_data or ""
    return [piece for piece in pieces_in(field.data or "") if piece.piece not in before]


def _mark(field: str, pieces: Iterable[PrivateData]) -> str:
    text = "\n".join((field, *sorted({piece.piece for piece in pieces})))
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()
