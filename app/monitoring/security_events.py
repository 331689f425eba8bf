"""Security events of the request at hand."""

from __future__ import annotations

from blinker import Namespace
from flask_security import current_user

from app import clock
from app.database.security_events import record_event
from app.http.client_address import network

# Sent with the kind of each event, for who counts them.
noted = Namespace().signal("noted")


def note_event(kind: str, *, agency_id: int | None = None, user_id: int | None = None) -> None:
    """Store that something happened: by whom, if signed in, and from which network. The caller commits."""
    who = user_id if user_id is not None else getattr(current_user, "id", None)
    record_event(kind, clock.now(), user_id=who, agency_id=agency_id, network=network())
    noted.send(kind=kind)
