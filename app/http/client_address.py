"""Where a request comes from, as a keyed digest: it tells that two came from one place, not from which."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress

from flask import current_app, request


def network() -> str:
    """Return the digest of the visitor's address; of IPv6 that of the network one household gets."""
    address = request.remote_addr or ""
    with contextlib.suppress(ValueError):
        address = _place_of(ipaddress.ip_address(address))
    return keyed_digest(address)


def _place_of(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Return what counts as one place. A server that listens on IPv6 gets IPv4 as "::ffff:192.0.2.1"."""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def keyed_digest(text: str) -> str:
    """Return 32 hex digits that nobody can make, or turn back, without the secret of this installation."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
