"""The base of every form, and what forms share: checks of texts, and faults for the summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from questions.answers import check_text
from questions.kinds.base import InvalidAnswer

Validator = Callable[[Any, Field], None]


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form without a token of its own: CSRFProtect checks the token of every POST before its view runs."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """How WTForms builds it."""

        csrf = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormError:
    """A fault of the form: the anchor of its field, what it asks, and what to do.

    A gentle one asks a person to look again; she may leave it as it is.
    """

    anchor: str
    about: str
    message: str
    gentle: bool = False


class WarningMessage(str):
    """A message that asks a person to look again at a text; it refuses nothing."""

    __slots__ = ()
    gentle = True


def form_errors(form: Form) -> tuple[FormError, ...]:
    """Return the form's faults, for the summary on top of the page."""
    return tuple(field_error(field, field.label.text, message) for field in form for message in field.errors)


def field_error(field: Field, about: str, message: object) -> FormError:
    """Return the fault that one message of a field tells of."""
    gentle = isinstance(message, WarningMessage)
    return FormError(anchor=field.name, about=about, message=str(message), gentle=gentle)


def within(limit: int) -> Validator:
    """Return a check that a text is not over the limit."""

    def check(_form: Any, field: Field) -> None:
        check_length(field, limit)

    return check


def check_length(field: Field, limit: int) -> None:
    """Refuse a text over the limit. Raises ValidationError."""
    as_validation(lambda: check_text(field.data or "", limit))


def as_validation(check: Callable[[], Any]) -> None:
    """Run a check of the core; what it refuses, the field refuses. Raises ValidationError."""
    try:
        check()
    except InvalidAnswer as error:
        raise ValidationError(str(error)) from error
