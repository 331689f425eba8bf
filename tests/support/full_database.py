"""An application with rows in every table, and the contents of its tables."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.operations.backup_rows import Contents, digest_lines, lines_of, snapshot, stored_tables
from tests.support.client import Assessment, Client

VALUES = {
    "at": datetime.datetime.fromisoformat("2030-01-02 03:04:05.678901"),
    "bytes": bytes(range(256)),
    "no": False,
}
# Rows for the tables that the steps of `fill` leave empty.
EXTRA_ROWS = [
    "INSERT INTO link_report (item_id, count) VALUES ('ovcttac-interviewing-guide', 2)",
    "INSERT INTO invitation (agency_id, email, role, token_hash, invited_at, expires_at) "
    "SELECT id, 'a@example.org', 'viewer', 'hash', :at, :at FROM agency",
    "INSERT INTO plan_link (assessment_id, token_hash, made_at, expires_at) "
    "SELECT MIN(id), 'hash', :at, :at FROM assessment",
    "INSERT INTO calendar_feed (history_id, token_hash, made_at) SELECT MIN(id), 'hash', :at FROM history",
    "INSERT INTO reminder (user_id, digest, assessment_id, sent_at) "
    "SELECT MIN(account.id), 'digest', MIN(assessment.id), :at FROM account, assessment",
    "INSERT INTO released_counts (at, agencies, counts, members) VALUES (:at, 5, '{}', '{}')",
    "INSERT INTO turn (name, next_at, held_because) VALUES ('purge', :at, '')",
    "INSERT INTO security_event (at, kind, network) VALUES (:at, 'signed_in', '')",
    "INSERT INTO passkey (user_id, credential_id, public_key, sign_count, backup_state, device_type, "
    "lastuse_datetime, name, usage) SELECT id, :bytes, :bytes, 0, :no, 'x', :at, 'x', 'x' FROM account",
]


def run(app: Flask, *arguments: object) -> SimpleNamespace:
    """Run a command of this application."""
    result = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return SimpleNamespace(code=result.exit_code, out=result.stdout, err=result.stderr)


def table_contents(app: Flask) -> dict[str, Contents]:
    """Return the contents of each table."""
    with app.app_context(), snapshot(db.engine) as connection:
        return {table.name: digest_lines(lines_of(connection, table)) for table in stored_tables(connection)}


def fill(app: Flask) -> None:
    """Store rows in every table that a backup includes."""
    assert run(app, "demo", "--account").code == 0
    assessment = Assessment.begin(Client(app))
    assessment.answer(pf_scope="whole")
    assessment.save(
        "why-01", {"why-01": "mostly", "why-01-note": "Ünïcode “quotes”, 👩‍👧, and\na second line"}
    )
    with app.app_context():
        for statement in EXTRA_ROWS:
            values = {name: value for name, value in VALUES.items() if f":{name}" in statement}
            db.session.execute(text(statement).bindparams(**values))
        db.session.commit()
    assert [name for name, contents in table_contents(app).items() if not contents.rows] == []
