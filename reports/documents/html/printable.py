"""Makes user input printable: every character that remains is in one of the report's fonts.

A character without a glyph would print as an empty box and fail PDF/UA, and emoji are what WeasyPrint
is slowest at (measured: 8 ms each). So emoji become their names, and hidden characters are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

FONT_FOLDER = Path(__file__).parents[2] / "fonts"
LIMIT = 2000
MOST_EMOJI = 20
MOST_LINES = 40
UNKNOWN = "[?]"
MORE_EMOJI = "[more emoji]"

# Names that read wrongly out of context: the standard calls a red heart "heavy black heart".
_PLAIN_NAMES = {"❤": "heart", "✔": "check mark", "✅": "check mark", "❌": "cross mark"}
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?(?:\n ?)+")
# Joiners, variation selectors, skin tones, keycaps and tags only change the look of what is before them.
_FOLDED = re.compile("[\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]")
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")


def printable(text: str) -> str:
    """Return the text with only what the fonts can print, cut after 2,000 characters."""
    return _clean(text)[0]


def loses_characters(text: str) -> bool:
    """Return whether a character of the text cannot be printed as it is or by name."""
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
    flags = _FLAG.sub(lambda flag: f"[flag {_letter(flag[1])}{_letter(flag[2])}]", _FOLDED.sub("", plain))
    pieces = [_piece(character) for character in flags]
    joined = "".join(_named_emoji(pieces))
    return _tidy(joined), UNKNOWN in pieces


def _letter(indicator: str) -> str:
    """Return the letter of a regional indicator: two of them make a flag."""
    return chr(ord(indicator) - ord("\U0001f1e6") + ord("A"))


def _piece(character: str) -> str | tuple[str]:
    """Return what to print for a character; for an emoji its name in a tuple, to be counted."""
    category = unicodedata.category(character)
    if character in "\n\t" or category == "Zs":
        return "\n" if character == "\n" else " "
    if category in {"Cc", "Cf"}:
        return ""
    if character in _coverage():
        return character
    if category in {"So", "Sk"}:
        return (_PLAIN_NAMES.get(character) or unicodedata.name(character).lower(),)
    return _nearest(character)


def _nearest(character: str) -> str:
    """Return a plainer form of the character if the fonts have one, else UNKNOWN."""
    if unicodedata.combining(character):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return next((form for form in (plain, bare) if form and _coverage().issuperset(form)), UNKNOWN)


def _named_emoji(pieces: list[str | tuple[str]]) -> list[str]:
    """Return the pieces as text: equal neighbours as one, emoji in brackets, and not too many of those."""
    printed: list[str] = []
    shown = 0
    for piece, group in groupby(pieces):
        count = len(list(group))
        if isinstance(piece, str):
            printed.append(piece if piece == UNKNOWN else piece * count)
            continue
        shown += 1
        if shown <= MOST_EMOJI:
            printed.append(f"[{piece[0]}]" if count == 1 else f"[{piece[0]} ×{count}]")
        elif shown == MOST_EMOJI + 1:
            printed.append(MORE_EMOJI)
    return printed


def _tidy(text: str) -> str:
    """Return the text with single spaces, no more than one empty line in a row, and not too many lines."""
    lines = _BREAKS.sub("\n\n", _SPACES.sub(" ", text)).strip().split("\n")
    return "\n".join([*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]).strip()


@cache
def _coverage() -> frozenset[str]:
    """Return every character in the report's regular fonts; `make setup` writes the list with the fonts."""
    path = FONT_FOLDER / "characters.txt"
    return frozenset(path.read_bytes().decode()) if path.exists() else frozenset()
