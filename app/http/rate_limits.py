"""How often one place may do what is expensive or could be guessed: all rate limits, by endpoint.

A view that makes a file says so itself (`costly`). Counts are in the database (app.database.rate_limits), so
all web processes on all machines count together.

Only failures count as guesses. They are counted by place and by account, so that neither one place nor many
places together can guess. A browser that signed in to the account before has a counter of its own instead
(app.http.known_devices): so no stranger can shut anyone out. Past the limit on emails to one address, the
answer stays the same and nothing is sent.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_limiter import Limiter
from sqlalchemy import select

from app.database import rate_limits
from app.database.account_tables import User
from app.extensions import db
from app.http.known_devices import known_device
from app.http.requests import network
from app.mail.messages import normalize_address
from app.tokens import keyed_digest

_View = TypeVar("_View", bound=Callable[..., Any])

# Fifty people in one training share one address, so a limit leaves room for all of them at once.
_NEW = "300 per hour"
_EXPENSIVE = "300 per 10 minutes"
_EMAILS = "200 per hour"
_RARE = "60 per hour"
_GUESSES = "100 per 10 minutes"
_GUESSES_AT_ONE_ACCOUNT = "30 per hour"
_EMAILS_TO_ONE_ADDRESS = "5 per hour"
_INVITATIONS_BY_ONE_ACCOUNT = "60 per day"

_GET_LIMITS: Mapping[str, str] = {
    "plans.shared_plan": _EXPENSIVE,
    "plans.shared_chapter": _EXPENSIVE,
    "plans.calendar_feed": _EXPENSIVE,
    "agencies.invitation": _EXPENSIVE,
}
_POST_LIMITS: Mapping[str, str] = {
    "assessments.begin": _NEW,
    "assessments.load": _EXPENSIVE,
    "accounts.register": _EMAILS,
    "security.forgot_password": _EMAILS,
    "security.change_email": _EMAILS,
    "security.wan_signin_response": _EXPENSIVE,
    "security.wan_verify_response": _EXPENSIVE,
    "accounts.no_reminders": _EXPENSIVE,
    "guide.report_link": _RARE,
    "privacy.history_archive": _RARE,
    "privacy.agency_archive": _RARE,
    "privacy.account_archive": _RARE,
}
_GUESSES_BY_PLACE: Mapping[str, str] = dict.fromkeys(
    (
        "assessments.come_back",
        "agencies.bring",
        "agencies.join",
        "accounts.create",
        "security.login",
        "security.verify",
        "security.reset_password",
        "security.change_password",
        "security.two_factor_setup",
        "security.two_factor_token_validation",
        "security.mf_recovery",
    ),
    _GUESSES,
)
_GUESSES_BY_ACCOUNT: Mapping[str, str] = dict.fromkeys(
    (
        "security.login",
        "security.verify",
        "security.change_password",
        "security.two_factor_token_validation",
        "security.mf_recovery",
    ),
    _GUESSES_AT_ONE_ACCOUNT,
)
_EMAILS_BY_ADDRESS: Mapping[str, str] = dict.fromkeys(
    ("accounts.register", "security.forgot_password", "security.change_email"), _EMAILS_TO_ONE_ADDRESS
)
_FAILED = frozenset({403, 404, 422})
_COSTLY = "makes_a_file"  # the attribute of a view that is costly


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Limits by endpoint, for these methods, counted by the key that `key` returns."""

    limits: Mapping[str, str]
    methods: tuple[str, ...] = ("POST",)
    key: Callable[[], str] = network
    exempt: Callable[[], bool] | None = None
    counts: Callable[[Response], bool] | None = None
    answer: Callable[[Any], Any] | None = None


def costly(view: _View) -> _View:
    """Return the view, marked as one that has the child process make a file: its rate is limited."""
    setattr(view, _COSTLY, True)
    return view


def register(app: Flask) -> None:
    """Limit the endpoints, unless RATE_LIMITS is off. Raises LookupError for an unknown endpoint."""
    rules = _rules(endpoint for endpoint, view in app.view_functions.items() if hasattr(view, _COSTLY))
    limited = {endpoint for rule in rules for endpoint in rule.limits}
    if unknown := limited - app.view_functions.keys():
        raise LookupError(f"Rate limits for endpoints that do not exist: {sorted(unknown)}")
    if not app.config["RATE_LIMITS"]:
        return
    limiter = Limiter(
        network,
        app=app,
        storage_uri=f"{rate_limits.SCHEME}://",
        strategy="fixed-window",
        headers_enabled=True,
    )
    for rule in rules:
        _apply(limiter, app, rule)
    for endpoint in limited:
        app.view_functions[endpoint] = _ending_transaction(app.view_functions[endpoint])


