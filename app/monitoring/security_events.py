"""Security events of the current request."""

from __future__ import annotations

from blinker import Namespace
from flask_security import current_user

from app import clock
from app.database.security_events import record_event
from app.http.requests import network

# Sent with the kind of each event; app.monitoring.metrics counts them.
noted = Namespace().signal("noted")


def note_event(kind: str, *, agency_id: int | None = None, user_id: int | None = None) -> None:
    """Store that something happened, the signed-in user (if any), and the network. The caller commits."""
    actor = user_id if user_id is not None else getattr(current_user, "id", None)
    record_event(kind, clock.now(), user_id=actor, agency_id=agency_id, network=network())
    noted.send(kind=kind)
