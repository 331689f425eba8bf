"""Words that screen and paper share: dates, and what is known of a resource's link and title."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

LINK_KINDS: Mapping[str, str] = {
    "the_item": "",
    "archived_copy": "archived copy",
    "third_party_copy": "copy held by a third party",
    "later_version_probable": "probably a later version",
}

TITLES: Mapping[str, str] = {
    "confirmed": "",
    "probable": "The title is probable, not confirmed.",
    "description": "The title is our description: the guide gives none.",
}


def long_date(date: datetime.date) -> str:
    """Return the date as "March 1, 2026"."""
    return f"{date:%B} {date.day}, {date.year}"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: a blank line parts them."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def waiting_time(seconds: int) -> str:
    """Return how long to wait as "about 2 minutes"; never less than it is."""
    if seconds <= 10:
        return "a few seconds"
    if seconds <= 60:
        return "about a minute"
    if seconds <= 3600:
        return f"about {-(-seconds // 60)} minutes"
    hours = -(-seconds // 3600)
    return f"about {hours} hours"
