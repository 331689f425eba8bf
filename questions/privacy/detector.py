"""Finds what looks like client data in English free text, by its shape and the words around it.

Every pattern is bounded, so that the time grows linearly with the length of the text. Two libraries were
considered: `phonenumbers` takes 2.4 MB of memory and misses local numbers and many invented area codes, which
a person would still read as a telephone number; no available library reads case numbers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

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
    """Yield the span and the year of each full date, as people write them in the United States.

    A year of two digits is yielded as it is written, below 100.
    """
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if _is_a_day(found):
                yield found.span(), int(found["year"])


def _is_a_day(found: re.Match[str]) -> bool:
    """Return whether this is a day of the calendar, with month and day in either order."""
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


Kind = Literal["email", "ssn", "birth_date", "case_number", "telephone", "long_number"]
Span = tuple[int, int]


def _digits(number: str) -> str:
    """Return the digits of a telephone number, without the country code of an American one."""
    digits = "".join(char for char in number if char.isdigit())
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _any_of(words: str) -> re.Pattern[str]:
    """Return a pattern for any of these words, in any case; they are separated by spaces, and + joins two."""
    found = (re.escape(word).replace(r"\+", r"\s{1,3}") for word in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


# Words that give away what a date or number next to them is.
_BIRTH_WORDS = _any_of("born birth birthdate birthday birthdays dob d.o.b. d.o.b b-day")
_CASE_WORDS = _any_of(
    "case docket cause file petition court client participant survivor victim matter warrant complaint "
    "incident mrn alien a-number record"
)
_PHONE_WORDS = _any_of(
    "call called calls phone phoned telephone tel tel. cell mobile text texted number whatsapp reach "
    "reached fax"
)
_SSN_WORDS = _any_of("ssn ssns ss# social+security")
# Emergency and hotline numbers, which identify nobody.
_PUBLIC_NUMBERS = frozenset(
    map(_digits, ("911", "988", "211", "888-373-7888", "233733", "800-799-7233", "800-656-4673"))
)

# A date fewer than YOUNGEST years ago counts only next to a word such as "born": otherwise the date of every
# meeting would be a date of birth.
YOUNGEST = 12
OLDEST = 110
_BEFORE, _AFTER = 40, 25  # how far away, in characters, such a word may be

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}", re.IGNORECASE)
_SSN = re.compile(r"(?<![\w-])[0-9]{3}([- ])[0-9]{2}\1[0-9]{4}(?![\w-])")
_ALIEN_NUMBER = re.compile(r"(?<!\w)A(?:[-# ]{1,2})?[0-9]{2,3}[ -]?[0-9]{3}[ -]?[0-9]{3}(?![0-9])")
_TELEPHONE = re.compile(
    r"(?<![\w$€£/])(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\)[ .-]?|[2-9][0-9]{2}[ .-]?)"
    r"[0-9]{3}[ .-]?[0-9]{4}(?![\w-])"
)
_ABROAD = re.compile(r"(?<![\w$€£])\+[1-9][0-9]{0,2}(?:[ .()-]{0,2}[0-9]){6,12}(?![0-9])")
_LOCAL = re.compile(r"(?<![\w$€£.,/-])[2-9][0-9]{2}[ .-]?[0-9]{4}(?![\w-])")
_LONG = re.compile(r"(?<![0-9$€£.,])(?:[0-9]{7,}|(?:[0-9]{4}[ -]){3}[0-9]{4})(?![0-9])")
_AFTER_SSN_WORD = re.compile(r"[^0-9\n]{0,20}[0-9][0-9 -]{2,10}[0-9]")
_AFTER_CASE_WORD = re.compile(
    r"(?:['’]?s)?\s{0,3}(?P<marked>(?:(?:no|nr|num|number|id)\b\.?|\#)[\s:.#]{0,3})?[:\s]{0,3}"
    r"(?P<number>(?=[a-z0-9/.-]{0,24}[0-9])[a-z0-9][a-z0-9/-]{2,29})",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:[-/](?:19|20)?[0-9]{2}(?:[-/][0-9]{2})?)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateData:
    """A piece of a text that looks like client data, with its kind and where it starts and ends."""

    kind: Kind
    start: int
    end: int
    piece: str


def private_data(text: str, today: datetime.date) -> tuple[PrivateData, ...]:
    """Return what looks like client data, in the order of the text, without overlaps."""
    if not any(char.isdigit() or char == "@" for char in text):
        return ()
    taken: list[Span] = [found.span() for found in _ADDRESS.finditer(text)]
    pieces: list[PrivateData] = []
    for kind, find in _FINDERS.items():
        for start, end in find(text, today):
            if not any(start < other_end and other_start < end for other_start, other_end in taken):
                taken.append((start, end))
                pieces.append(PrivateData(kind=kind, start=start, end=end, piece=text[start:end]))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _emails(text: str, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _EMAIL.finditer(text))


def _ssns(text: str, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _SSN.finditer(text))
    for word in _SSN_WORDS.finditer(text):
        number = _AFTER_SSN_WORD.match(text, word.end())
        if number:
            yield _from_first_digit(text, number.span())


def _birth_dates(text: str, today: datetime.date) -> Iterator[Span]:
    for (start, end), year in dates_in(text):
        long_ago = today.year - OLDEST <= year <= today.year - YOUNGEST
        if long_ago or _near(text, (start, end), _BIRTH_WORDS):
            yield start, end


def _case_numbers(text: str, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _ALIEN_NUMBER.finditer(text))
    for word in _CASE_WORDS.finditer(text):
        found = _AFTER_CASE_WORD.match(text, word.end())
        if found and _is_case_number(found["number"].rstrip("/-"), marked=bool(found["marked"])):
            yield found.span("number")


def _is_case_number(number: str, *, marked: bool) -> bool:
    """Return whether this may be a case number; "case 12" and "file 2026" are not."""
    digits = sum(char.isdigit() for char in number)
    return digits >= (3 if marked else 4) and _YEARS.fullmatch(number) is None


def _telephones(text: str, _today: datetime.date) -> Iterator[Span]:
    for pattern in (_TELEPHONE, _ABROAD):
        spans = (found.span() for found in pattern.finditer(text))
        yield from (span for span in spans if _digits(text[slice(*span)]) not in _PUBLIC_NUMBERS)
    for found in _LOCAL.finditer(text):
        if _near(text, found.span(), _PHONE_WORDS):
            yield found.span()


def _long_numbers(text: str, _today: datetime.date) -> Iterator[Span]:
    days = {span for span, _ in dates_in(text)}
    for found in _LONG.finditer(text):
        if found.span() not in days and _digits(found[0]) not in _PUBLIC_NUMBERS:
            yield found.span()


# In this order: what one finder has found, the later ones skip.
_FINDERS: dict[Kind, Callable[[str, datetime.date], Iterator[Span]]] = {
    "email": _emails,
    "ssn": _ssns,
    "birth_date": _birth_dates,
    "case_number": _case_numbers,
    "telephone": _telephones,
    "long_number": _long_numbers,
}


def _near(text: str, span: Span, words: re.Pattern[str]) -> bool:
    """Return whether one of these words is close by, on the same line."""
    before = text[max(0, span[0] - _BEFORE) : span[0]].rpartition("\n")[2]
    after = text[span[1] : span[1] + _AFTER].partition("\n")[0]
    return any(words.search(part) for part in (before, after))


def _from_first_digit(text: str, span: Span) -> Span:
    start, end = span
    return next(index for index in range(start, end) if text[index] in "0123456789"), end
