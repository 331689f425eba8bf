"""Numbers of rows in addresses, such as /members/7."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

_HIGHEST = 2**31 - 1  # of our columns on PostgreSQL; SQLite could hold more


class RowNumber(IntegerConverter):
    """What "<int:...>" takes: an address with a number that no row can have leads to no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": _HIGHEST, **kwargs})


def register(app: Flask) -> None:
    """Let the addresses that are added from here on take such numbers only."""
    app.url_map.converters["int"] = RowNumber
