"""The only module that reads the clock.

Times are stored in UTC, without a zone. People see days, in the time zone of the setting TZ; this module
converts between the two.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import dates
from babel.units import format_unit
from flask import current_app
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from reports.documents import formatting

_DAYS_IN_YEAR = 365
_MACHINE_ZONE = Path("/etc/localtime")


def now() -> datetime.datetime:
    """Return this moment in UTC, without a zone, as the database stores it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def today() -> datetime.date:
    """Return today in the site's time zone."""
    return local_day(now())


def local_day(moment: datetime.datetime) -> datetime.date:
    """Return the day that a stored moment falls on in the site's time zone."""
    return _local(moment).date()


def start_of_day(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day of the site's time zone, as the database stores it."""
    midnight = datetime.datetime.combine(day, datetime.time(), _zone())
    return midnight.astimezone(datetime.UTC).replace(tzinfo=None)


def end_of_day(day: datetime.date) -> datetime.datetime:
    """Return the last moment of a day of the site's time zone, as the database stores it."""
    return start_of_day(day + datetime.timedelta(days=1)) - datetime.timedelta.resolution


def start_of_today() -> datetime.datetime:
    """Return the first moment of today, as the database stores it. What expires before it has expired."""
    return start_of_day(today())


def end_of_day_in(days: int) -> datetime.datetime:
    """Return the last moment of the day that is so many days from today, as the database stores it."""
    return end_of_day(today() + datetime.timedelta(days=days))


def long_date(date: datetime.date, number_of_day: int = 1) -> str:
    """Return a day, or the local day of a stored moment, in words: "March 1, 2026".

    `number_of_day` tells a self-check from others of its day: "March 1, 2026 (#2 that day)".
    """
    day = local_day(date) if isinstance(date, datetime.datetime) else date
    return formatting.long_date(day, str(get_locale()).replace("_", "-"), number_of_day)


def date_and_time(moment: datetime.datetime) -> str:
    """Return a stored moment in words: "March 1, 2026, 9:05 PM PST"."""
    local, locale = _local(moment), get_locale()
    text: str = _(
        "%(date)s, %(time)s %(time_zone)s",
        date=dates.format_date(local, "long", locale),
        time=dates.format_time(local, "short", local.tzinfo, locale),
        time_zone=dates.get_timezone_name(local, "short", locale=locale),
    )
    return text


def waiting_time(seconds: int) -> str:
    """Return in words how long to wait, such as "about 2 minutes", rounded up."""
    text: str
    if seconds <= 10:
        text = _("a few seconds")
    elif seconds <= 3600:
        minutes = -(-seconds // 60)
        text = ngettext("about %(num)s minute", "about %(num)s minutes", minutes)
    else:
        hours = -(-seconds // 3600)
        text = ngettext("about %(num)s hour", "about %(num)s hours", hours)
    return text


def period(days: int) -> str:
    """Return a period such as "90 days", in years if it is a whole number of them."""
    years, rest = divmod(days, _DAYS_IN_YEAR)
    count, unit = (days, "duration-day") if rest else (years, "duration-year")
    return str(format_unit(count, unit, length="long", locale=get_locale()))


def find_zone(name: str) -> datetime.tzinfo:
    """Return the time zone with this name, or that of the machine for "". Raises ValueError.

    The system's own TZ may be set in the form of POSIX: ":America/New_York", or ":/etc/localtime".
    """
    name = name.removeprefix(":")
    if name in ("", str(_MACHINE_ZONE)):
        return _machine_zone()
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise ValueError(
            "has to be a time zone that this machine knows, such as America/New_York "
            "(if it knows none, install the package tzdata)"
        ) from None


def _machine_zone() -> datetime.tzinfo:
    """Return the time zone of the machine, or UTC if it has none."""
    *_folders, name = str(_MACHINE_ZONE.resolve()).rpartition("/zoneinfo/")
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return _zone_of_file()


def _zone_of_file() -> datetime.tzinfo:
    try:
        with _MACHINE_ZONE.open("rb") as file:
            return ZoneInfo.from_file(file, key="localtime")
    except (ValueError, OSError):
        return datetime.UTC


def _zone() -> datetime.tzinfo:
    zone: datetime.tzinfo = current_app.config["TIME_ZONE"]
    return zone


def _local(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(tzinfo=datetime.UTC).astimezone(_zone())
