"""The base of every form, and what forms share: checks of texts, and errors for the summary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from flask import render_template
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.i18n import get_translations
from wtforms.validators import ValidationError

from questions.answers import check_text
from questions.kinds.base import InvalidAnswer
from questions.text import Message, one_line

Validator = Callable[[Any, Field], None]
_Checked = TypeVar("_Checked")
# "St. Mary" and "M.Ed." are names; "evil.example" and "t.co" are addresses.
_ADDRESS = re.compile(
    r"@|://|\bwww\.|\w{2}[.。]\w{2,}|\w[.。](?:com?|org|net|info|io|me|ly|gg|us|gov|edu)\b|\d+(?:\.\d+){3}",
    re.IGNORECASE,
)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form without its own CSRF token: CSRFProtect checks that of every POST before its view runs."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """Options for WTForms."""

        csrf = False

        def get_translations(self, _form: object) -> Any:
            """Return WTForms' own words in the locale. Flask-WTF reads them from disk in each request."""
            return _words_of_wtforms(str(get_locale()))


@cache  # saves 0.02 ms a form: 0.9 of the 15 ms of a page of 39 cards
def _words_of_wtforms(locale: str) -> Any:
    return get_translations([locale, "en"])  # WTForms does not speak every language


class ValuesField(Field):
    """A field that takes any number of values, such as a group of checkboxes that its template writes."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent: of a file, its name in words, which no question accepts."""
        self.data = [str(value) for value in valuelist]


class NameField(StringField):
    """A name, made safe to store and to print."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the submitted name, cleaned, on one line."""
        super().process_formdata(valuelist)
        self.data = one_line(self.data or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormError:
    """An error of a form: the anchor of its field, what the field asks, and what to do.

    A warning asks the person to look again at a text, which they may leave as it is.
    """

    anchor: str
    about: str
    message: str
    is_warning: bool = False


class WarningMessage(str):
    """A message that asks a person to look again at a text, which they may leave as it is."""

    __slots__ = ()
    is_warning = True


def form_errors(form: Form) -> tuple[FormError, ...]:
    """Return the form's errors, for the summary at the top of the page."""
    return tuple(field_error(field, field.label.text, message) for field in form for message in field.errors)


def form_page(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """Return the page of a form with its errors, and the status: 422 if there are any, else 200."""
    errors = form_errors(form)
    page = render_template(template, form=form, errors=errors, **context)
    return page, 422 if errors else 200


def field_error(field: Field, about: str, message: object) -> FormError:
    """Return one message of a field as an error of its form."""
    is_warning = isinstance(message, WarningMessage)
    return FormError(anchor=field.name, about=about, message=str(message), is_warning=is_warning)


def only_warnings(errors: Iterable[object]) -> bool:
    """Return whether all of these errors only ask the person to look again."""
    return all(isinstance(error, FormError) and error.is_warning for error in errors)


def within(limit: int) -> Validator:
    """Return a validator that rejects a text over the limit."""

    def check(_form: Any, field: Field) -> None:
        check_length(field, limit)

    return check


def check_length(field: Field, limit: int) -> None:
    """Reject a text over the limit. Raises ValidationError."""
    as_validation(lambda: check_text(field.data or "", limit))


def has_address(text: str) -> bool:
    """Return whether a text holds what an email program could turn into a link."""
    return _ADDRESS.search(unicodedata.normalize("NFKC", text)) is not None


def no_address(_form: Any, field: Field) -> None:
    """Reject a name that holds a web or email address: emails print it. Raises ValidationError."""
    if has_address(field.data or ""):
        raise ValidationError(
            _(
                "A name cannot contain a web address or an email address. "
                "If yours does not, put a space after the period."
            )
        )


def as_validation(check: Callable[[], _Checked]) -> _Checked:
    """Return what a check of the core returns; turn its InvalidAnswer into a ValidationError."""
    try:
        return check()
    except InvalidAnswer as error:
        raise ValidationError(translated(error.message)) from error


def translated(message: Message) -> str:
    """Return a message of the core in the language of the page."""
    return message.translated(_, format_decimal)
