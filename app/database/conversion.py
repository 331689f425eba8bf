"""Converting stored rows in a migration: in batches that each commit, with a connection of its own.

So a start that is killed in the middle goes on with what is left, memory stays small, and progress is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click
from sqlalchemy import Connection, Engine, Select, func, select, tuple_

BATCH = 500
_SECONDS = 2.0  # between two lines of progress

Rows = Sequence[Any]


def convert(
    engine: Engine,
    query: Select[Any],
    key: Sequence[str],
    change: Callable[[Connection, Rows], object],
    name: str,
) -> None:
    """Pass all rows of a query to `change`, in batches ordered by these columns; commit after each batch.

    The query must not return a row that was converted before. `name` says what the rows are.
    """
    columns = [query.selected_columns[part] for part in key]
    with engine.connect() as connection:
        total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    done, shown = 0, time.monotonic()
    after = query.order_by(*columns).limit(BATCH)
    while rows := _convert_batch(engine, after, change):
        done += len(rows)
        last = tuple(rows[-1]._mapping[part] for part in key)
        after = query.where(tuple_(*columns) > last).order_by(*columns).limit(BATCH)
        if time.monotonic() - shown >= _SECONDS:
            shown = time.monotonic()
            click.echo(f"Upgrading the database: {name} {done:,} of {total:,}", err=True)


def values_of(engine: Engine, query: Select[Any]) -> Iterator[Any]:
    """Yield the single column of a query, a batch at a time."""
    with engine.connect() as connection:
        yield from connection.execute(query, execution_options={"yield_per": BATCH}).scalars()


def _convert_batch(engine: Engine, query: Select[Any], change: Callable[[Connection, Rows], object]) -> Rows:
    with engine.begin() as connection:
        rows = connection.execute(query).all()
        if rows:
            change(connection, rows)
    return rows
