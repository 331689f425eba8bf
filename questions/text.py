"""Free text as people type or paste it, made safe to store and print; and messages about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

# The ends of lines, as Word, spreadsheets and other systems write them.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Characters that are not text: controls, halves of characters, noncharacters, the mark at the start of a
# file, and what turns the direction of all that follows. Written out, because what Unicode assigns depends on
# the Python.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


class Message:
    """A sentence for people with its values. Its English form is its id in the catalogs of translations.

    The core raises and returns messages; who shows one translates it. `str` gives the English sentence.
    """

    def __init__(self, english: str, /, **values: object) -> None:
        self._english = english
        self._values = values

    def __str__(self) -> str:
        return self.translated(str, "{:,}".format)

    def translated(self, gettext: Callable[[str], str], number: Callable[[int], str]) -> str:
        """Return the translated sentence; a number in it is written by `number`."""

        def worded(value: object) -> object:
            if isinstance(value, Message):
                return value.translated(gettext, number)
            return number(value) if isinstance(value, int) else value

        text = gettext(self._english)
        return text % {name: worded(value) for name, value in self._values.items()} if self._values else text


def clean(text: str) -> str:
    """Return the text composed (NFC), with plain line ends and without characters that are not text."""
    return unicodedata.normalize("NFC", _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))).strip()


def quoted(raw: object) -> Message:
    """Return an excerpt of a value in quotation marks, for a message; of a list or mapping, its kind."""
    if isinstance(raw, list | tuple):
        return Message("a list")
    if isinstance(raw, Mapping):
        return Message("a set of keys")
    return Message("“%(excerpt)s”", excerpt=excerpt(str(raw)))


def one_line(text: str) -> str:
    """Return the text cleaned and on one line, with single spaces."""
    return " ".join(clean(text).split())


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line, short enough for a message."""
    line = one_line(text[:1000])
    return f"{line[:60]}…" if len(line) > 60 else line
