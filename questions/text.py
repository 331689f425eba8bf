"""Free text as people type or paste it, made safe to store and print."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_KEPT_CONTROLS = {"\n", "\t"}
_JOINERS = {"\u200c", "\u200d"}  # they belong to words in several scripts, and to emoji


def clean(text: str) -> str:
    """Return the text composed (NFC), with plain line ends and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(char for char in lines if _printable(char))).strip()


def quoted(raw: object) -> str:
    """Return an excerpt of a value in quotation marks, for a message; of a list or mapping, its kind."""
    if isinstance(raw, list | tuple):
        return "a list"
    return "a set of keys" if isinstance(raw, Mapping) else f"“{excerpt(str(raw))}”"


def one_line(text: str) -> str:
    """Return the text cleaned and on one line, with single spaces."""
    return " ".join(clean(text).split())


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line, short enough for a message."""
    line = one_line(text[:1000])
    return f"{line[:60]}…" if len(line) > 60 else line


def _printable(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
