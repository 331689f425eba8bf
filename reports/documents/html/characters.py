"""Which characters can be printed, and which fonts have them. `make setup` writes the lists with the fonts.

The fonts of each document have what `characters.txt` holds. Those in `scripts` are loaded only for texts that
need them, and a web process reads no font at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parents[2] / "fonts"
SCRIPT_FOLDER = FONT_FOLDER / "scripts"
# They have no shape of their own but tell how neighbors join or where a line may end, as in Khmer.
JOINERS = frozenset("\u200b\u200c\u200d")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def can_print(character: str) -> bool:
    """Return whether some font has the character."""
    return character in _usual() or _script_number(character) > 0


def scripts_of(text: str) -> frozenset[str]:
    """Return the names of the fonts beyond the usual ones that the text needs: how their files begin."""
    if text.isascii():
        return frozenset()
    numbers = {_script_number(character) for character in set(text) - _usual()}
    return frozenset(_scripts()[0][number - 1] for number in numbers if number)


def _script_number(character: str) -> int:
    """Return the number of the script whose font has the character, 0 for none."""
    numbers, code = _scripts()[1], ord(character)
    return numbers[code] if code < len(numbers) and unicodedata.category(character) not in _INVISIBLE else 0


@cache
def _usual() -> frozenset[str]:
    """Return the characters in the fonts of every document."""
    path = FONT_FOLDER / "characters.txt"
    return frozenset(path.read_bytes().decode()) if path.exists() else frozenset()


@cache
def _scripts() -> tuple[tuple[str, ...], bytes]:
    """Return the names of the scripts, and for each code point the number of its script, from 1 on.

    A byte for each takes 200 kB; a set of as many characters would take 5 MB.
    """
    path = SCRIPT_FOLDER / "characters.txt"
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    names, numbers = [], bytearray()
    for number, line in enumerate(lines, start=1):
        name, *ranges = line.split()
        names.append(name)
        for start, end in _in_order(ranges):
            numbers.extend(bytes(max(0, end + 1 - len(numbers))))
            numbers[start : end + 1] = bytes([number]) * (end + 1 - start)
    return tuple(names), bytes(numbers)


def _in_order(ranges: list[str]) -> Iterator[tuple[int, int]]:
    for text in ranges:
        start, _, end = text.partition("-")
        yield int(start, 16), int(end, 16)
