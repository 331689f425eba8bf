"""What WeasyPrint 70 leaves out of a tagged PDF, added just before the file is written.

It leans on how that version lays out its objects; the tests of reports.pdf hold each point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pydyf  # type: ignore[import-untyped]  # ships no types

PRINT = 4


def finish(_document: object, made: pydyf.PDF) -> None:
    """Complete the tags of the PDF in place. WeasyPrint calls this as its "finisher"."""
    dictionaries = [item for item in made.objects if isinstance(item, pydyf.Dictionary)]
    _scope_of_headers(dictionaries)
    _running_heads_aside(made, dictionaries)
    for item in dictionaries:
        if item.get("Subtype") == "/Link":
            item["F"] = PRINT


def _scope_of_headers(dictionaries: list[pydyf.Dictionary]) -> None:
    """Say of each header cell whether it heads a column or a row.

    WeasyPrint names a header cell "table-row-column". Our tables have a row of headers, or a column of them.
    """
    cells = [item for item in dictionaries if item.get("S") == "/TH" and {"A", "ID"} <= item.keys()]
    places = [_text(cell["ID"]).split("-") for cell in cells]
    with_columns = {table for table, row, column in places if row == "0" and column != "0"}
    for cell, (table, _row, _column) in zip(cells, places, strict=True):
        cell["A"]["Scope"] = "/Column" if table in with_columns else "/Row"


def _running_heads_aside(made: pydyf.PDF, dictionaries: list[pydyf.Dictionary]) -> None:
    """Mark running heads as artifacts, so that no reader speaks them on every page.

    WeasyPrint gives them tags that belong to the document but are not in its list of children.
    """
    document = next(item for item in dictionaries if item.get("S") == "/Document")
    linked = set(document["K"])
    marks: dict[bytes, set[int]] = defaultdict(set)
    for item in dictionaries:
        if item.get("P") == document.reference and item.reference not in linked:
            for page, mark in _marks(made, item):
                marks[page].add(mark)
    owners = _parent_tree(made)
    for index, page in enumerate(made.page_references):
        _make_artifacts(_object(made, _object(made, page)["Contents"]), marks[page])
        for mark in marks[page]:
            owners[2 * index + 1][mark] = b"null"


def _marks(made: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[tuple[bytes, int]]:
    """Yield page and number of each piece of marked content below the element."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield element["Pg"], kid
        else:
            yield from _marks(made, _object(made, kid))


def _make_artifacts(page: pydyf.Stream, marks: set[int]) -> None:
    """Turn the marked content with these numbers into artifacts. Its tag stands before its properties."""
    for index, part in enumerate(page.stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in marks:
            page.stream[index - 1] = b"/Artifact"
            page.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _parent_tree(made: pydyf.PDF) -> pydyf.Array:
    """Return the list of pages with the owners of their marked content: number, owners, number, owners ..."""
    root = _object(made, made.catalog["StructTreeRoot"])
    return _object(made, root["ParentTree"])["Nums"]


def _object(made: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return made.objects[int(reference.split()[0])]


def _text(value: pydyf.String) -> str:
    raw = value.string
    return raw.decode() if isinstance(raw, bytes) else str(raw)
