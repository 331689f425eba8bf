"""A finished plan of release one keeps its content and its order: compared with what release one wrote.

The expected file is the plan.json of release one's own code for the answers beside it. New keys may come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from questions.answers_file.parser import read_answers_file
from questions.path import path_of
from questions.versions.releases import load_published
from reports.documents.json import plan_json
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from tests.support.plans import printed

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "plan-of-release-one.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plan() -> ActionPlan:
    """The plan of the same answers by today's code."""
    questionnaire = load_published("1.1.1")
    text = (HERE / "answers-of-release-one.yaml").read_text(encoding="utf-8")
    file = read_answers_file(questionnaire, text)
    assert file.date
    return action_plan(path_of(questionnaire, file.answers), Header(agency=file.agency or "", date=file.date))


def changes(before: object, now: object, place: str = "") -> Iterator[str]:
    """Yield where a value of release one is another one now, or is gone."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            yield from changes(value, now.get(key), f"{place}/{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for index, value in enumerate(before):
            yield from changes(value, now[index], f"{place}/{index}")
    elif before != now:
        yield f"{place}: {before} is now {now}"


def test_the_plan_says_what_it_said_in_the_same_order(plan: ActionPlan) -> None:
    assert list(changes(EXPECTED, plan_json(plan))) == []


def test_the_document_has_each_planned_action_in_its_order_with_its_reason_and_first_step(
    plan: ActionPlan,
) -> None:
    document = printed(plan)
    planned = [action for action in EXPECTED["actions"] if action["in_plan"]]
    assert planned
    for key in ("because", "first_step"):
        places = [document.find(action[key]) for action in planned]
        assert places == sorted(places), key
        assert -1 not in places, key
