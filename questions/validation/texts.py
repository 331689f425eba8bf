"""Faults of texts.yaml: placeholders that cannot be filled, braces that would be printed, names of sheets."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Any

from questions.model import Questionnaire
from questions.site_texts.files import SheetTexts
from questions.source_files.errors import ReferenceFault, Spot
from questions.texts import PLACEHOLDERS

_SHEET_NAME = 31
_NOT_IN_SHEET_NAME = frozenset("[]:*?/\\'")


def text_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the texts."""
    yield from _faults(Spot("texts.yaml"), questionnaire.texts)
    yield from _wrong_sheet_names(questionnaire.texts.files.spreadsheet.sheets)


def _faults(spot: Spot, texts: Any) -> Iterator[ReferenceFault]:
    """Yield faults of a text, of the texts of a list, or of a group of texts and groups."""
    if isinstance(texts, str):
        yield from _braces(spot, texts)
    elif isinstance(texts, tuple):
        for index, text in enumerate(texts):
            yield from _faults(spot.at(index), text)
    elif isinstance(texts, Mapping):
        for id_, text in texts.items():
            yield from _faults(spot.at(id_), text)
    else:
        for name in texts.__dataclass_fields__:
            text = getattr(texts, name)
            if name in PLACEHOLDERS:
                yield from _wrong_placeholders(spot.at(name), text, PLACEHOLDERS[name])
            else:
                yield from _faults(spot.at(name), text)


def _wrong_sheet_names(sheets: SheetTexts) -> Iterator[ReferenceFault]:
    """Yield faults of the names of a spreadsheet's sheets: Excel opens no file with such a one."""
    seen: set[str] = set()
    for field in sheets.__dataclass_fields__:
        name: str = getattr(sheets, field)
        spot = Spot("texts.yaml", ("files", "spreadsheet", "sheets", field))
        if not 0 < len(name) <= _SHEET_NAME or not _NOT_IN_SHEET_NAME.isdisjoint(name):
            yield spot.fault(
                "a sheet's name has 1 to 31 characters, and none of [ ] : * ? / \\ '", "choose another one"
            )
        if name.lower() in seen:
            yield spot.fault(f"two sheets are called “{name}”", "give each a name of its own")
        seen.add(name.lower())


def _braces(spot: Spot, text: str) -> Iterator[ReferenceFault]:
    if "{" in text or "}" in text:
        yield spot.fault("nothing is filled in here, so a brace { or } would be printed", "take it out")


def _wrong_placeholders(spot: Spot, text: str, allowed: frozenset[str]) -> Iterator[ReferenceFault]:
    try:
        pieces = [piece for piece in string.Formatter().parse(text) if piece[1] is not None]
    except ValueError:
        yield spot.fault("a brace { or } stands alone", "close it, or take it out")
        return
    for _, name, form, conversion in pieces:
        if form or conversion:
            yield spot.fault(f"only the name stands between braces: {{{name}}}", "take out what follows it")
        elif name not in allowed:
            names = ", ".join(f"{{{known}}}" for known in sorted(allowed))
            yield spot.fault(f"{{{name}}} is no placeholder of this text", f"it may use {names}")
