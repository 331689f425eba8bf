"""Which form the tables have, and which form this version needs; without loading what changes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

_MIGRATIONS = Path(__file__).parent / "migrations"
_TABLE = "alembic_version"


@cache
def revisions() -> tuple[str, ...]:
    """Return the names of all forms that the tables ever had, the oldest first."""
    return tuple(sorted(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*_*.py")))


def has_tables_of_this_version(connection: Connection) -> bool:
    """Return whether the tables have the form that this version needs."""
    return revision_of(connection) == revisions()[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the form of these tables, None while there are none."""
    if not inspect(connection).has_table(_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar_one_or_none()  # noqa: S608
