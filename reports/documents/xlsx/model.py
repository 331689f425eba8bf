"""What a sheet is made of: columns and plain values that `workbook` writes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

# Widths in characters; those of the fields of an action are in `reports.team.fields`.
NUMBER, WIDEST = 7, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCell:
    """A cell with a link: to a web address, or to another sheet. `text` is what the cell says."""

    url: str = ""
    sheet: str = ""
    text: str


Cell = str | int | datetime.date | LinkCell | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, what it says of a thing, and values to choose from."""

    heading: str
    width: int
    value_of: Callable[[Any], Cell]
    choices: tuple[str, ...] = ()


Columns = tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. `none` is the message for no rows. `due` and `status` are the numbers of those columns.

    A list can be filtered, and its headings stay in view.
    """

    name: str
    columns: Columns
    rows: tuple[tuple[Cell, ...], ...]
    none: str
    is_list: bool = True
    due: int | None = None
    status: int | None = None


def sheet(name: str, columns: Columns, items: Iterable[object], none: str) -> Sheet:
    """Return a sheet with a row for each item."""
    rows = tuple(tuple(column.value_of(item) for column in columns) for item in items)
    return Sheet(name=name, columns=columns, rows=rows, none=none)


def lines(*texts: str) -> str:
    """Return the texts that are not empty, one per line."""
    return "\n".join(filter(None, texts))


def web_link(url: str) -> LinkCell | None:
    """Return a link that shows only the site, for LibreOffice wraps no link; None for no address."""
    return LinkCell(url=url, text=(urlsplit(url).hostname or url).removeprefix("www.")) if url else None
