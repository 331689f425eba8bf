"""What is read from every request: where it comes from, and row ids in its address."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import Any

from flask import Flask, request
from flask_security.utils import validate_redirect_url
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from app.tokens import keyed_digest

_HIGHEST_ID = 2**31 - 1  # of our columns on PostgreSQL; SQLite could hold more


def register(app: Flask) -> None:
    """Set up how requests are read. Call it before any route is added."""
    _trust_proxies(app)
    app.url_map.converters["int"] = RowId
    app.before_request(_drop_other_addresses)


class RowId(IntegerConverter):
    """The converter of "<int:...>": an id that no row can have matches no address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": _HIGHEST_ID, **kwargs})


def network() -> str:
    """Return a keyed digest of the visitor's network: equal for visits from one place, and not reversible.

    For IPv6 that is the /64 network, which is what one household gets.
    """
    address = request.remote_addr or ""
    with contextlib.suppress(ValueError):
        address = _network_of(ipaddress.ip_address(address))
    return keyed_digest(address)


def is_on_this_site(address: str | None) -> bool:
    """Return whether an address that someone sent leads to a page of this site."""
    try:
        return bool(address and validate_redirect_url(address))
    except ValueError:  # such as "//[", which no parser accepts
        return False


def _drop_other_addresses() -> None:
    """Ignore a `next` that leads elsewhere or nowhere, before Flask-Security tries to read it."""
    if "next" in request.args and not is_on_this_site(request.args["next"]):
        request.args = _without_next(request.args)
    if "next" in request.form and not is_on_this_site(request.form["next"]):
        request.form = _without_next(request.form)


def _without_next(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict(pair for pair in values.items(multi=True) if pair[0] != "next")


def _trust_proxies(app: Flask) -> None:
    """Take the client's address and scheme from as many proxies as TRUSTED_PROXIES says."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def _network_of(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:  # how a server that listens on IPv6 sees IPv4
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
