"""Faults of texts.yaml: placeholders that cannot be filled, and braces that would be printed."""

from __future__ import annotations

import string
from collections.abc import Iterator

from questions.model import Questionnaire
from questions.spot import ReferenceFault, Spot
from questions.texts import PLACEHOLDERS


def text_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the texts."""
    texts = questionnaire.texts
    for group, has in (("screen", texts.screen), ("plan", texts.plan)):
        for name in has.__dataclass_fields__:
            spot, value = Spot("texts.yaml", (group, name)), getattr(has, name)
            if name in PLACEHOLDERS:
                yield from _wrong_placeholders(spot, value, PLACEHOLDERS[name])
            elif isinstance(value, str):
                yield from _braces(spot, value)
            else:
                for index, text in enumerate(value):
                    yield from _braces(spot.at(index), text)


def _braces(spot: Spot, text: str) -> Iterator[ReferenceFault]:
    if "{" in text or "}" in text:
        yield spot.fault("nothing is filled in here, so a brace { or } would be printed")


def _wrong_placeholders(spot: Spot, text: str, allowed: frozenset[str]) -> Iterator[ReferenceFault]:
    try:
        pieces = [piece for piece in string.Formatter().parse(text) if piece[1] is not None]
    except ValueError:
        yield spot.fault("a brace { or } stands alone")
        return
    for _, name, form, conversion in pieces:
        if form or conversion:
            yield spot.fault(f"only the name stands between braces: {{{name}}}")
        elif name not in allowed:
            names = ", ".join(f"{{{known}}}" for known in sorted(allowed))
            yield spot.fault(f"{{{name}}} is no placeholder of this text; it may use {names}")
