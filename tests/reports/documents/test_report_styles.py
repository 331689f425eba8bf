"""The style sheets of the printed documents: contrast, and the scale of spaces."""

from __future__ import annotations

import re

import pytest

from reports.documents.html.document import TEMPLATES
from tests.support.contrast import contrast

SHEETS = {path.name: path.read_text(encoding="utf-8") for path in (TEMPLATES / "report").glob("*.css")}
GROUNDS = {"#ffffff", *re.findall(r"background: (#\w{6})", "".join(SHEETS.values()))}


@pytest.mark.parametrize("name", ["report.css", "worksheet.css"])
def test_every_color_of_text_is_legible_on_every_ground(name: str) -> None:
    inks = set(re.findall(r"(?<![-\w])color: (#\w{6})", SHEETS[name]))
    assert inks
    assert {(ink, ground) for ink in inks for ground in GROUNDS if contrast(ink, ground) < 4.5} == set()


def test_spaces_between_blocks_are_of_one_scale() -> None:
    spaces = re.findall(r"(?:margin|padding)[-\w]*: ([^;}]*)", SHEETS["report.css"])
    sizes = {float(size) for space in spaces for size in re.findall(r"([\d.]+)pt", space)}
    # Half a step in crowded tables, and a hair that keeps a margin inside its box.
    assert {size for size in sizes if size % 3} == {1.0, 1.5}
