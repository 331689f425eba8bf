"""An upgrade of a database of release one that is killed or stopped in the middle, or lacks a key."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
import time_machine
from cryptography.fernet import Fernet
from flask import Flask

from app.config import PROJECT
from app.database import conversion
from app.encryption import use_keys
from app.extensions import db
from app.operations.maintenance import NotReady, prepare
from app.operations.migrate import downgrade
from questions.loading.loader import CONTENT_FOLDER
from tests.support import release_one
from tests.support.application import MakeApp
from tests.support.faulty_service import running
from tests.support.full_database import table_contents

pytestmark = pytest.mark.faults

RELEASE_ONE = "0004"
OTHER_KEY = Fernet.generate_key().decode()
LEFT = "SELECT COUNT(*) FROM answer WHERE substr(content, 1, 1) = CAST('g' AS BLOB)"


def left(database: Path) -> int:
    """Return how many answers are still as release one encrypted them."""
    with contextlib.closing(sqlite3.connect(database, timeout=10)) as connection:
        return int(connection.execute(LEFT).fetchone()[0])


@pytest.fixture
def old_site(make_app: MakeApp, database_url: str) -> Flask:
    """A site with what release one could store, in the schema of release one."""
    app = make_app(content=CONTENT_FOLDER, database_url=database_url)
    release_one.store(app)
    downgrade(app, RELEASE_ONE)
    return app


def test_a_killed_upgrade_continues_at_the_next_start(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(content=CONTENT_FOLDER, database_url="")
    release_one.store(app)
    downgrade(app, RELEASE_ONE)
    with app.app_context():
        db.engine.dispose()
    database = tmp_path / "data" / "assessments.sqlite"
    before = left(database)
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"], cwd=PROJECT, env=environment
    ) as start:
        while left(database) == before:
            assert start.poll() is None
            time.sleep(0.005)
        start.send_signal(signal.SIGKILL)
    assert 0 < left(database) < before
    with running(tmp_path) as service:
        assert left(database) == 0
        assert httpx2.get(service.address).status_code == 200


def test_a_start_that_is_stopped_in_the_middle_goes_on_at_the_next(
    old_site: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    convert_batch, turns = conversion._convert_batch, iter(range(6))

    def stop(*given: object) -> object:
        next(turns)
        return convert_batch(*given)

    monkeypatch.setattr(conversion, "_convert_batch", stop)
    with pytest.raises(StopIteration):
        prepare(old_site)
    monkeypatch.setattr(conversion, "_convert_batch", convert_batch)
    monkeypatch.setattr(conversion, "_SECONDS", 0)
    prepare(old_site)
    shown = capsys.readouterr().err
    left = int(shown.split("answers 500 of ")[1].split("\n")[0].replace(",", ""))
    assert release_one.ANSWERS - 3000 < left < release_one.ANSWERS
    with time_machine.travel(release_one.NOW, tick=False):
        assert (
            release_one.NOTE.split("\n")[1]
            in release_one.pages(old_site)["/assessments/finished-1-0-0/plan"].decode()
        )


def test_without_the_old_key_nothing_is_changed_and_the_missing_one_is_described(old_site: Flask) -> None:
    before = table_contents(old_site)
    keys = old_site.config["DATA_KEYS"]
    old_site.config["DATA_KEYS"] = (OTHER_KEY,)
    with pytest.raises(NotReady, match=r"stored values, encrypted from \d{4}-\d\d-\d\d to .*need a key"):
        prepare(old_site)
    assert table_contents(old_site) == before
    old_site.config["DATA_KEYS"] = (OTHER_KEY, *keys)
    use_keys(old_site, [OTHER_KEY, *keys])
    prepare(old_site)
    assert release_one.pages(old_site)
