"""Migrations with data in the tables: nothing that people entered is lost, upwards or down."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.operations.migrate import alembic, downgrade, upgrade
from questions.loading.loader import fingerprint, read_folder
from tests.support.application import MakeApp
from tests.support.full_database import fill, table_contents

BEFORE = {
    "questionnaire_text": [{"fingerprint": "f" * 64, "version": "0.9", "files": "{}"}],
    "assessment": [
        {"id": 1, "public_id": "one", "return_code_hash": "a" * 64, "agency": "A", "fingerprint": "f" * 64},
        {"id": 2, "public_id": "two", "return_code_hash": None, "agency": "", "fingerprint": None},
    ],
    "answer": [
        {"assessment_id": 1, "question_id": "why-01", "value": '"mostly"', "note": "n", "reason": ""},
        {"assessment_id": 2, "question_id": "why-02", "value": '"started"', "note": "", "reason": "r"},
    ],
}
TIMES = {"assessment": "started_at", "answer": "changed_at"}
ANSWERS = "SELECT assessment_id, question_id, note, reason FROM answer ORDER BY assessment_id"


@pytest.fixture
def first_tables(app: Flask) -> Any:
    """A database as version 0001 left it, with two assessments."""
    with app.app_context():
        alembic.downgrade("0001")
        for table, rows in BEFORE.items():
            for row in rows:
                values = row | ({TIMES[table]: "2026-01-02 03:04:05"} if table in TIMES else {})
                names = ", ".join(values)
                marks = ", ".join(f":{name}" for name in values)
                db.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608
        db.session.commit()
        yield
        db.session.rollback()


def rows(query: str) -> list[tuple[Any, ...]]:
    """Return the rows, and leave no transaction open that would hold up a migration."""
    found = [tuple(row) for row in db.session.execute(text(query))]
    db.session.rollback()
    return found


@pytest.mark.usefixtures("first_tables")
def test_each_assessment_gets_a_history_with_its_return_code_and_keeps_its_answers() -> None:
    alembic.upgrade("0002")
    query = (
        "SELECT a.public_id, h.public_id, h.return_code_hash FROM assessment a "
        "JOIN history h ON h.id = a.history_id ORDER BY a.id"
    )
    assert rows(query) == [("one", "one", "a" * 64), ("two", "two", None)]
    assert rows(ANSWERS) == [(1, "why-01", "n", ""), (2, "why-02", "", "r")]


@pytest.mark.usefixtures("first_tables")
def test_a_draft_is_pinned_to_the_content_it_went_by() -> None:
    alembic.upgrade()
    today = fingerprint(read_folder())
    assert rows("SELECT fingerprint FROM assessment ORDER BY id") == [("f" * 64,), (today,)]
    assert rows(f"SELECT version FROM questionnaire_text WHERE fingerprint = '{today}'")  # noqa: S608


@pytest.mark.usefixtures("first_tables")
def test_down_again_the_answers_and_the_return_code_are_still_there() -> None:
    alembic.upgrade()
    alembic.downgrade("0001")
    assert rows("SELECT return_code_hash FROM assessment ORDER BY id") == [("a" * 64,), (None,)]
    assert rows(ANSWERS) == [(1, "why-01", "n", ""), (2, "why-02", "", "r")]
    alembic.upgrade()
    assert alembic.compare_metadata() == []


def test_encrypted_values_survive_a_downgrade_and_upgrade(app: Flask) -> None:
    """All tables have rows. Encryption is random, so the decrypted values of 0003 are compared."""
    fill(app)
    downgrade(app, "0003")
    plain = table_contents(app)
    upgrade(app)
    assert table_contents(app)["answer"] != plain["answer"]
    downgrade(app, "0003")
    assert table_contents(app) == plain


def test_without_accounts_all_self_checks_stay(app: Flask) -> None:
    fill(app)
    before = table_contents(app)
    downgrade(app, "0002")
    fewer = table_contents(app)
    assert not fewer.keys() & {"account", "agency", "membership", "passkey", "invitation", "plan_link"}
    upgrade(app)
    after = table_contents(app)
    # The work has one row more on plans whose order was never changed: 0007 adds the order to each.
    assert after["action_work"].rows >= before["action_work"].rows
    del after["action_work"]
    assert {name: contents.rows for name, contents in after.items() if contents.rows} == {
        name: contents.rows for name, contents in before.items() if name in fewer
    }
    with app.app_context():
        assert rows("SELECT COUNT(*) FROM history WHERE agency_id IS NOT NULL") == [(0,)]
        alembic_found = alembic.compare_metadata()
    assert alembic_found == []


def test_nothing_is_written_beside_the_code(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server the code belongs to root, and systemd lets the site write to its data only."""

    def write(_self: object) -> None:
        raise OSError("Read-only file system")

    monkeypatch.setattr(type(alembic), "mkdir", write)
    upgrade(make_app(migrated=False))
