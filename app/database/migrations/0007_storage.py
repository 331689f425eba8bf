"""What people write in its final form: bound to its row, in named parts, the team's work field by field."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.migration import MigrationContext
from alembic.operations import Operations

from app.database.conversion import convert, values_of
from app.database.encrypted_types import EncryptedJson
from app.database.fernet import FernetValues, unreadable

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FERNET = b"g"  # what a Fernet token begins with, and no value of the new form
_FORGET_FILES = "DELETE FROM kept_file"  # they are created again
_PARTS = ("value", "note", "reason")
_PLAN, _ORDER, _OWN, _MOVE = "", "order", "own", "move"


def _table(name: str, *plain: str, encrypted: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, plain), sa.column(encrypted, sa.LargeBinary()))


_answer = _table("answer", "assessment_id", "question_id", encrypted="content")
_look_back = _table("look_back", "earlier_id", "later_id", "question_id", encrypted="value")
_plan_work = _table("plan_work", "assessment_id", "changed_at", "changed_by_id", encrypted="data")
_action_work = _table(
    "action_work",
    *("assessment_id", "action_id", "field", "revision", "changed_at", "changed_by_id"),
    encrypted="value",
)
# The values to convert, as bytes: each table with the columns of its key and the encrypted one.
_VALUES = (
    (_answer, ("assessment_id", "question_id"), "content", "answers"),
    (_look_back, ("earlier_id", "later_id", "question_id"), "value", "look-backs"),
)
_Change = Callable[[sa.Connection, Sequence[Any]], object]


def upgrade() -> None:
    """Encrypt each value for its row, and give each field of the team's work a row."""
    engine = op.get_bind().engine
    _require_readable(engine)
    _create(engine, "action_work", _create_action_work)
    rows = sa.select(_plan_work)
    convert(engine, rows, ("assessment_id",), _split_work, "plans that a team works on")
    for table, key, column, name in _VALUES:
        query = sa.select(table).where(sa.func.substr(table.c[column], 1, 1) == _FERNET)
        convert(engine, query, key, _rewriter(table, key, column, _new_value), name)
    op.drop_table("plan_work")
    op.add_column("assessment", sa.Column("under_way", sa.LargeBinary(), nullable=True))
    op.execute(_FORGET_FILES)


def downgrade() -> None:
    """Go back to Fernet and to one value a plan. The evidence marks, and what was under way, are lost."""
    engine = op.get_bind().engine
    _create(engine, "plan_work", _create_plan_work)
    plans = sa.select(_action_work.c.assessment_id).distinct()
    convert(engine, plans, ("assessment_id",), _join_work, "plans that a team works on")
    for table, key, column, name in _VALUES:
        query = sa.select(table).where(sa.func.substr(table.c[column], 1, 1) != _FERNET)
        convert(engine, query, key, _rewriter(table, key, column, _old_value), name)
    op.drop_table("action_work")
    with op.batch_alter_table("assessment") as batch:
        batch.drop_column("under_way")
    op.execute(_FORGET_FILES)


def _require_readable(engine: sa.Engine) -> None:
    """Decrypt everything once before anything is changed. Raises UnreadableValues."""
    fernet = FernetValues()
    columns = [table.c[column] for table, _, column, _ in _VALUES]
    is_old = [sa.func.substr(column, 1, 1) == _FERNET for column in columns]
    queries = [sa.select(column).where(old) for column, old in zip(columns, is_old, strict=True)]
    tokens = chain.from_iterable(
        values_of(engine, query) for query in (*queries, sa.select(_plan_work.c.data))
    )
    lost = [bytes(token) for token in tokens if not fernet.can_decrypt(token)]
    if lost:
        raise unreadable(lost)


def _rewriter(
    table: sa.TableClause,
    key: tuple[str, ...],
    column: str,
    changed: Callable[[str, str, tuple[Any, ...], bytes], bytes],
) -> _Change:
    """Return what gives a column of these rows new values."""
    this = [table.c[part] == sa.bindparam(f"_{part}") for part in key]
    statement = sa.update(table).where(*this).values({column: sa.bindparam("_new")})

    def change(connection: sa.Connection, rows: Sequence[Any]) -> None:
        values = []
        for row in rows:
            where = tuple(row._mapping[part] for part in key)
            new = changed(table.name, column, where, bytes(row._mapping[column]))
            values.append({f"_{part}": value for part, value in zip(key, where, strict=True)} | {"_new": new})
        connection.execute(statement, values)

    return change


