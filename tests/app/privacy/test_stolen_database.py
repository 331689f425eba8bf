"""What a copied database or backup tells someone without the keys: what docs/privacy.md says, and no more."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select

from app.database.tables import ActionWorkRow, AnswerRow, CachedFile, LookBackRow, table_of
from app.extensions import db, metadata
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.full_database import run

MARK = "Zanzibar lantern"
MANY = ["intake", "residential", "legal", "case_management"]
ACTION = "why-01"
TABLES = (ActionWorkRow, AnswerRow, CachedFile, LookBackRow)
PROJECT = Path(__file__).parents[3]
# What docs/privacy.md says of each table that tells something.
SAID = {
    "account": "names of agencies and people, email addresses",
    "action_work": "which fields of which action a team filled in",
    "agency": "which agencies let themselves be counted",
    "answer": "which questions were answered",
    "assessment": "when self-checks were begun and finished",
    "calendar_feed": "addresses for calendars",
    "history": "which follow each other",
    "invitation": "that invitations, links",
    "kept_file": "a PDF its size",
    "link_report": "how often a resource was said not to open",
    "look_back": "look-backs",
    "membership": "who belongs to which agency",
    "outgoing_email": "emails that are waiting exist",
    "passkey": "names of passkeys",
    "plan_link": "that invitations, links",
    "released_counts": "counts across agencies",
    "reminder": "who is reminded by email",
    "security_event": "security events",
    "sign_in": "where and when people signed in last",
}
ABOUT_NOBODY = {"questionnaire_text", "rate_limit", "turn"}


def written(client: Client, stage: str, services: list[str], owner: str, status: str) -> Assessment:
    """Return a finished assessment with two answers, work on its plan, and a PDF."""
    assessment = Assessment.begin(client)
    assessment.answer(why_01=stage, pf_services=services)
    assessment.finish()
    assessment.client.post(assessment.at(f"plan/actions/{ACTION}"), {"owner": owner, "status": status})
    assessment.client.file(assessment.at("plan.pdf"))
    return assessment


def visible(app: Flask) -> list[list[Any]]:
    """Return what the tables show without keys, by assessment: of encrypted values, the length."""
    found: dict[int, list[Any]] = {}
    with app.app_context(), db.engine.connect() as connection:
        for row in TABLES:
            table = table_of(row)
            for values in connection.exec_driver_sql(str(select(table))).mappings():
                seen = [
                    len(value) if isinstance(value, bytes | memoryview) else value
                    for name, value in values.items()
                    if name not in ("assessment_id", "key")
                ]
                found.setdefault(values["assessment_id"], []).append([table.name, *seen])
    return [sorted(rows, key=str) for rows in found.values()]


def test_the_tables_show_which_questions_were_answered_and_when_but_not_how(app: Flask) -> None:
    client = Client(app)
    with time_machine.travel("2026-11-20 12:00", tick=False):
        written(client, "not_yet", ["intake"], "Rosa", "done")
        written(client, "started", MANY, "Our deputy director for residential programs", "under_way")
    one, two = visible(app)
    assert one == two
    assert {row[0] for row in one} == {"answer", "action_work", "kept_file"}


def test_neither_the_files_nor_a_backup_hold_a_word_that_people_wrote(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(database_url="")
    assessment = Assessment.begin(Client(app))
    assessment.save(ACTION, {ACTION: "not_yet", f"{ACTION}-note": MARK})
    assessment.finish()
    assessment.client.post(assessment.at(f"plan/actions/{ACTION}"), {"owner": MARK})
    assessment.client.file(assessment.at("plan.pdf"))
    assert run(app, "backup", tmp_path / "backup.zip").code == 0
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        stored += [archive.read(name) for name in archive.namelist()]
    everything = b"\n".join(stored)
    assert ACTION.encode() in everything
    for word in (MARK, "%PDF-1."):
        assert word.encode() not in everything


def test_the_document_says_what_each_table_tells() -> None:
    assert sorted(metadata.tables.keys() ^ SAID.keys()) == sorted(ABOUT_NOBODY)
    document = (PROJECT / "docs/privacy.md").read_text(encoding="utf-8")
    section = " ".join(document.split("## What a copy of the database tells")[1].split("\n## ")[0].split())
    assert [name for name, words in SAID.items() if words not in section] == []
