"""What looks like data of a client in free text: found by shape and by the words around it, never by meaning.

Each pattern is bounded, so that the time grows with the length of the text only. Two libraries were weighed:
`phonenumbers` takes 2.4 MB of a process and passes over local numbers and many made-up area codes, which a
person would still read as a telephone number; no library at hand reads case numbers.

Full dates in free text, as people write them in the United States.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from questions.site_texts.privacy import PrivateDataTexts

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


Kind = Literal["email", "ssn", "birth_date", "case_number", "telephone", "long_number"]
Span = tuple[int, int]

# Who was born less than so many years ago is found only beside a word such as "born": else the date of each
# meeting would be one of birth.
YOUNGEST = 12
OLDEST = 110
_BEFORE, _AFTER = 40, 25  # how far, in characters, a word may stand from what it tells of

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
    """A piece of a text: what it looks like, where it begins and ends, and the piece itself."""

    kind: Kind
    start: int
    end: int
    piece: str


def private_data(text: str, words: PrivateDataTexts, today: datetime.date) -> tuple[PrivateData, ...]:
    """Return what looks like client data, in the order of the text; no two of them overlap."""
    if not any(char.isdigit() or char == "@" for char in text):
        return ()
    taken: list[Span] = [found.span() for found in _ADDRESS.finditer(text)]
    pieces: list[PrivateData] = []
    for kind, find in _FINDERS.items():
        for start, end in find(text, words, today):
            if not any(start < other_end and other_start < end for other_start, other_end in taken):
                taken.append((start, end))
                pieces.append(PrivateData(kind=kind, start=start, end=end, piece=text[start:end]))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _emails(text: str, _words: PrivateDataTexts, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _EMAIL.finditer(text))


def _ssns(text: str, words: PrivateDataTexts, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _SSN.finditer(text))
    for word in _pattern(words.ssn_words).finditer(text):
        number = _AFTER_SSN_WORD.match(text, word.end())
        if number:
            yield _from_first_digit(text, number.span())


def _birth_dates(text: str, words: PrivateDataTexts, today: datetime.date) -> Iterator[Span]:
    for (start, end), year in dates_in(text):
        long_ago = today.year - OLDEST <= year <= today.year - YOUNGEST
        if long_ago or _near(text, (start, end), words.birth_words):
            yield start, end


def _case_numbers(text: str, words: PrivateDataTexts, _today: datetime.date) -> Iterator[Span]:
    yield from (found.span() for found in _ALIEN_NUMBER.finditer(text))
    for word in _pattern(words.case_words).finditer(text):
        found = _AFTER_CASE_WORD.match(text, word.end())
        if found and _is_case_number(found["number"].rstrip("/-"), marked=bool(found["marked"])):
            yield found.span("number")


def _is_case_number(number: str, *, marked: bool) -> bool:
    """Return whether this can be the number of a case; "case 12" and "file 2026" are none."""
    digits = sum(char.isdigit() for char in number)
    return digits >= (3 if marked else 4) and _YEARS.fullmatch(number) is None


def _telephones(text: str, words: PrivateDataTexts, _today: datetime.date) -> Iterator[Span]:
    public = {_plain(number) for number in words.public_numbers.split()}
    for pattern in (_TELEPHONE, _ABROAD):
        spans = (found.span() for found in pattern.finditer(text))
        yield from (span for span in spans if _plain(text[slice(*span)]) not in public)
    for found in _LOCAL.finditer(text):
        if _near(text, found.span(), words.phone_words):
            yield found.span()


def _long_numbers(text: str, words: PrivateDataTexts, _today: datetime.date) -> Iterator[Span]:
    public = {_plain(number) for number in words.public_numbers.split()}
    days = {span for span, _ in dates_in(text)}
    for found in _LONG.finditer(text):
        if found.span() not in days and _plain(found[0]) not in public:
            yield found.span()


# What was found by an earlier one is not looked at again.
_FINDERS: dict[Kind, Callable[[str, PrivateDataTexts, datetime.date], Iterator[Span]]] = {
    "email": _emails,
    "ssn": _ssns,
    "birth_date": _birth_dates,
    "case_number": _case_numbers,
    "telephone": _telephones,
    "long_number": _long_numbers,
}


def _near(text: str, span: Span, words: str) -> bool:
    """Return whether one of these words stands close by, in the same line."""
    before = text[max(0, span[0] - _BEFORE) : span[0]].rpartition("\n")[2]
    after = text[span[1] : span[1] + _AFTER].partition("\n")[0]
    return any(_pattern(words).search(part) for part in (before, after))


def _plain(number: str) -> str:
    """Return the digits of a telephone number, without the 1 before an American one."""
    digits = "".join(char for char in number if char.isdigit())
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _from_first_digit(text: str, span: Span) -> Span:
    start, end = span
    return next(index for index in range(start, end) if text[index] in "0123456789"), end


@lru_cache(maxsize=16)
def _pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of any of these words, whatever their case; a space parts them, + joins two."""
    found = (re.escape(word).replace(r"\+", r"\s{1,3}") for word in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)
