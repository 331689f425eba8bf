"""The key of a cached PDF changes with everything that can change its bytes, and costs the web nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reports.documents.pdf import cache_key as pdf_key
from reports.documents.pdf.cache_key import engine, sources


def test_the_engine_names_the_versions_that_make_the_pdf() -> None:
    assert "weasyprint 70" in engine()
    assert re.search(r"libpango-1\.0\.so\.0\.\d+", engine())


@pytest.mark.parametrize(
    "name",
    [
        "templates/report/report.css",
        "templates/report/chapters/actions.html",
        "reports/fonts/a.ttf",
        "reports/documents/pdf/render.py",
        "questions/rules.py",
        "questions/kinds/stage.py",
    ],
)
def test_a_change_of_any_source_at_any_depth_changes_the_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    monkeypatch.setattr(pdf_key, "PROJECT", tmp_path)
    seen = set()
    for text in ("one", "two"):
        path.write_text(text)
        seen.add(engine.__wrapped__())
    assert len(seen) == 2


def test_every_module_that_a_pdf_is_made_with_is_a_source() -> None:
    code = """
import sys
import reports.documents.html.document, reports.documents.html.worksheet, reports.documents.pdf.render
names = [name for name in sys.modules if name.partition(".")[0] in ("questions", "reports")]
print(*(sys.modules[name].__file__ for name in names))
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {Path(file) for file in run.stdout.split()}
    assert len(loaded) > 40
    assert loaded <= set(sources())


def test_a_missing_library_is_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_key, "LIBRARIES", ("libnone.so.0",))
    assert "libnone.so.0 not found" in engine.__wrapped__()


def test_the_key_is_worked_out_without_loading_weasyprint_or_pango() -> None:
    code = (
        "import sys; from reports.documents.pdf.cache_key import engine; engine(); "
        "maps = open('/proc/self/maps').read(); "
        "sys.exit('weasyprint' in sys.modules or 'libpango' in maps)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
