"""Plain-text emails, composed from templates, and the addresses they go to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email
from flask import current_app, url_for

from app.content import site_name


class Email(NamedTuple):
    """An email that is ready to send. A POST to the address `unsubscribe` ends emails of its kind."""

    to: str
    subject: str
    text: str
    unsubscribe: str = ""


def compose(to: str, template: str, **values: object) -> Email:
    """Return an email from a template with the blocks `subject` and `body`, in the locale of this request.

    A subject takes no values: what people typed would make the site's mail say what they like.
    """
    source = current_app.jinja_env.get_template(template)
    site_url = url_for("assessments.start", _external=True)
    body = source.new_context({"site_name": site_name(), "site_url": site_url, **values})
    subject = "".join(source.blocks["subject"](source.new_context())).strip()
    return Email(to, subject, "".join(source.blocks["body"](body)).strip() + "\n")


@contextlib.contextmanager
def at_site_url() -> Iterator[None]:
    """Compose outside any request, as in a command: links lead to SITE_URL."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        yield


def normalize_address(text: str) -> str:
    """Return an email address in the form that is stored, compared and rate-limited; "" if it is invalid.

    The form is lowercase ASCII. Whether mail can be delivered there is not checked: sending will show it.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return (found.ascii_email or found.normalized).lower()
