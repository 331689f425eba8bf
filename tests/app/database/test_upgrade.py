"""A database of release one becomes one of today, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from flask import Flask
from passlib.totp import TOTP, AppWallet
from sqlalchemy import text

from app.encryption import key_fingerprint
from app.extensions import db
from app.operations.migrate import downgrade, upgrade
from questions.loading.loader import CONTENT_FOLDER
from tests.support import release_one
from tests.support.application import MakeApp
from tests.support.full_database import table_contents

RELEASE_ONE = "0004"
UNCHANGED = ("agency", "membership", "assessment", "history")


@pytest.fixture
def site(make_app: MakeApp) -> Flask:
    """A site with what release one could store, in today's schema."""
    app = make_app(content=CONTENT_FOLDER)
    release_one.store(app)
    return app


def test_every_page_and_file_is_as_before_after_an_upgrade_a_downgrade_and_an_upgrade(site: Flask) -> None:
    with time_machine.travel(release_one.NOW, tick=False):
        before = release_one.pages(site)
    downgrade(site, RELEASE_ONE)
    as_release_one_wrote_it(site)
    rows, accounts = table_contents(site), accounts_of_release_one(site)
    upgrade(site)
    with time_machine.travel(release_one.NOW, tick=False):
        after = release_one.pages(site)
    assert [name for name in before if before[name] != after.get(name)] == []
    downgrade(site, RELEASE_ONE)
    again = table_contents(site)
    assert [name for name in UNCHANGED if again[name] != rows[name]] == []
    assert accounts_of_release_one(site) == accounts
    assert {name: table.rows for name, table in again.items() if name != "security_event"} == {
        name: table.rows for name, table in rows.items() if name != "security_event"
    }


def as_release_one_wrote_it(app: Flask) -> None:
    """Check that the encrypted values are what release one would have stored."""
    fernet = Fernet(app.config["DATA_KEYS"][0])
    with app.app_context():
        answers = db.session.execute(text("SELECT content FROM answer")).scalars().all()
        work = db.session.execute(text("SELECT data FROM plan_work")).scalars().all()
    assert len(answers) > release_one.ANSWERS
    parts = [json.loads(fernet.decrypt(bytes(content))) for content in answers]
    assert {len(part) for part in parts} == {3}
    data = [json.loads(fernet.decrypt(bytes(content))) for content in work]
    assert [set(one) for one in data] == [{"fields", "own", "order", "moves", "revision"}] * 3


def accounts_of_release_one(app: Flask) -> list[dict[str, Any]]:
    """Return the accounts as release one stored them, with the keys of authenticator apps decrypted."""
    (key,) = app.config["DATA_KEYS"]
    wallet = AppWallet({key_fingerprint(key): key})
    with app.app_context():
        rows = [dict(row) for row in db.session.execute(text("SELECT * FROM account ORDER BY id")).mappings()]
    for row in rows:
        secret = row["tf_totp_secret"]
        row["tf_totp_secret"] = secret and TOTP.using(wallet=wallet).from_source(secret).base32_key
    assert any(row["tf_totp_secret"] for row in rows)
    return rows
