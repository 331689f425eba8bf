"""The only reader of the time."""

from __future__ import annotations

import datetime


def now() -> datetime.datetime:
    """Return the time in UTC, without a zone, as the database keeps it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def today() -> datetime.date:
    """Return the day it is where the server stands."""
    return datetime.date.today()
