"""A PDF as a screen reader sees it: its tags with their texts, and its bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
from outloud.content import TextRun
from outloud.model import Document, StructElem


def bare(text: str) -> str:
    """Return the text without spaces and hyphens: at the end of a line a hyphen is read as hyphenation."""
    return re.sub(r"[-\s\u00ad\ufffe]", "", text)


@dataclass(frozen=True)
class TaggedPdf:
    """One PDF with its tags."""

    path: Path

    @cached_property
    def document(self) -> Document:
        return Document(str(self.path))

    @property
    def elements(self) -> list[StructElem]:
        """Every element of the tags, in their order."""
        return self.document.elements

    def of(self, *roles: str) -> list[StructElem]:
        return [element for element in self.elements if element.type in roles]

    def text(self, element: StructElem) -> str:
        """Return what is read for an element and all below it, without figures."""
        below = [element, *element.descendants()]
        return " ".join(filter(None, (self._own(part) for part in below if part.type != "Figure")))

    def whole(self) -> str:
        """Return what is read from the first element to the last."""
        return " ".join(filter(None, (self._own(part) for part in self.elements if part.type != "Figure")))

    def headings(self) -> list[tuple[int, str]]:
        """Return the level and the text of each heading."""
        found = (element for element in self.elements if element.heading_level)
        return [(element.heading_level or 0, self.text(element)) for element in found]

    def pages_of(self, element: StructElem) -> list[int]:
        """Return the pages, counted from 0, that show an element or anything inside it."""
        marks = (mark.page for part in [element, *element.descendants()] for mark in part.mcrefs)
        return list(dict.fromkeys(page for page in marks if page is not None))

    def runs(self, page: int) -> list[TextRun]:
        """Return the pieces of text on a page, as they were painted."""
        return self.document.content(page).runs

    def owner(self, page: int, run: TextRun) -> StructElem:
        """Return the element that a piece of text belongs to; a span gives the element around it."""
        (owner,) = [
            element
            for element in self.elements
            if any((mark.page, mark.mcid) == (page, run.mcid) for mark in element.mcrefs)
        ]
        return owner.parent if owner.type == "Span" and owner.parent else owner

    def bookmarks(self) -> list[tuple[int, str]]:
        """Return the level (2 or 3, like the headings) and the title of each bookmark."""
        with pikepdf.open(self.path) as opened, opened.open_outline() as outline:
            return list(_flat(outline.root, 2))

    def _own(self, element: StructElem) -> str:
        texts = (
            self.document.content(mark.page).mcid_text.get((mark.stream, mark.mcid), "")
            for mark in element.mcrefs
            if mark.page is not None
        )
        return " ".join(filter(None, texts))


def _flat(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _flat(item.children, level + 1)
