"""What a site of release one stored, by release one's own code: after the upgrade all of it works.

release-one.json holds its rows, as they were after tests had used release one (c49534d): made-up people, and
keys that guard nothing else.
"""

from __future__ import annotations

import datetime
import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import JSON, Date, MetaData, func, insert, select, text

from app import clock
from app.database.tables import CachedFile
from app.extensions import db
from app.operations.migrate import downgrade, upgrade
from questions.loading.loader import CONTENT_FOLDER, read_folder
from questions.versions.releases import PUBLISHED_FOLDER
from tests.support.application import MakeApp
from tests.support.client import Client
from tests.support.page import Page
from tests.support.passkey import SoftPasskey
from tests.support.pdf_reading import TaggedPdf, bare
from tests.support.people import new_user, sign_in

STORED = json.loads((Path(__file__).parent / "release-one.json").read_text(encoding="utf-8"))
RELEASE_ONE = "0004"
A_DAY_LATER = "2026-11-30 18:00"


@pytest.fixture
def site(make_app: MakeApp) -> Iterator[Flask]:
    """A site of today with the database of release one, a day after it was in use."""
    with time_machine.travel(A_DAY_LATER):
        app = make_app(content=CONTENT_FOLDER, data_keys=STORED["key"])
        downgrade(app, RELEASE_ONE)
        with app.app_context():
            _store()
        upgrade(app)
        yield app


def _store() -> None:
    """Insert the rows into the tables of release one."""
    tables = MetaData()
    tables.reflect(db.engine)
    with db.engine.begin() as connection:
        for name, rows in STORED["rows"].items():
            table = tables.tables[name]
            connection.execute(
                insert(table),
                [{key: _value(value, table.c[key].type) for key, value in row.items()} for row in rows],
            )
            if connection.dialect.name == "postgresql" and "id" in table.c:
                next_id = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
                connection.execute(text(next_id), {"name": name, "last": rows[-1]["id"]})


def _value(value: Any, kind: object) -> Any:
    if isinstance(value, dict):
        return b64decode(value["b64"]) if "b64" in value else datetime.datetime.fromisoformat(value["at"])
    if isinstance(kind, JSON):
        return read_folder(PUBLISHED_FOLDER / value)  # instead of a copy of the content
    return datetime.date.fromisoformat(value) if isinstance(kind, Date) and value else value


def editor_by_passkey(app: Flask) -> Client:
    """Return a browser where the editor has signed in with the passkey of release one."""
    key = derive_private_key(0xC0FFEE, SECP256R1())
    passkey, client = SoftPasskey(key=key, user=STORED["passkey_user"]), Client(app)
    form = Page(client.send("/account/passkey")).by_class("use-passkey")[0]
    client.post(form.get("action"), {"credential": passkey.use(form.get("data-options"))})
    client.renew()
    return client


def test_a_passkey_signs_in_and_the_accounts_page_lists_it(site: Flask) -> None:
    client = editor_by_passkey(site)
    assert "editor@example.org" in client.get("/account/").text
    assert "Work laptop" in client.get("/account/passkeys").text


def test_a_password_with_a_code_of_the_app_signs_in_and_so_does_a_recovery_code(site: Flask) -> None:
    app = TOTP(key=STORED["secret"])
    for address, code in (
        ("/account/code", app.generate(time=clock.now().replace(tzinfo=datetime.UTC)).token),
        ("/account/recovery-code", STORED["recovery_code"]),
    ):
        client = Client(site)
        sign_in(client, "owner@example.org", STORED["password"])
        assert client.redirect("/account/").startswith("/account/login")
        client.post(address, {"code": code})
        assert "owner@example.org" in client.get("/account/").text
    assert "7 left" in client.get("/account/").text


def test_the_agency_has_its_people_and_the_invitation_can_be_accepted(site: Flask) -> None:
    agency = "/agencies/AgencyAgencyAgen/"
    new_user(site, "new@example.org", "New", STORED["password"])
    client = Client(site)
    sign_in(client, "new@example.org", STORED["password"])
    assert client.get(STORED["invitation"]).h1 == "Join Harbor House"
    assert client.post(STORED["invitation"]) == agency
    page = client.get(agency).text
    assert [name for name in ("Owner", "Editor", "Viewer", "New") if name not in page] == []


def test_the_link_to_a_plan_shows_what_it_showed(site: Flask) -> None:
    page = Client(site).get(STORED["link"]).text
    assert [a["first_step"] for a in STORED["planned"][1] if a["first_step"] not in page] == []


def test_the_return_code_opens_the_draft_with_its_answer(site: Flask) -> None:
    client = Client(site)
    client.post("/assessments/return", {"code": STORED["return_code"], "own": "yes"})
    answers = client.file(f"/assessments/{STORED['draft']}/answers.yaml").text
    assert "why-01: started" in answers
    assert "Only here" in answers


def test_a_cached_pdf_is_created_again_from_what_plan_and_team_said(site: Flask, tmp_path: Path) -> None:
    """Its key of then no longer fits; the pages may look different, and say the same."""
    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(CachedFile)) == 0
    client = editor_by_passkey(site)
    for id_, planned in zip(STORED["finished"], STORED["planned"], strict=True):
        path = tmp_path / f"{id_}.pdf"
        path.write_bytes(client.file(f"/assessments/{id_}/plan.pdf").data)
        printed = bare(TaggedPdf(path).whole())
        said = [action[key] for action in planned for key in ("because", "first_step")]
        assert [sentence for sentence in said if bare(sentence) not in printed] == []
    first = client.file(f"/assessments/{STORED['finished'][0]}/plan.json").text
    assert [word for word in ("Rosa", STORED["note"]) if word not in first] == []


def test_all_is_there_again_after_a_downgrade_and_an_upgrade(site: Flask) -> None:
    downgrade(site, RELEASE_ONE)
    upgrade(site)
    test_a_passkey_signs_in_and_the_accounts_page_lists_it(site)
    test_a_password_with_a_code_of_the_app_signs_in_and_so_does_a_recovery_code(site)
    test_the_link_to_a_plan_shows_what_it_showed(site)
    test_the_return_code_opens_the_draft_with_its_answer(site)
