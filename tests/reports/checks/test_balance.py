"""The plans of made-up agencies: content whose plans are out of balance is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from questions.loading.loader import load_pinned, read_folder
from questions.versions.releases import PUBLISHED_FOLDER
from reports.checks.balance import Balance, balance_of, balance_problems

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


@pytest.mark.parametrize(
    ("figures", "reported"),
    [
        ({"practices": {"why-02": 201}}, "“why-02” is in 201 of 500 made-up plans"),
        ({"sections": {"why": 149}}, "only 149 of 500 made-up plans have an action of “why”"),
        ({"closed": {"why-02": 51}, "actions": 1000}, "51 of 1000 made-up actions open nothing: why-02 (51)"),
        ({"misplaced": ("agency 7: urgent",)}, "a plan lacks a place, agency 7: urgent"),
        ({"unfit": ("agency 7: for-women",)}, "a resource does not fit, agency 7: for-women"),
    ],
)
def test_each_figure_has_a_floor(figures: Mapping[str, object], reported: str) -> None:
    content = load_pinned(FILES, newer=read_folder())
    at_the_floor = Balance(
        agencies=500,
        practices={"why-02": 200},
        sections={"why": 150},
        actions=1000,
        closed={"why-02": 50},
        misplaced=(),
        unfit=(),
    )
    assert not list(balance_problems(content, at_the_floor))
    worse = replace(at_the_floor, **figures)  # type: ignore[arg-type]
    assert [problem.message for problem in balance_problems(content, worse)] == [reported]
