"""Dates as people type them."""

from __future__ import annotations

import datetime
import re

from flask_babel import gettext as _

from questions.answers_file.parser import YEARS
from questions.kinds.base import InvalidAnswer
from questions.text import quoted

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_US = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})")


def read_date(text: str) -> datetime.date | None:
    """Return the date, typed as month/day/year or year-month-day; None for "". Raises InvalidAnswer."""
    text = text.strip()
    if not text:
        return None
    found = _ISO.fullmatch(text) or _US.fullmatch(text)
    if found is None:
        raise InvalidAnswer(
            _("We cannot read %(text)s as a date. Type it like 3/31/2026.", text=quoted(text))
        )
    try:
        date = datetime.date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError as error:
        raise InvalidAnswer(_("There is no day %(text)s in the calendar.", text=quoted(text))) from error
    if date.year not in YEARS:
        raise InvalidAnswer(_("The year has to be %(first)d to %(last)d.", first=YEARS[0], last=YEARS[-1]))
    return date


def is_iso(text: str | None) -> bool:
    """Return whether a browser's date field can show this text; it drops any other."""
    return not text or re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
