"""How often one place may do what costs much or could be guessed: all limits stand here, by endpoint.

Counted in the database (app.database.rate_limits), so that many web processes on many machines count
together. A limit is for an address of the network; what aims at one account also for its e-mail, or for
who is signed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, request, session
from flask_limiter import Limiter

from app.database import rate_limits
from app.http.client_address import keyed_digest, network
from app.mail import normalize_address

# An office shares one address, so a limit leaves room for a whole team at once.
_NEW = "300 per hour"
_COSTLY = "120 per 10 minutes"
_GUESSES = "20 per 10 minutes"
_SELDOM = "20 per hour"
_GUESSES_OF_ONE = "30 per hour"
_MAILS_TO_ONE = "5 per hour"

_GETTING: Mapping[str, str] = {
    "plans.plan_pdf": _COSTLY,
    "plans.shared_plan_pdf": _COSTLY,
    "plans.plan_xlsx": _COSTLY,
    "plans.plan_ics": _COSTLY,
    "comparisons.comparison_pdf": _COSTLY,
    "guide.worksheet_pdf": _COSTLY,
    "plans.shared_plan": _COSTLY,
    "agencies.invitation": _COSTLY,
}
_SENDING: Mapping[str, str] = {
    "assessments.begin": _NEW,
    "assessments.load": _COSTLY,
    "assessments.come_back": _GUESSES,
    "agencies.invite": _SELDOM,
    "security.login": _GUESSES,
    "security.verify": _GUESSES,
    "security.register": _SELDOM,
    "security.forgot_password": _SELDOM,
    "security.reset_password": _GUESSES,
    "security.change_password": _GUESSES,
    "security.change_email": _SELDOM,
    "security.send_confirmation": _SELDOM,
    "security.two_factor_setup": _GUESSES,
    "security.two_factor_token_validation": _GUESSES,
    "security.mf_recovery": _GUESSES,
    "security.wan_signin_response": _GUESSES,
    "security.wan_verify_response": _GUESSES,
    "agencies.join": _GUESSES,
    "privacy.history_archive": _SELDOM,
    "privacy.agency_archive": _SELDOM,
    "privacy.account_archive": _SELDOM,
}
_SENDING_FOR_ONE: Mapping[str, str] = {
    "security.login": _GUESSES_OF_ONE,
    "security.register": _MAILS_TO_ONE,
    "security.forgot_password": _MAILS_TO_ONE,
    "security.send_confirmation": _MAILS_TO_ONE,
    "security.change_email": _MAILS_TO_ONE,
    "agencies.invite": _MAILS_TO_ONE,
}
_SENDING_AS_ONE: Mapping[str, str] = {
    "security.verify": _GUESSES_OF_ONE,
    "security.change_password": _GUESSES_OF_ONE,
    "security.two_factor_token_validation": _GUESSES_OF_ONE,
    "security.mf_recovery": _GUESSES_OF_ONE,
}


def register(app: Flask) -> None:
    """Put the limits on the endpoints, unless they are off. Raises KeyError for one that is not there."""
    if not app.config["RATE_LIMITS"]:
        return
    limiter = Limiter(
        network,
        app=app,
        storage_uri=f"{rate_limits.SCHEME}://",
        strategy="fixed-window",
        headers_enabled=True,
    )
    for table, methods, whom, exempt in (
        (_GETTING, ["GET", "HEAD"], network, None),
        (_SENDING, ["POST"], network, None),
        (_SENDING_FOR_ONE, ["POST"], _address_aimed_at, _aims_at_nobody),
        (_SENDING_AS_ONE, ["POST"], _account_here, None),
    ):
        for endpoint, rate in table.items():
            limited = limiter.limit(rate, methods=methods, key_func=whom, scope=endpoint, exempt_when=exempt)
            app.view_functions[endpoint] = cast(Any, limited(app.view_functions[endpoint]))


def _address_aimed_at() -> str:
    """Return a keyed digest of the e-mail in the form, so that many places together cannot guess at one.

    However it is spelled: what is one address for accounts counts as one.
    """
    return keyed_digest(_address())


def _aims_at_nobody() -> bool:
    """Return whether the form has no e-mail, or what is none: nothing is sent, and no account is meant."""
    return not _address()


def _address() -> str:
    return normalize_address(request.form.get("email", "").strip())


def _account_here() -> str:
    """Return a keyed digest of who is signed in, or whose code is asked for; without either, the place."""
    who = session.get("_user_id") or session.get("tf_user_id")
    return keyed_digest(str(who)) if who else network()
