"""Words that screen and paper share: dates, and what is known of a resource's link and title."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

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


def long_date(date: datetime.date, language: str) -> str:
    """Return the date in words of a language such as "en-US": "March 1, 2026"."""
    return str(format_date(date, "long", Locale.parse(language, sep="-")))


def long_dates(dates: Iterable[datetime.date], language: str) -> str:
    """Return dates as a list in words of a language: "March 1, 2026 and May 1, 2026"."""
    return format_list([long_date(date, language) for date in dates], locale=Locale.parse(language, sep="-"))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: a blank line parts them."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
