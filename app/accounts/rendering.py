"""How Flask-Security's views become our pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.messages import LABELS
from app.forms.base import FormError

# When these forms are sent and nothing is wrong, an e-mail is on its way.
_SEND = {"accounts/forgot_password.html", "accounts/confirm_again.html", "accounts/change_email.html"}


def render(template: str, **context: Any) -> ResponseReturnValue:
    """Return the page of a view with the faults of its forms."""
    forms = [value for value in context.values() if isinstance(value, FlaskForm)]
    sent = request.method == "POST"
    faults = tuple(fault for form in forms for fault in _faults(form)) if sent else ()
    if sent and template in _SEND and not faults:
        return redirect(url_for("accounts.check_mail"))
    page = render_template(template, faults=faults, labels=LABELS, **context)
    return page, 422 if faults else 200


def _faults(form: FlaskForm) -> Iterator[FormError]:
    # What is wrong with the form as a whole stands beside its first field too.
    if form.form_errors:
        form.email.errors = [*form.email.errors, *dict.fromkeys(map(str, form.form_errors))]
    for field in form:
        for message in field.errors:
            about = LABELS.get(field.name, field.name)
            yield FormError(anchor=field.name, about=about, message=str(message))
