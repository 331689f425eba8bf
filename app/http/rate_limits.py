"""How often one network may do what is expensive or could be guessed: all rate limits, by endpoint.

Counts are in the database (app.database.rate_limits), so all web processes on all machines count together.
A limit is per network; what targets one account is also limited per email address, or per signed-in user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, request, session
from flask_limiter import Limiter

from app.database import rate_limits
from app.extensions import db
from app.http.requests import keyed_digest, network
from app.mail.messages import normalize_address

# An office shares one address, so a limit leaves room for a whole team at once.
_NEW = "300 per hour"
_EXPENSIVE = "120 per 10 minutes"
_ATTEMPTS = "20 per 10 minutes"
_RARE = "20 per hour"
_ATTEMPTS_PER_ACCOUNT = "30 per hour"
_EMAILS_PER_ADDRESS = "5 per hour"

_GET_LIMITS: Mapping[str, str] = {
    "comparisons.comparison_pdf": _EXPENSIVE,
    "guide.worksheet_pdf": _EXPENSIVE,
    "plans.shared_plan": _EXPENSIVE,
    "agencies.invitation": _EXPENSIVE,
}
_POST_LIMITS: Mapping[str, str] = {
    "assessments.begin": _NEW,
    "assessments.load": _EXPENSIVE,
    "assessments.come_back": _ATTEMPTS,
    "agencies.invite": _RARE,
    "security.login": _ATTEMPTS,
    "security.verify": _ATTEMPTS,
    "accounts.register": _RARE,
    "security.forgot_password": _RARE,
    "security.reset_password": _ATTEMPTS,
    "security.change_password": _ATTEMPTS,
    "security.change_email": _RARE,
    "security.two_factor_setup": _ATTEMPTS,
    "security.two_factor_token_validation": _ATTEMPTS,
    "security.mf_recovery": _ATTEMPTS,
    "security.wan_signin_response": _ATTEMPTS,
    "security.wan_verify_response": _ATTEMPTS,
    "agencies.join": _ATTEMPTS,
    "privacy.history_archive": _RARE,
    "privacy.agency_archive": _RARE,
    "privacy.account_archive": _RARE,
}
_POST_LIMITS_BY_EMAIL: Mapping[str, str] = {
    "security.login": _ATTEMPTS_PER_ACCOUNT,
    "accounts.register": _EMAILS_PER_ADDRESS,
    "security.forgot_password": _EMAILS_PER_ADDRESS,
    "security.change_email": _EMAILS_PER_ADDRESS,
    "agencies.invite": _EMAILS_PER_ADDRESS,
}
_POST_LIMITS_BY_ACCOUNT: Mapping[str, str] = {
    "security.verify": _ATTEMPTS_PER_ACCOUNT,
    "security.change_password": _ATTEMPTS_PER_ACCOUNT,
    "security.two_factor_token_validation": _ATTEMPTS_PER_ACCOUNT,
    "security.mf_recovery": _ATTEMPTS_PER_ACCOUNT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Limits by endpoint, for these methods, counted by the key that `key` returns."""

    limits: Mapping[str, str]
    methods: tuple[str, ...] = ("POST",)
    key: Callable[[], str] = network
    exempt: Callable[[], bool] | None = None


def register(app: Flask, costly_downloads: Iterable[str]) -> None:
    """Limit the endpoints, unless RATE_LIMITS is off. Raises LookupError for an unknown endpoint."""
    rules = _rules(costly_downloads)
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


def _rules(costly_downloads: Iterable[str]) -> tuple[_Rule, ...]:
    get_limits = {**_GET_LIMITS, **dict.fromkeys(costly_downloads, _EXPENSIVE)}
    return (
        _Rule(limits=get_limits, methods=("GET", "HEAD")),
        _Rule(limits=_POST_LIMITS),
        _Rule(limits=_POST_LIMITS_BY_EMAIL, key=_email_digest, exempt=_has_no_email),
        _Rule(limits=_POST_LIMITS_BY_ACCOUNT, key=_account_digest),
    )


def _apply(limiter: Limiter, app: Flask, rule: _Rule) -> None:
    for endpoint, rate in rule.limits.items():
        limit = limiter.limit(
            rate, methods=list(rule.methods), key_func=rule.key, scope=endpoint, exempt_when=rule.exempt
        )
        view: Any = limit(app.view_functions[endpoint])
        app.view_functions[endpoint] = view


def _ending_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return the view, which first ends the request's transaction.

    Until here the request has only read who is signed in. On SQLite its transaction would keep the counter,
    which has a connection of its own, waiting.
    """

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        return view(*args, **kwargs)

    return wrapped


def _email_digest() -> str:
    """Return a keyed digest of the form's email address, so that many networks together share one limit.

    Spelling does not matter: what is one address for accounts is one here.
    """
    return keyed_digest(_email())


def _has_no_email() -> bool:
    """Return whether the form has no valid email address: no email is sent, and no account is targeted."""
    return not _email()


def _email() -> str:
    return normalize_address(request.form.get("email", "").strip())


def _account_digest() -> str:
    """Return a keyed digest of the user who is signed in or is asked for a code; without one, the network."""
    user = session.get("_user_id") or session.get("tf_user_id")
    return keyed_digest(str(user)) if user else network()
