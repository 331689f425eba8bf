"""The pages with 100,000 stored assessments, next to the same with 100, on each database."""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    String,
    Table,
    and_,
    cast,
    insert,
    literal,
    select,
    text,
)

from app import create_app
from app.config import Settings
from app.database.tables import Base
from app.extensions import db
from bench.databases import NAMES
from bench.load import PLACES
from bench.rows import Row
from bench.serving import OURS, Client, served
from bench.visitor import Visitor, answer_all, begin, finish, history_of

FEW, MANY = 100, 100_000
ROUNDS = 150
COPY = "copy-"

_history, _assessment, _answer = (Base.metadata.tables[name] for name in ("history", "assessment", "answer"))
Pages = Mapping[str, Callable[[], object]]


def pages_of_a_full_database(new_database: Callable[[str], str]) -> list[Row]:
    """Return the median time of each page with many stored assessments, and with few in the same minute."""
    rows = []
    for kind in NAMES:
        with contextlib.ExitStack() as stack:
            sites = [_site(stack, new_database(kind), count) for count in (FEW, MANY)]
            few, many = _medians(sites)
        for page, took in many.items():
            what = f"{page}, {MANY:,} stored assessments, {kind}"
            beside = f"with {FEW}: {few[page]:.1f} ms"
            rows.append(Row(what, took, limit=1.1 * few[page], beside=beside))
    return rows


def _site(stack: contextlib.ExitStack, database_url: str, count: int) -> Pages:
    """Return the pages of a site with this many finished assessments, and how to request each."""
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    port, _ = stack.enter_context(served(OURS, database_url=database_url, data_dir=folder))
    client = Client(port)
    base, csrf = begin(client)
    answer_all(client, base, csrf)
    finish(client, base, csrf)
    _fill(Settings(data_dir=Path(folder), database_url=database_url), base.rsplit("/", 1)[1], count)
    visitor = Visitor(client, PLACES)
    history = history_of(client, base)
    return {
        "Start page": lambda: client.get("/"),
        "Save": visitor.save,
        "Page of questions": visitor.show,  # after the save: the next save has to know what is stored
        "Check page": lambda: client.get(f"{visitor.base}/check"),
        "Plan page": lambda: client.get(f"{base}/plan"),
        "History page": lambda: client.get(history),
    }


def _fill(settings: Settings, public_id: str, count: int) -> None:
    """Store this many copies of the assessment with its answers, each in its own history."""
    app = create_app(settings)
    with app.app_context(), db.engine.begin() as connection:
        whose = select(_assessment.c.id, _assessment.c.history_id).where(_assessment.c.public_id == public_id)
        id_, history_id = connection.execute(whose).one()
        name = literal(COPY) + cast(_up_to(count).c.number, String)
        of = _history.c.id == history_id
        _copy(connection, _history, {"public_id": name, "return_code_hash": name}, of)
        new = _history.alias()
        of = and_(_assessment.c.id == id_, new.c.public_id.startswith(COPY))
        _copy(connection, _assessment, {"history_id": new.c.id, "public_id": new.c.public_id}, of)
        new = _assessment.alias()
        of = and_(_answer.c.assessment_id == id_, new.c.public_id.startswith(COPY))
        _copy(connection, _answer, {"assessment_id": new.c.id}, of)
    with app.app_context():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        db.engine.dispose()


def _up_to(count: int) -> CTE:
    """Return a table of the numbers from 1 to this one."""
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < count))


def _copy(
    connection: Connection, table: Table, new: Mapping[str, ColumnElement[Any]], of: ColumnElement[bool]
) -> None:
    """Insert copies of rows of a table with new values for these columns; the database assigns the ids."""
    columns = [column for column in table.columns if column.name != "id"]
    rows = select(*(new.get(column.name, column) for column in columns)).where(of)
    connection.execute(insert(table).from_select(columns, rows.order_by(*list(new.values())[:1])))


def _medians(sites: Sequence[Pages]) -> list[dict[str, float]]:
    """Return the median time of each page of each site. They alternate, so that all see the same load."""
    taken: list[dict[str, list[float]]] = [{page: [] for page in site} for site in sites]
    for _ in range(ROUNDS):
        for page in sites[0]:
            for site, times in zip(sites, taken, strict=True):
                start = time.perf_counter()
                site[page]()
                times[page].append((time.perf_counter() - start) * 1000)
    return [{page: statistics.median(times) for page, times in one.items()} for one in taken]
