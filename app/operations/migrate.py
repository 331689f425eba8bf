"""Schema migrations: `flask --app app db upgrade` and its like."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import Connection

from app.extensions import metadata


class _Migrations(Alembic):
    """Migrations during which SQLite does not enforce foreign keys.

    SQLite changes most things by recreating a table, and dropping the old one would delete all rows that
    refer to it (https://www.sqlite.org/lang_altertable.html, section 7).
    """

    def run_migrations(self, fn: Any, **given: Any) -> None:
        """Change the schema. Raises BrokenReferences."""
        with contextlib.ExitStack() as stack:
            for context in self.migration_contexts.values():
                if context.connection and context.connection.dialect.name == "sqlite":
                    stack.enter_context(_without_foreign_keys(context.connection))
            super().run_migrations(fn, **given)


class BrokenReferences(Exception):
    """A migration left rows that refer to nothing."""


@contextlib.contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    connection.rollback()  # the setting cannot change within a transaction
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BrokenReferences(sorted({row[0] for row in broken}))


# The code may be on a read-only disk: only a developer who writes a migration needs a template for it.
alembic = _Migrations(metadatas=metadata, run_mkdir=False)


def register(app: Flask) -> None:
    """Add the commands `db upgrade`, `db downgrade` and their like."""
    app.config["ALEMBIC"] = {"script_location": "database/migrations"}
    app.config["ALEMBIC_CONTEXT"] = {
        "compare_type": True,
        "render_as_batch": True,
        "transaction_per_migration": True,  # some migrations commit what they convert in batches
    }
    alembic.init_app(app)


def upgrade(app: Flask, to: str = "heads") -> None:
    """Bring the database to this schema revision from an earlier one."""
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its messages mean nothing to an administrator
    with app.app_context():
        alembic.upgrade(to)


def downgrade(app: Flask, to: str) -> None:
    """Bring the database back to an earlier schema revision."""
    with app.app_context():
        alembic.downgrade(to)
