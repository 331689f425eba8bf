"""Free text as people type or paste it, made safe to store and to print."""

from __future__ import annotations

import unicodedata

_KEPT_CONTROLS = {"\n", "\t"}
_JOINERS = {"\u200c", "\u200d"}  # they belong to words in several scripts, and to emoji


def clean(text: str) -> str:
    """Return the text composed (NFC), with plain line ends and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(char for char in lines if _printable(char))).strip()


def quoted(raw: object) -> str:
    """Return what was given in quotes, on one line and short enough to stand in a message."""
    text = " ".join(clean(str(raw)[:1000]).split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _printable(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
