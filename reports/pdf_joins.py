"""What a page break parts is one again in the tags: a section, a list, a table, a paragraph.

WeasyPrint 70 begins each of them anew on every page, and tells the head of a table again each time. It
leans on how that version lays out boxes and objects; the tests of the PDFs' tags hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def _text(name: pydyf.String) -> str:
    return str(name.string)


def _move(kids: list[pydyf.Dictionary], parent: pydyf.Dictionary) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _kids(made: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    return [made.objects[int(kid.split()[0])] for kid in element["K"]]