def _new_value(table: str, column: str, key: tuple[Any, ...], token: bytes) -> bytes:
    value = FernetValues().decrypt(token)
    if table == "answer":
        value = {name: part for name, part in zip(_PARTS, value, strict=True) if part}
    return EncryptedJson(table, column).encrypt(value, key)


def _old_value(table: str, column: str, key: tuple[Any, ...], stored: bytes) -> bytes:
    value = EncryptedJson(table, column).decrypt(stored, key)
    if table == "answer":
        value = [value.get("value"), value.get("note", ""), value.get("reason", "")]
    return FernetValues().encrypt(value)


def _split_work(connection: sa.Connection, rows: Sequence[Any]) -> None:
    """Write a row for each thing that was said of a plan. All get the time and author of its last save."""
    fernet = FernetValues()
    new = []
    for row in rows:
        data = fernet.decrypt(row.data)
        for (action, field), value in _said(data):
            key = (row.assessment_id, action, field)
            new.append(
                {
                    "assessment_id": row.assessment_id,
                    "action_id": action,
                    "field": field,
                    "value": EncryptedJson("action_work", "value").encrypt(value, key),
                    "revision": data["revision"],
                    "changed_at": row.changed_at,
                    "changed_by_id": row.changed_by_id,
                }
            )
    connection.execute(sa.insert(_action_work), new)
    done = [row.assessment_id for row in rows]
    connection.execute(sa.delete(_plan_work).where(_plan_work.c.assessment_id.in_(done)))


def _said(data: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield action, field and value. The row of the order is always there: it carries the revision."""
    yield (_PLAN, _ORDER), data["order"] or None
    for action, fields in data["fields"].items():
        yield from (((action, field), text) for field, text in fields.items())
    for own in data["own"]:
        yield (own["id"], _OWN), {"section": own["section"], "title": own["title"]}
    yield from (((action, _MOVE), reason) for action, reason in data["moves"].items())


def _join_work(connection: sa.Connection, plans: Sequence[Any]) -> None:
    """Write one value for each plan, with the time and author of its last change."""
    ids = [plan.assessment_id for plan in plans]
    these = _action_work.c.assessment_id.in_(ids)
    columns = _action_work.c
    order = columns.assessment_id, sa.func.length(columns.action_id), columns.action_id, columns.field
    rows = connection.execute(sa.select(_action_work).where(these).order_by(*order)).all()
    new = [_joined(list(group)) for _, group in groupby(rows, key=lambda row: row.assessment_id)]
    connection.execute(sa.insert(_plan_work), new)
    connection.execute(sa.delete(_action_work).where(these))


def _joined(rows: list[Any]) -> dict[str, Any]:
    last = max(rows, key=lambda row: row.changed_at)
    return {
        "assessment_id": last.assessment_id,
        "data": FernetValues().encrypt(_data(rows)),
        "changed_at": last.changed_at,
        "changed_by_id": last.changed_by_id,
    }


def _data(rows: Iterable[Any]) -> dict[str, Any]:
    fields: dict[str, dict[str, str]] = {}
    own, order, moves, revision = [], [], {}, 0
    for row in rows:
        key = (row.assessment_id, row.action_id, row.field)
        value = EncryptedJson("action_work", "value").decrypt(bytes(row.value), key)
        revision = max(revision, row.revision)
        if value is None:
            continue
        if row.field == _ORDER:
            order = value
        elif row.field == _OWN:
            own.append({"id": row.action_id, **value})
        elif row.field == _MOVE:
            moves[row.action_id] = value
        else:
            fields.setdefault(row.action_id, {})[row.field] = value
    return {"fields": fields, "own": own, "order": order, "moves": moves, "revision": revision}


def _create(engine: sa.Engine, name: str, create: Callable[[Operations], object]) -> None:
    """Create a table, unless a start that was stopped has done so."""
    with engine.begin() as connection:
        if not sa.inspect(connection).has_table(name):
            create(Operations(MigrationContext.configure(connection)))


def _create_action_work(operations: Operations) -> None:
    operations.create_table(
        "action_work",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.String(length=60), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_last_change("action_work"),
        sa.PrimaryKeyConstraint("assessment_id", "action_id", "field", name=op.f("pk_action_work")),
    )


def _create_plan_work(operations: Operations) -> None:
    operations.create_table(
        "plan_work",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *_last_change("plan_work"),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_plan_work")),
    )


def _last_change(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f(f"fk_{table}_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["account.id"],
            name=op.f(f"fk_{table}_changed_by_id_account"),
            ondelete="SET NULL",
        ),
    )
