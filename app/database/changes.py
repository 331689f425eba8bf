"""Who changed something last, and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change: `by_id` is None for a person without an account, `at` where no time was kept."""

    by_id: int | None = None
    at: datetime.datetime | None = None
