"""Browsers that signed in to an account before, known by a cookie that outlives the sign-in.

Wrong passwords of strangers do not count against such a browser (app.http.rate_limits). OWASP describes it:
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
The cookie opens nothing. It holds random numbers, and digests of addresses that nobody can reverse.
"""

from __future__ import annotations

import secrets

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.http.cookies import read_cookie, send_cookie
from app.tokens import keyed_digest

COOKIE = "device"
DEVICE_DAYS = 180
_MOST_ACCOUNTS = 5  # of one browser
_MAX_AGE = DEVICE_DAYS * 24 * 3600
# The first that is found counts: Edge also says that it is Chrome, and Chrome that it is Safari.
_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def known_device(email: str) -> str:
    """Return the number of this browser, if it signed in to the account with this address; else ""."""
    return _accounts().get(_digest(email), "") if email else ""


def remember_device(email: str) -> None:
    """Let this browser count by itself, for the account with this address."""
    others = {digest: number for digest, number in _accounts().items() if digest != _digest(email)}
    number = known_device(email) or secrets.token_urlsafe(9)
    newest = dict([*others.items(), (_digest(email), number)][-_MOST_ACCOUNTS:])
    send_cookie(COOKIE, _serializer().dumps(newest), _MAX_AGE)


def device_name() -> str:
    """Return what a person calls this browser, such as "Firefox on Windows": only names of ours."""
    sent = request.user_agent.string
    browser = next((name for mark, name in _BROWSERS if mark in sent), "")
    system = next((name for mark, name in _SYSTEMS if mark in sent), "")
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("Another browser")


def _accounts() -> dict[str, str]:
    """Return the number of this browser for each account that it signed in to."""
    try:
        found: dict[str, str] = _serializer().loads(read_cookie(COOKIE), max_age=_MAX_AGE)
    except BadData:
        return {}
    return found


def _digest(email: str) -> str:
    return keyed_digest(f"device of {email}")[:16]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="device")
