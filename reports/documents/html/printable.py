"""Makes user input printable: every character that remains is in one of the report's fonts.

A character without a glyph would print as an empty box and fail PDF/UA. Hidden characters are dropped, and so
are emoji that no font has.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from reports.documents.html.characters import JOINERS, can_print

LIMIT = 2000
MOST_LINES = 40
UNKNOWN = "[?]"

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?(?:\n ?)+")
# Variation selectors, skin tones, keycaps and tags only change the look of what is before them.
_FOLDED = re.compile("[\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]")
# Marks that word processors write and no font here has.
_SAME_AS = str.maketrans({"‣": "•", "\uf0b7": "•", "\uf0a7": "▪", "\uf0e0": "→", "\u2043": "•"})
_EMOJI = range(0x1F000, 0x1FB00)
_UNKNOWNS = re.compile(rf"({re.escape(UNKNOWN)})+")


def printable(text: str) -> str:
    """Return the text with only what the fonts can print, cut after 2,000 characters."""
    return _clean(text)[0]


def loses_characters(text: str) -> bool:
    """Return whether a character of the text cannot be printed."""
    return _clean(text)[1]


def shortened(text: str, most: int) -> str:
    """Return the text, cut after a word if it is longer than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip()}…"


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Return the direction of the first letter that has one, as HTML's dir="auto" would find it.

    WeasyPrint 70 knows dir="rtl" but not dir="auto".
    """
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def _clean(text: str) -> tuple[str, bool]:
    """Return the printable text, and whether a character was lost on the way."""
    if text.isascii() and "\n" not in text and "\r" not in text and len(text) <= LIMIT and text.isprintable():
        return text, False
    cut = text if len(text) <= LIMIT else f"{text[:LIMIT]} …"
    plain = unicodedata.normalize("NFC", cut.replace("\r\n", "\n").replace("\r", "\n"))
    pieces = [_piece(character) for character in _FOLDED.sub("", plain).translate(_SAME_AS)]
    joined = unicodedata.normalize("NFC", "".join(pieces))
    return _tidy(_UNKNOWNS.sub(UNKNOWN, joined)), UNKNOWN in pieces


def _piece(character: str) -> str:
    """Return what to print for a character."""
    category = unicodedata.category(character)
    if character in "\n\t" or category == "Zs":
        return "\n" if character == "\n" else " "
    if category in {"Cc", "Cf"}:
        return character if character in JOINERS else ""
    if can_print(character):
        return character
    if category in {"So", "Sk"} or ord(character) in _EMOJI:
        return ""
    return _nearest(character)


def _nearest(character: str) -> str:
    """Return a plainer form of the character if the fonts have one, else UNKNOWN."""
    if unicodedata.combining(character):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return next((form for form in (plain, bare) if form and all(map(can_print, form))), UNKNOWN)


def _tidy(text: str) -> str:
    """Return the text with single spaces, no more than one empty line in a row, and not too many lines."""
    lines = _BREAKS.sub("\n\n", _SPACES.sub(" ", text)).strip().split("\n")
    return "\n".join([*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]).strip()
