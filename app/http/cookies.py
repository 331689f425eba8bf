"""Cookies: hidden from scripts and from other sites, and Secure wherever the site uses HTTPS.

`make run` serves plain HTTP on the user's own machine, over which a Secure cookie would not be sent.
"""

from __future__ import annotations

import hashlib

from flask import Flask, Request, Response, after_this_request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import Signer

_EARLIER = SecureCookieSessionInterface()
# What signs tokens of forms and links in emails; it would use SHA-1.
Signer.default_digest_method = staticmethod(hashlib.sha256)


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, under a name that only this host can set.

    Earlier releases sent it under its plain name. So that nobody loses what is open, one of theirs is read
    and replaced while it is valid. Ours have another salt, so none can be planted under that name.
    """

    salt = "cookie of this host"
    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name that the cookie has in this request."""
        return _sent_name(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return whether the request came over HTTPS."""
        return request.is_secure

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds."""
        session = super().open_session(app, request)
        if not session and (session := _EARLIER.open_session(app, request)):
            session.modified = True
        return session

    def save_session(self, app: Flask, session: SecureCookieSession, response: Response) -> None:  # type: ignore[override]
        """Send the cookie if it has changed, and delete one of an earlier release."""
        super().save_session(app, session, response)
        earlier = _EARLIER.get_cookie_name(app)
        if earlier != self.get_cookie_name(app) and earlier in request.cookies:
            response.delete_cookie(earlier, httponly=True, samesite="Lax", secure=True)


def read_cookie(name: str) -> str:
    """Return a cookie of ours that `send_cookie` sent, "" without one."""
    return request.cookies.get(_sent_name(name), "")


def send_cookie(name: str, value: str, max_age: int | None = None) -> None:
    """Send a cookie with the response to this request; without an age it ends with the browser."""

    @after_this_request
    def _send(response: Response) -> Response:
        response.set_cookie(
            _sent_name(name), value, max_age=max_age, httponly=True, samesite="Lax", secure=request.is_secure
        )
        return response


def drop_cookie(name: str) -> None:
    """Delete a cookie with the response to this request."""

    @after_this_request
    def _drop(response: Response) -> Response:
        response.delete_cookie(_sent_name(name), httponly=True, samesite="Lax", secure=request.is_secure)
        return response


def clear_site_data() -> None:
    """Have the browser forget what it holds of this site, but its cookies: they carry the next message."""

    @after_this_request
    def _clear(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _sent_name(name: str) -> str:
    """Return the name that only this host can set, and only over HTTPS, wherever the site uses that."""
    return f"__Host-{name}" if request.is_secure else name
