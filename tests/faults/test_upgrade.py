"""An upgrade of the database that is killed in the middle: the next start goes on with what is left."""

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

from app.config import PROJECT
from app.extensions import db
from app.operations.migrate import downgrade
from questions.loading.loader import CONTENT_FOLDER
from tests.support import release_one
from tests.support.application import MakeApp
from tests.support.faulty_service import running

pytestmark = pytest.mark.faults

LEFT = "SELECT COUNT(*) FROM answer WHERE substr(content, 1, 1) = CAST('g' AS BLOB)"


def left(database: Path) -> int:
    """Return how many answers are still as release one encrypted them."""
    with contextlib.closing(sqlite3.connect(database, timeout=10)) as connection:
        return int(connection.execute(LEFT).fetchone()[0])


def test_a_killed_upgrade_continues_at_the_next_start(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(content=CONTENT_FOLDER, database_url="")
    release_one.store(app)
    downgrade(app, "0004")
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
