"""Browsers that signed in to an account before, known by a cookie that outlives the sign-in.

Wrong passwords of strangers do not count against such a browser (app.http.rate_limits). OWASP describes it:
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
The cookie opens nothing. It holds random numbers, and digests of addresses that nobody can reverse.
"""

from __future__ import annotations

import secrets

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.http.requests import keyed_digest

COOKIE = "device"
DEVICE_DAYS = 180
_MOST_ACCOUNTS = 5  # of one browser
_MAX_AGE = DEVICE_DAYS * 24 * 3600


def known_device(email: str) -> str:
    """Return the number of this browser, if it signed in to the account with this address; else ""."""
    return _accounts().get(_digest(email), "") if email else ""


def remember_device(email: str) -> None:
    """Let this browser count by itself, for the account with this address."""
    others = {digest: number for digest, number in _accounts().items() if digest != _digest(email)}
    number = known_device(email) or secrets.token_urlsafe(9)
    newest = dict([*others.items(), (_digest(email), number)][-_MOST_ACCOUNTS:])
    value = _serializer().dumps(newest)

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            COOKIE, value, max_age=_MAX_AGE, httponly=True, samesite="Lax", secure=request.is_secure
        )
        return response


def _accounts() -> dict[str, str]:
    """Return the number of this browser for each account that it signed in to."""
    try:
        found: dict[str, str] = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=_MAX_AGE)
    except BadData:
        return {}
    return found


def _digest(email: str) -> str:
    return keyed_digest(f"device of {email}")[:16]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="device")
