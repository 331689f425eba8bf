"""What the server does once before it serves."""

from __future__ import annotations

from flask import Flask

from app.extensions import alembic, db
from app.questionnaires import current


def prepare(app: Flask) -> None:
    """Check the content and bring the database up to date. Raises ContentError."""
    with app.app_context():
        _ = current().questionnaire
        alembic.upgrade()
        db.engine.dispose()  # worker processes open their own connections
