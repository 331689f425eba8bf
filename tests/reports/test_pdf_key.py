"""The key of a kept PDF changes with everything that can change its bytes, and costs the web nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reports import pdf_key
from reports.pdf_key import engine


def test_the_engine_names_the_versions_that_make_the_pdf() -> None:
    assert "weasyprint 70" in engine()
    assert re.search(r"libpango-1\.0\.so\.0\.\d+", engine())


def test_a_change_of_a_template_or_a_font_changes_the_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = set()
    for name in ("templates/report/report.css", "reports/fonts/a.ttf", "questions/rules.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
        monkeypatch.setattr(pdf_key, "PROJECT", tmp_path)
        seen.add(engine.__wrapped__())
        path.write_text("two")
        seen.add(engine.__wrapped__())
    assert len(seen) == 6


def test_a_missing_library_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_key, "LIBRARIES", ("libnone.so.0",))
    assert "libnone.so.0 not found" in engine.__wrapped__()


def test_the_key_is_worked_out_without_loading_weasyprint_or_pango() -> None:
    code = (
        "import sys; from reports.pdf_key import engine; engine(); "
        "maps = open('/proc/self/maps').read(); "
        "sys.exit('weasyprint' in sys.modules or 'libpango' in maps)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
