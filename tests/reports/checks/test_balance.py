"""The plans of made-up agencies: content whose plans are out of balance is reported."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from questions.loading.loader import load_pinned, read_folder
from questions.versions.releases import PUBLISHED_FOLDER
from reports.checks.balance import balance_of, balance_problems

FILES = read_folder(PUBLISHED_FOLDER / "2.0.0")
MATTERS_LESS = (
    "importance: 3\n        importance_basis: direct_harm",
    "importance: 2\n        importance_basis: depended_on",
)

SELDOM = "{all: [{q: pf-size, any_of: [s151]}, {q: pf-capacity, any_of: [n1]}]}"


def problems_with(name: str, edit: Callable[[str], str]) -> list[str]:
    """Return what is reported of the content with one file edited."""
    edited = load_pinned({**FILES, name: edit(FILES[name])}, newer=read_folder())
    return [problem.message for problem in balance_problems(edited, balance_of(edited))]


def test_balanced_plans_have_no_problem() -> None:
    assert problems_with("why.yaml", str) == []


@pytest.mark.parametrize(
    ("name", "edit", "reported"),
    [
        (
            "signs.yaml",
            lambda text: text.replace("effort: low", "effort: high").replace(*MATTERS_LESS),
            r"only \d+ of 500 made-up plans have an action of “signs”",
        ),
        (
            "capacity.yaml",
            lambda text: text.replace("- id: cap-02\n", f"- id: cap-02\n        show_when: {SELDOM}\n"),
            r"“cap-02” is in none of 500 made-up plans",
        ),
        (
            "supplements.yaml",
            lambda text: re.sub(r"url: .*", 'url: ""', text),
            r"\d+ of \d+ made-up actions open nothing",
        ),
    ],
)
def test_plans_out_of_balance_are_reported(name: str, edit: Callable[[str], str], reported: str) -> None:
    found = problems_with(name, edit)
    assert any(re.match(reported, problem) for problem in found)
