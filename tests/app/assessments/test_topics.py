"""The question that suggests topics from the answers so far."""

from __future__ import annotations

import pytest

from questions.versions.releases import PUBLISHED_FOLDER, load_published
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client

VERSION = "2.0.1"  # the sample has no such question
SUGGESTED = "Suggested by your answers"


@pytest.fixture
def two_people(make_app: MakeApp) -> tuple[Assessment, Assessment]:
    """Two people on one site, each in a browser."""
    app = make_app(PUBLISHED_FOLDER / VERSION)
    return Assessment.begin(Client(app)), Assessment.begin(Client(app))


def test_gaps_suggest_topics_the_largest_first() -> None:
    questionnaire = load_published(VERSION)
    needs = questionnaire.questions["tr-needs"]
    gaps = {"why-02": "started", "why-03": "not_yet", "harm-01": "part_of_work"}
    assert [option.value for option in needs.suggested(questionnaire, gaps)] == ["strengths", "basics"]


def test_a_page_of_one_person_shows_nothing_that_the_answers_of_another_brought(
    two_people: tuple[Assessment, Assessment],
) -> None:
    mine, theirs = two_people
    mine.answer(pf_roles=["leaders", "legal"], why_02="not_yet")
    asked = ("tr-roles", "tr-needs")
    before = [mine.get(id_).text for id_ in asked]
    assert SUGGESTED in before[1]
    theirs.answer(pf_roles=["legal"], why_02="part_of_work")
    assert theirs.get("tr-roles").names == {"tr-roles-legal"}
    assert SUGGESTED not in theirs.get("tr-needs").text
    assert [mine.get(id_).text for id_ in asked] == before
