"""What is counted for who runs the site."""

import re
import time
import urllib.request
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.server import serving

TOKEN = "geheim-geheim-geheim"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def numbers(page: str) -> dict[str, float]:
    """Return each count by its name and labels."""
    lines = [line.rpartition(" ") for line in page.splitlines() if line[0] != "#"]
    return {name: float(value) for name, _, value in lines}


@pytest.fixture
def measured(make_app: MakeApp) -> Flask:
    """An application that measures."""
    return make_app(metrics_token=TOKEN)


def since(app: Flask, before: dict[str, float]) -> dict[str, float]:
    """Return what was counted since then."""
    now = numbers(app.test_client().get("/metrics", headers=HEADERS).text)
    return {name: value - before.get(name, 0) for name, value in now.items() if value != before.get(name, 0)}


def test_requests_saves_files_errors_and_security_events_are_counted_without_ids(measured: Flask) -> None:
    before = since(measured, {})
    client = Client(measured)
    assessment = Assessment.begin(client)
    assessment.answer(why_01="mostly")
    client.refused("/assessments/return", {"code": "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"})
    client.get("/nothing", 404)
    with measured.app_context(), pytest.raises(DBAPIError):
        db.session.execute(text("SELECT 1 FROM nowhere"))
    counted = since(measured, before)
    page = 'selfcheck_requests_total{endpoint="assessments.save_page",method="POST",status="302"}'
    assert counted[page] == 1
    assert counted['selfcheck_requests_total{endpoint="none",method="GET",status="404"}'] == 1
    assert counted['selfcheck_request_seconds_count{endpoint="assessments.save_page"}'] >= 1
    assert sum(count for name, count in counted.items() if "selfcheck_database_errors_total" in name) == 1
    assert assessment.public_id not in str(counted)


def asked(address: str, headers: dict[str, str]) -> str:
    """Return what the server answers."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request) as response:  # noqa: S310
        return str(response.read().decode(errors="replace"))


@pytest.mark.faults
def test_any_worker_answers_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    with serving(tmp_path / "data") as address:
        for _ in range(40):
            asked(f"{address}/healthz", {})
        made, end = (
            re.compile(r'selfcheck_file_seconds_count\{outcome="made"\} [1-9]'),
            time.monotonic() + 120,
        )
        # At its start, one of the workers makes the files that are the same for all.
        while not made.search(page := asked(f"{address}/metrics", HEADERS)) and time.monotonic() < end:
            time.sleep(0.5)
    assert re.search(r'selfcheck_requests_total\{endpoint="health.healthz".*\} 4\d.0', page)
    assert made.search(page)
    assert "selfcheck_files_now" in page
