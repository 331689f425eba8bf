"""The files that are the same for all visitors are made again when what they are made with changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

import pytest
from flask import Flask

from app.guide import files
from app.guide.files import sample_plan_pdf, worksheet_pdf
from reports.documents.pdf.cache_key import sources
from tests.support.project_files import PROJECT

OWN_FOLDERS = tuple(f"{PROJECT / name}/" for name in ("app", "questions", "reports", "templates"))


@pytest.mark.parametrize("make", [worksheet_pdf, sample_plan_pdf])
def test_the_key_of_a_file_covers_all_code_that_decides_what_is_in_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes]
) -> None:
    made_by: list[Callable[[], str]] = []
    monkeypatch.setattr(files, "cached_pdf", lambda pdf, html: made_by.append(html))
    with app.app_context():
        make()
        (html,) = made_by
        ran = code_that_runs_in(html)

    ran.remove(html.__code__)  # puts the parts together
    own = {Path(code.co_filename) for code in ran if code.co_filename.startswith(OWN_FOLDERS)}
    assert len(own) > 5
    assert sorted(own - set(sources())) == []


def code_that_runs_in(function: Callable[[], object]) -> set[CodeType]:
    """Return the code of every Python function that runs when this one is called, itself included."""
    ran: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        ran.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(before)
    return ran
