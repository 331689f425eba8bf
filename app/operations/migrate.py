"""The form of the database: `flask --app app.operations.migrate db upgrade` and its like.

Apart from the application itself, because Alembic would take 13 MB of every process that serves.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

import app
from app.database.key_rotation import check_keys
from app.encryption import CannotOpen
from app.extensions import metadata


class _Migrations(Alembic):
    """Migrations during which SQLite looks after no references.

    SQLite changes most things by making a table anew, and dropping the old one would take along all rows
    that refer to it (https://www.sqlite.org/lang_altertable.html, section 7).
    """

    def run_migrations(self, fn: Any, **given: Any) -> None:
        """Change the form of the database. Raises BrokenReferences."""
        with contextlib.ExitStack() as stack:
            for context in self.migration_contexts.values():
                if context.connection and context.connection.dialect.name == "sqlite":
                    stack.enter_context(_without_references(context.connection))
            super().run_migrations(fn, **given)


class BrokenReferences(Exception):
    """A migration left rows that refer to nothing."""


@contextlib.contextmanager
def _without_references(connection: Connection) -> Iterator[None]:
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


# The code may be on a disk that cannot be written: only who makes a migration needs a template for it.
alembic = _Migrations(metadatas=metadata, run_mkdir=False)


def create_app() -> Flask:
    """Return the application with the commands that change the form of its database."""
    return bound(app.create_app())


def bound(application: Flask) -> Flask:
    """Return the application, able to change the form of its database."""
    if "alembic" not in application.extensions:
        application.config["ALEMBIC"] = {"script_location": "database/migrations"}
        application.config["ALEMBIC_CONTEXT"] = {"compare_type": True, "render_as_batch": True}
        alembic.init_app(application)
    return application


def upgrade(application: Flask, to: str = "heads") -> None:
    """Bring the database to the form that this version needs, or to an earlier one that it can come from."""
    with bound(application).app_context():
        logging.getLogger("alembic").setLevel(logging.WARNING)  # its own words mean nothing to who runs it
        alembic.upgrade(to)


def downgrade(application: Flask, to: str) -> None:
    """Bring the database back to an earlier form."""
    with bound(application).app_context():
        alembic.downgrade(to)


if __name__ == "__main__":
    try:
        application = app.create_app()
        upgrade(application)
        with application.app_context():
            check_keys()
    except OperationalError as error:
        raise SystemExit(f"The database does not answer: {error.orig}") from None
    except CannotOpen:
        raise SystemExit(
            "The keys do not open what is stored. Set DATA_KEYS, or put the file data-keys back."
        ) from None
