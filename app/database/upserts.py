"""Inserts that may meet a row that is there already; SQLite and PostgreSQL write them alike."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Table

from app.extensions import db


def insert_into(table: Table) -> Any:
    """Return an INSERT that knows ON CONFLICT, for the database in use.

    Only that database's dialect is loaded: PostgreSQL's would take 2 MB of a process that never asks it.
    """
    return import_module(f"sqlalchemy.dialects.{db.engine.dialect.name}").insert(table)
