"""Free text as people type or paste it, made safe to store and to print."""

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
    """Return what was given, in quotes and fit for a message; of a list or so, only that it is one."""
    if isinstance(raw, list | tuple):
        return "a list"
    return "a set of keys" if isinstance(raw, Mapping) else f"“{one_line(str(raw))}”"


def one_line(text: str) -> str:
    """Return the text on one line and short enough to stand in a message."""
    words = " ".join(clean(text[:1000]).split())
    return f"{words[:60]}…" if len(words) > 60 else words


def _printable(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