def _rules(costly_endpoints: Iterable[str]) -> tuple[_Rule, ...]:
    get_limits = {**_GET_LIMITS, **dict.fromkeys(costly_endpoints, _EXPENSIVE)}
    trusted, failed = _is_trusted_place, _has_failed
    return (
        _Rule(limits=get_limits, methods=("GET", "HEAD"), exempt=trusted),
        _Rule(limits=_POST_LIMITS, exempt=trusted),
        _Rule(limits=_GUESSES_BY_PLACE, exempt=lambda: trusted() or _is_known_device(), counts=failed),
        _Rule(limits=_GUESSES_BY_ACCOUNT, key=_account_digest, exempt=_is_known_device, counts=failed),
        _Rule(limits=_GUESSES_BY_ACCOUNT, key=_device_digest, exempt=_is_new_device, counts=failed),
        _Rule(limits=_EMAILS_BY_ADDRESS, key=_typed_digest, exempt=_has_no_email, answer=_as_if_sent),
        _Rule(limits={"agencies.invite": _INVITATIONS_BY_ONE_ACCOUNT}, key=_account_digest),
        _Rule(limits={"agencies.invite": _EMAILS_TO_ONE_ADDRESS}, key=_invited_digest, exempt=_has_no_email),
    )


def _apply(limiter: Limiter, app: Flask, rule: _Rule) -> None:
    for endpoint, rate in rule.limits.items():
        limit = limiter.limit(
            rate,
            methods=list(rule.methods),
            key_func=rule.key,
            scope=endpoint,
            exempt_when=rule.exempt,
            deduct_when=rule.counts,
            on_breach=rule.answer,
        )
        view: Any = limit(app.view_functions[endpoint])
        app.view_functions[endpoint] = view


def _ending_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return the view, which first looks up whose account it is about, and ends the request's transaction.

    Until here the request has only read who is signed in. On SQLite its transaction would keep the counter,
    which has a connection of its own, waiting.
    """

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        g.account_address = _own_address() or _typed_address()
        db.session.rollback()
        return view(*args, **kwargs)

    return wrapped


def _own_address() -> str:
    """Return the address of the account that is signed in, or is asked for a code; "" without one."""
    user = session.get("_user_id") or session.get("tf_user_id")
    return (user and db.session.scalar(select(User.email).where(User.fs_uniquifier == user))) or ""


def _typed_address() -> str:
    """Return the address in the form. However it is spelled, what is one for accounts is one here."""
    return normalize_address(request.form.get("email", "").strip())


def _has_no_email() -> bool:
    """Return whether the form has no valid email address: no email is sent, and no account is targeted."""
    return not _typed_address()


def _has_failed(response: Response) -> bool:
    """Return whether it was a wrong guess; if so, end the transaction, for which the counter would wait."""
    failed = response.status_code in _FAILED
    if failed:
        db.session.rollback()
    return failed


def _is_trusted_place() -> bool:
    """Return whether the visitor is in one of TRUSTED_NETWORKS, whose people are not counted together."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return any(address in trusted for trusted in current_app.config["TRUSTED_NETWORKS"])


def _is_known_device() -> bool:
    return bool(known_device(g.account_address))


def _is_new_device() -> bool:
    return not _is_known_device()


def _device_digest() -> str:
    return keyed_digest(f"device {known_device(g.account_address)}")


def _account_digest() -> str:
    """Return a keyed digest of the account's address, so that many networks together share one limit.

    What is about no account counts by place.
    """
    return keyed_digest(g.account_address) if g.account_address else network()


def _typed_digest() -> str:
    return keyed_digest(_typed_address())


def _invited_digest() -> str:
    """Return a digest of who invites whom: invitations by others do not use it up."""
    return keyed_digest(f"{g.account_address} invites {_typed_address()}")


def _as_if_sent(_limit: Any) -> Any:
    """Answer as if the email was sent: enough of them, whose links work, are in that mailbox already."""
    return redirect(url_for("accounts.check_mail"))
