"""The form of the database: `flask --app app.migrating db upgrade` and its like.

Apart from the application itself, because Alembic would take 13 MB of every process that serves.
"""

from __future__ import annotations

import logging

from flask import Flask
from flask_alembic import Alembic
from sqlalchemy.exc import OperationalError

import app
from app.extensions import metadata

alembic = Alembic(metadatas=metadata)


def create_app() -> Flask:
    """Return the application with the commands that change the form of its database."""
    return bound(app.create_app())


def bound(application: Flask) -> Flask:
    """Return the application, able to change the form of its database."""
    application.config["ALEMBIC"] = {"script_location": "database/migrations"}
    application.config["ALEMBIC_CONTEXT"] = {"compare_type": True, "render_as_batch": True}
    alembic.init_app(application)
    return application


def upgrade(application: Flask) -> None:
    """Bring the database to the form that this version needs."""
    with bound(application).app_context():
        logging.getLogger("alembic").setLevel(logging.WARNING)  # its own words mean nothing to who runs it
        alembic.upgrade()


if __name__ == "__main__":
    try:
        upgrade(app.create_app())
    except OperationalError as error:
        raise SystemExit(f"The database does not answer: {error.orig}") from None
