"""The text behind glyphs, in scripts where several letters share a glyph or change their order.

A PDF maps each glyph to characters, but in Hindi, Khmer and others one glyph stands for different characters
in different words. So each piece of such a text carries its characters as well, for screen readers and for
copying. WeasyPrint 70 does not write them, and it maps the first glyphs of a group to nothing, which is not
allowed. Tests read the texts back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]  # ships no types

from reports.documents.html.characters import scripts_of

_NOTHING, _ZERO_WIDTH_SPACE = b" <>", b" <200b>"
Marked = Callable[[Any, Any, str], AbstractContextManager[None]]


def with_actual_text(marked: Marked) -> Marked:
    """Return WeasyPrint's function that marks a piece of content, which then stores its text as well."""

    @contextmanager
    def wrapped(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with marked(stream, box, tag):
            text = getattr(box, "text", "")
            properties = stream.stream[-2] if _is_complex(text) else None
            if isinstance(properties, pydyf.Dictionary):
                properties["ActualText"] = pydyf.String(text)
            yield

    return wrapped


def _is_complex(text: str) -> bool:
    """Return whether readers need the text. Chrome loses emoji from such a text, but each has a glyph."""
    return bool(scripts_of(text)) and max(text) < "\U00010000"


def map_every_glyph(pdf: pydyf.PDF) -> None:
    """Map each glyph that stands for no character of its own to one that nobody sees or hears."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream[:] = [
                line.replace(_NOTHING, _ZERO_WIDTH_SPACE) if line.endswith(_NOTHING) else line
                for line in item.stream
            ]
