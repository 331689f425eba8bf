"""What WeasyPrint 70 leaves out of a tagged PDF, added just before the file is written.

It leans on how that version lays out its objects; the tests of reports.documents.pdf.render hold each point.

What a page break parts is one again in the tags: a section, a list, a table, a paragraph.

WeasyPrint 70 begins each of them anew on every page, and tells the head of a table again each time. It
leans on how that version lays out boxes and objects; the tests of the PDFs' tags hold it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pydyf  # type: ignore[import-untyped]  # ships no types

# A list item and a table row are left as they are: they hardly ever cross a page.
JOINED = frozenset({"/Sect", "/Art", "/Div", "/L", "/P", "/NonStruct", "/Table"})


class Part(NamedTuple):
    """What stands of an HTML element on one page: WeasyPrint's box, and its element in the tags."""

    box: Any
    tag: pydyf.Dictionary


def join_parts(document: Any, made: pydyf.PDF, root: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """Join in place what page breaks parted; yield the heads that a table repeats on a further page."""
    kids = iter(_kids(made, root))
    bodies = [page._page_box.children[0].children[0] for page in document.pages]
    pages = [[Part(box, next(kids)) for box in body.children] for body in bodies]
    for before, after in pairwise(pages):
        if _is_one(before[-1], after[0]):
            yield from _join(made, before[-1], after[0])
            root["K"].remove(after[0].tag.reference)
            after[0] = Part(after[0].box, before[-1].tag)


def _is_one(before: Part, after: Part) -> bool:
    """Return whether two parts belong to the same HTML element, of a kind that is joined."""
    same = before.box.element is not None and before.box.element is after.box.element
    return same and before.tag["S"] == after.tag["S"] and after.tag["S"] in JOINED


def _join(made: pydyf.PDF, before: Part, after: Part) -> Iterator[pydyf.Dictionary]:
    """Move what the second part holds to the first; the last and the first of it may be one, too."""
    if before.tag["S"] == "/Table":
        yield from _join_table(made, before.tag, after.tag)
        return
    kids = _kids(made, after.tag)
    inner = Part(before.box.children[-1], _kids(made, before.tag)[-1]), Part(after.box.children[0], kids[0])
    if _is_one(*inner):
        yield from _join(made, *inner)
        del kids[0]
    _move(kids, before.tag)


def _join_table(
    made: pydyf.PDF, table: pydyf.Dictionary, further: pydyf.Dictionary
) -> Iterator[pydyf.Dictionary]:
    """Move the rows of the second part to the first, and their cells to the heads of the first."""
    groups, more = _groups(made, table), _groups(made, further)
    names = dict(zip(map(_text, _head_names(made, more)), _head_names(made, groups), strict=True))
    rows = _kids(made, more["/TBody"])
    for row in rows:
        for cell in _kids(made, row):
            heads = cell["A"].get("Headers", [])
            heads[:] = [names.get(_text(head), head) for head in heads]
    _move(rows, groups["/TBody"])
    if "/THead" in more:
        yield more["/THead"]


def _groups(made: pydyf.PDF, table: pydyf.Dictionary) -> dict[str, pydyf.Dictionary]:
    return {group["S"]: group for group in _kids(made, table)}


def _head_names(made: pydyf.PDF, groups: dict[str, pydyf.Dictionary]) -> list[Any]:
    """Return the names of the head cells, by which the other cells call them."""
    rows = _kids(made, groups["/THead"]) if "/THead" in groups else []
    return [cell["ID"] for row in rows for cell in _kids(made, row)]


def _move(kids: list[pydyf.Dictionary], parent: pydyf.Dictionary) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _kids(made: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    return [made.objects[int(kid.split()[0])] for kid in element["K"]]


PRINT = 4


def finish(document: object, made: pydyf.PDF) -> None:
    """Complete the tags of the PDF in place. WeasyPrint calls this as its "finisher"."""
    dictionaries = [item for item in made.objects if isinstance(item, pydyf.Dictionary)]
    root = next(item for item in dictionaries if item.get("S") == "/Document")
    _scope_of_headers(dictionaries)
    _without_nameless_boxes(made, dictionaries)
    running = tuple(_running_heads(dictionaries, root))
    _aside(made, (*running, *join_parts(document, made, root)))
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


def _without_nameless_boxes(made: pydyf.PDF, dictionaries: list[pydyf.Dictionary]) -> None:
    """Put in the place of a box without an element of its own what it holds.

    WeasyPrint tags columns, flex items and the like as a list in the list, or a section in the section.
    """
    for item in dictionaries:
        if item.get("S") in {"/L", "/Sect"} and item["S"] == _object(made, item["P"])["S"]:
            kids = _object(made, item["P"])["K"]
            place = kids.index(item.reference)
            kids[place : place + 1] = item["K"]
            for kid in item["K"]:
                _object(made, kid)["P"] = item["P"]


def _running_heads(
    dictionaries: list[pydyf.Dictionary], root: pydyf.Dictionary
) -> Iterator[pydyf.Dictionary]:
    """Yield the tags of running heads: they belong to the document but are not in its list of children."""
    linked = set(root["K"])
    for item in dictionaries:
        if item.get("P") == root.reference and item.reference not in linked:
            yield item


def _aside(made: pydyf.PDF, elements: Iterable[pydyf.Dictionary]) -> None:
    """Mark what stands on every page as artifacts, so that no reader speaks it again and again."""
    marks: dict[bytes, set[int]] = defaultdict(set)
    for element in elements:
        for page, mark in _marks(made, element):
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
