"""Formatting for screen and paper: dates, paragraphs, and notes on a resource's link and title."""

from __future__ import annotations

import datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from reports.plan.translations import translations


def link_kind(kind: str, language: str) -> str:
    """Return what a link leads to if not to the item itself, in a language such as "en-US"; else ""."""
    _ = translations(language).gettext
    return {
        "the_item": "",
        "archived_copy": _("archived copy"),
        "third_party_copy": _("copy held by a third party"),
        "later_version_probable": _("probably a later version"),
    }[kind]


def title_note(certainty: str, language: str) -> str:
    """Return how sure the title of a resource is, if it is not confirmed; else ""."""
    _ = translations(language).gettext
    return {
        "confirmed": "",
        "probable": _("The title is probable, not confirmed."),
        "description": _("The title is our description: the guide gives none."),
    }[certainty]


@lru_cache(maxsize=512)
def long_date(date: datetime.date, language: str, number_of_day: int = 1) -> str:
    """Return the date as written in a language such as "en-US": "March 1, 2026".

    What was finished on a day after something else also gets its number: "March 1, 2026 (#2 that day)".
    The cache saves a third of a plan page of 39 actions, which names over a hundred days.
    """
    day = str(format_date(date, "long", Locale.parse(language, sep="-")))
    if number_of_day == 1:
        return day
    form = translations(language).gettext("%(date)s (#%(number)s that day)")
    return form % {"date": day, "number": number_of_day}


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which blank lines separate."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
