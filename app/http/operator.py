"""Who runs this site, as the administrator set it: shown on every page, also those of errors."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, send_file, url_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The name, how to reach them, the link for that, and the address of the logo; each may be empty."""

    name: str
    contact: str
    contact_url: str
    logo: str


def register(app: Flask) -> None:
    """Let templates name the operator, and serve the logo."""
    app.add_template_global(operator, "operator")
    app.add_url_rule("/operator-logo", "operator_logo", _logo)


def operator() -> Operator:
    """Return who runs this site. It reads settings only, so that pages of errors can show it."""
    settings = current_app.config
    return Operator(
        name=settings["OPERATOR_NAME"],
        contact=settings["OPERATOR_CONTACT"],
        contact_url=_url(settings["OPERATOR_CONTACT"]),
        logo=url_for("operator_logo") if settings["OPERATOR_LOGO"] else "",
    )


def _url(contact: str) -> str:
    """Return the link for a way to reach someone: an email address, a web address or a telephone number."""
    if contact.startswith(("https://", "http://")):
        return contact
    if "@" in contact and " " not in contact:
        return f"mailto:{contact}"
    digits = "".join(char for char in contact if char.isdigit())
    is_number = len(digits) >= 7 and set(contact) <= set("0123456789+-().  ")
    return f"tel:{'+' if contact.startswith('+') else ''}{digits}" if is_number else ""


def _logo() -> Response:
    path = current_app.config["OPERATOR_LOGO"]
    if path is None:
        abort(404)
    return send_file(path, max_age=3600)
