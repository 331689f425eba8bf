"""Full dates in free text, as people write them in the United States."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        r"(?P<month>[0-9]{1,2})(?P<sep>[/.-])(?P<day>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<year>[0-9]{4})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})",
        r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_NAME}\s{{1,3}}{_DAY},?\s{{1,3}}(?P<year>[0-9]{{4}})",
        rf"{_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_NAME},?\s{{1,3}}(?P<year>[0-9]{{4}})",
    )
)


def dates_in(text: str) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield where each full date stands, with its year as written: one of two digits is below 100."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if _is_a_day(found):
                yield found.span(), int(found["year"])


def _is_a_day(found: re.Match[str]) -> bool:
    """Return whether the calendar has this day; day and month may stand either way round."""
    parts = found.groupdict()
    year, day = int(parts["year"]), int(parts["day"])
    month = _MONTHS.index(parts["name"].lower()) + 1 if parts.get("name") else int(parts["month"])
    return _exists(year, month, day) or _exists(year, day, month)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return False
    return True
