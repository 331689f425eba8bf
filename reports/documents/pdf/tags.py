"""What WeasyPrint 70 leaves out of a tagged PDF, added just before the file is written.

WeasyPrint starts a new section, list, table or paragraph tag after each page break, and repeats the header of
a table. This module joins them. It depends on how that version lays out boxes and objects; tests check each
point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pydyf  # type: ignore[import-untyped]  # ships no types

from reports.documents.pdf.actual_text import map_every_glyph

# A list item and a table row are left as they are: they hardly ever cross a page.
JOINED = frozenset({"/Sect", "/Art", "/Div", "/L", "/P", "/NonStruct", "/Table"})


class Fragment(NamedTuple):
    """What is on one page of an HTML element: WeasyPrint's box and its tag."""

    box: Any
    tag: pydyf.Dictionary


def join_fragments(document: Any, pdf: pydyf.PDF, root: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """Join in place the tags that page breaks split; yield the repeated headers of tables."""
    kids = iter(_kids(pdf, root))
    bodies = [page._page_box.children[0].children[0] for page in document.pages]
    pages = [[Fragment(box, next(kids)) for box in body.children] for body in bodies]
    for before, after in pairwise(pages):
        if _same_element(before[-1], after[0]):
            yield from _join(pdf, before[-1], after[0])
            root["K"].remove(after[0].tag.reference)
            after[0] = Fragment(after[0].box, before[-1].tag)


def _same_element(before: Fragment, after: Fragment) -> bool:
    """Return whether two fragments belong to the same HTML element, of a kind that is joined."""
    same = before.box.element is not None and before.box.element is after.box.element
    return same and before.tag["S"] == after.tag["S"] and after.tag["S"] in JOINED


def _join(pdf: pydyf.PDF, before: Fragment, after: Fragment) -> Iterator[pydyf.Dictionary]:
    """Move the children of the second to the first, and join the children at the break if they match."""
    if before.tag["S"] == "/Table":
        yield from _join_table(pdf, before.tag, after.tag)
        return
    kids = _kids(pdf, after.tag)
    inner = (
        Fragment(before.box.children[-1], _kids(pdf, before.tag)[-1]),
        Fragment(after.box.children[0], kids[0]),
    )
    if _same_element(*inner):
        yield from _join(pdf, *inner)
        del kids[0]
    _move(kids, before.tag)


def _join_table(
    pdf: pydyf.PDF, table: pydyf.Dictionary, further: pydyf.Dictionary
) -> Iterator[pydyf.Dictionary]:
    """Move the rows of the second fragment to the first, and link their cells to its header cells."""
    groups, more = _groups(pdf, table), _groups(pdf, further)
    if "/THead" not in groups and "/THead" in more:
        _adopt_head(table, more.pop("/THead"), before=groups.get("/TBody"))
    if "/TBody" not in groups:
        _move([more["/TBody"]], table)
        return
    names = _same_heads(pdf, more, groups)
    rows = _kids(pdf, more["/TBody"])
    for row in rows:
        for cell in _kids(pdf, row):
            heads = cell["A"].get("Headers", [])
            heads[:] = [names.get(_text(head), head) for head in heads]
    _move(rows, groups["/TBody"])
    if "/THead" in more:
        yield more["/THead"]


def _adopt_head(table: pydyf.Dictionary, head: pydyf.Dictionary, before: pydyf.Dictionary | None) -> None:
    """Give a table its header from the next page: on this one is only a caption, or a row too tall."""
    head["P"] = table.reference
    place = table["K"].index(before.reference) if before else len(table["K"])
    table["K"].insert(place, head.reference)


def _groups(pdf: pydyf.PDF, table: pydyf.Dictionary) -> dict[str, pydyf.Dictionary]:
    return {group["S"]: group for group in _kids(pdf, table)}


def _same_heads(
    pdf: pydyf.PDF, more: dict[str, pydyf.Dictionary], groups: dict[str, pydyf.Dictionary]
) -> dict[str, Any]:
    """Return the id of each first header cell by that of its repetition; none if it is not repeated."""
    if "/THead" not in more:
        return {}
    repeated, first = (
        [cell["ID"] for row in _kids(pdf, one["/THead"]) for cell in _kids(pdf, row)]
        for one in (more, groups)
    )
    return dict(zip(map(_text, repeated), first, strict=True))


def _move(kids: list[pydyf.Dictionary], parent: pydyf.Dictionary) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    return [pdf.objects[int(kid.split()[0])] for kid in element["K"]]


PRINT = 4


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Complete the tags of the PDF in place. WeasyPrint calls this as its "finisher"."""
    map_every_glyph(pdf)
    dictionaries = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary)]
    root = next(item for item in dictionaries if item.get("S") == "/Document")
    _scope_of_headers(dictionaries)
    _unwrap_anonymous_boxes(pdf, dictionaries)
    running = tuple(_running_heads(dictionaries, root))
    _mark_as_artifacts(pdf, (*running, *join_fragments(document, pdf, root)))
    for item in dictionaries:
        if item.get("Subtype") == "/Link":
            item["F"] = PRINT


def _scope_of_headers(dictionaries: list[pydyf.Dictionary]) -> None:
    """Set the scope of each header cell: column or row.

    WeasyPrint names a header cell "table-row-column". Our tables have a row of headers, or a column of them.
    """
    cells = [item for item in dictionaries if item.get("S") == "/TH" and {"A", "ID"} <= item.keys()]
    places = [_text(cell["ID"]).split("-") for cell in cells]
    with_columns = {table for table, row, column in places if row == "0" and column != "0"}
    for cell, (table, _row, _column) in zip(cells, places, strict=True):
        cell["A"]["Scope"] = "/Column" if table in with_columns else "/Row"


def _unwrap_anonymous_boxes(pdf: pydyf.PDF, dictionaries: list[pydyf.Dictionary]) -> None:
    """Replace each box that has no HTML element with its children.

    WeasyPrint tags columns, flex items and the like as a list in the list, or a section in the section.
    """
    for item in dictionaries:
        if item.get("S") in {"/L", "/Sect"} and item["S"] == _object(pdf, item["P"])["S"]:
            kids = _object(pdf, item["P"])["K"]
            place = kids.index(item.reference)
            kids[place : place + 1] = item["K"]
            for kid in item["K"]:
                _object(pdf, kid)["P"] = item["P"]


def _running_heads(
    dictionaries: list[pydyf.Dictionary], root: pydyf.Dictionary
) -> Iterator[pydyf.Dictionary]:
    """Yield the tags of running heads: they belong to the document but are not in its list of children."""
    linked = set(root["K"])
    for item in dictionaries:
        if item.get("P") == root.reference and item.reference not in linked:
            yield item


def _mark_as_artifacts(pdf: pydyf.PDF, elements: Iterable[pydyf.Dictionary]) -> None:
    """Mark content that repeats on every page as artifacts, so that screen readers skip it."""
    marks: dict[bytes, set[int]] = defaultdict(set)
    for element in elements:
        for page, mark in _marks(pdf, element):
            marks[page].add(mark)
    owners = _parent_tree(pdf)
    for index, page in enumerate(pdf.page_references):
        _make_artifacts(_object(pdf, _object(pdf, page)["Contents"]), marks[page])
        for mark in marks[page]:
            owners[2 * index + 1][mark] = b"null"


def _marks(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[tuple[bytes, int]]:
    """Yield page and number of each piece of marked content below the element."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield element["Pg"], kid
        else:
            yield from _marks(pdf, _object(pdf, kid))


def _make_artifacts(page: pydyf.Stream, marks: set[int]) -> None:
    """Turn the marked content with these numbers into artifacts. A tag precedes its properties."""
    for index, part in enumerate(page.stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in marks:
            page.stream[index - 1] = b"/Artifact"
            page.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _parent_tree(pdf: pydyf.PDF) -> pydyf.Array:
    """Return the list of pages with the owners of their marked content: number, owners, number, owners ..."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    return _object(pdf, root["ParentTree"])["Nums"]


def _object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _text(value: pydyf.String) -> str:
    raw = value.string
    return raw.decode() if isinstance(raw, bytes) else str(raw)
