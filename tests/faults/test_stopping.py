"""A server that is asked to stop ends in order, whatever it is doing."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from app.config import PROJECT
from tests.support.faulty_service import Service, running

pytestmark = pytest.mark.faults

# The child that makes PDFs takes about a second to start.
MOMENTS = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6]


def open_a_plan(service: Service, code: str) -> None:
    """Open the demo's newest plan: that starts the child which will make its PDF."""
    with httpx2.Client(base_url=service.address, follow_redirects=True, timeout=30) as browser:
        token = re.search('name="csrf_token" value="([^"]+)"', browser.get("/assessments/return").text)
        assert token is not None
        returned = browser.post("/assessments/return", data={"csrf_token": token[1], "code": code})
        plan = re.search('href="([^"]+/plan)"', returned.text)
        assert plan is not None
        assert browser.get(plan[1]).status_code == 200


def test_a_server_that_stops_while_the_child_for_pdfs_starts_leaves_no_traceback(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        result = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "demo"],
            cwd=PROJECT,
            env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=True,
        )
        code = result.stdout.rsplit(" ", 1)[1].strip()
        for moment in MOMENTS:
            open_a_plan(service, code)
            time.sleep(moment)
            service.stop()
            service.start()
    time.sleep(1)  # a child that outlived its server would tell by now
    assert "Traceback" not in service.log.read_text()
