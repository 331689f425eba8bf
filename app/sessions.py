"""Cookies that travel over HTTPS only, wherever the site is served by HTTPS."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie; `make run` serves this machine by plain HTTP, where "Secure" would lose it."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return whether the request came by HTTPS, so that its cookie may never go without."""
        return request.is_secure
