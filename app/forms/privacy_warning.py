"""The gentle warning before a text is saved that looks like client data.

A form comes back as it was typed, with the warning and a check box beside the text. Who ticks the box keeps
the text. What a field already holds was kept before, so it is never asked about again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Field
from wtforms.validators import ValidationError

from app import clock
from app.content import current
from app.forms.base import Validator, WarningMessage, within
from questions.privacy.answers import PrivateText
from questions.privacy.detector import PrivateData, private_data
from questions.site_texts.privacy import PrivateDataTexts

ACKNOWLEDGED = "keep"
_MOST_READ = 8000  # characters: more than any field may hold; what is over the limit is refused anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """About a text that looks like client data: what its check box sends and says, and if it was ticked."""

    mark: str
    label: str
    kept: bool


def free_text(limit: int) -> list[Validator]:
    """Return the checks of a text that people write freely."""
    return [within(limit), no_client_data]


def no_client_data(_form: Any, field: Field) -> None:
    """Ask about what looks like client data, unless it was kept before. Raises ValidationError."""
    pieces = [] if field.errors else _new_pieces(field)
    if not pieces:
        return
    words = current().questionnaire.texts.private_data
    mark = _mark(field.name, pieces)
    kept = mark in request.form.getlist(ACKNOWLEDGED)
    field.doubt = Doubt(mark=mark, label=words.keep, kept=kept)  # type: ignore[attr-defined]  # for the page
    if not kept:
        raise ValidationError(WarningMessage(f"{describe(words, pieces)} {words.advice}"))


def describe(words: PrivateDataTexts, pieces: Iterable[PrivateData]) -> str:
    """Return what these pieces of a text look like, in words."""
    told_of = (words.looks_like.format(piece=p.piece, kind=getattr(words.kinds, p.kind)) for p in pieces)
    return " ".join(dict.fromkeys(told_of))


def describe_all(found: Iterable[PrivateText]) -> list[tuple[str, str]]:
    """Return the place of each text, and what its pieces look like, in words."""
    words = current().questionnaire.texts.private_data
    return [(text.place, describe(words, text.pieces)) for text in found]


def pieces_in(text: str) -> tuple[PrivateData, ...]:
    """Return what looks like client data in a text."""
    return private_data(text[:_MOST_READ], current().questionnaire.texts.private_data, clock.today())


def _new_pieces(field: Field) -> list[PrivateData]:
    """Return the pieces of the field's text that what it holds already does not have."""
    before = field.object_data or ""
    return [piece for piece in pieces_in(field.data or "") if piece.piece not in before]


def _mark(field: str, pieces: Iterable[PrivateData]) -> str:
    text = "\n".join((field, *sorted({piece.piece for piece in pieces})))
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()
