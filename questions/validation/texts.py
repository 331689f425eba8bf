"""Problems in texts.yaml: placeholders nobody fills, braces that would be printed, names of sheets."""

from __future__ import annotations

import string
from collections.abc import Iterator

from questions.model import Questionnaire
from questions.source_files.errors import LocatedProblem, Location, texts_within
from questions.texts import PLACEHOLDERS, Texts
from questions.texts.files import SheetTexts

_SHEET_NAME = 31
_IN_STAGES = frozenset({"evidence"})
_NOT_IN_SHEET_NAME = frozenset("[]:*?/\\'")


def text_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in the texts."""
    if (questionnaire.rules.composition is None) != (questionnaire.texts.composed is None):
        yield Location("texts.yaml").problem(
            "“composed” in texts.yaml goes with “composition” in rules.yaml", "add the one that is missing"
        )
    yield from _problems(Location("texts.yaml"), questionnaire.texts)
    yield from _stage_problems(questionnaire)
    yield from _wrong_sheet_names(questionnaire.texts.files.spreadsheet.sheets)


def _stage_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in the first steps of stages."""
    for index, scale in enumerate(questionnaire.scales):
        for number, option in enumerate(scale.options):
            location = Location("scales.yaml", ("scales", index, "options", number, "first_step"))
            yield from _wrong_placeholders(location, option.first_step, _IN_STAGES)


def _problems(location: Location, texts: Texts) -> Iterator[LocatedProblem]:
    """Yield problems with the braces of each text."""
    for place, text in texts_within(location, texts):
        name = place.keys[-1]
        if name in PLACEHOLDERS:
            yield from _wrong_placeholders(place, text, PLACEHOLDERS[str(name)])
        else:
            yield from _braces(place, text)


def _wrong_sheet_names(sheets: SheetTexts) -> Iterator[LocatedProblem]:
    """Yield names of sheets that Excel does not accept."""
    seen: set[str] = set()
    for field in sheets.__dataclass_fields__:
        name: str = getattr(sheets, field)
        location = Location("texts.yaml", ("files", "spreadsheet", "sheets", field))
        if not 0 < len(name) <= _SHEET_NAME or not _NOT_IN_SHEET_NAME.isdisjoint(name):
            yield location.problem(
                "a sheet's name must have 1 to 31 characters and none of [ ] : * ? / \\ '",
                "choose another one",
            )
        if name.lower() in seen:
            yield location.problem(f"two sheets are called “{name}”", "give each its own name")
        seen.add(name.lower())


def _braces(location: Location, text: str) -> Iterator[LocatedProblem]:
    if "{" in text or "}" in text:
        yield location.problem(
            "this text has no placeholders, so a brace { or } would be printed", "remove it"
        )


def _wrong_placeholders(location: Location, text: str, allowed: frozenset[str]) -> Iterator[LocatedProblem]:
    try:
        pieces = [piece for piece in string.Formatter().parse(text) if piece[1] is not None]
    except ValueError:
        yield location.problem("a brace { or } has no partner", "close it, or remove it")
        return
    for _, name, form, conversion in pieces:
        if form or conversion:
            yield location.problem(f"only a name may be between braces: {{{name}}}", "remove what follows it")
        elif name not in allowed:
            names = ", ".join(f"{{{known}}}" for known in sorted(allowed))
            yield location.problem(f"{{{name}}} is not a placeholder of this text", f"it may use {names}")
