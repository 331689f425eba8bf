"""What the practices promise to the plan, to those who compare, and to those whom they ask."""

import datetime
from collections.abc import Mapping

import pytest

from questions.answers import Answers
from questions.conditions import Answer
from questions.model import Questionnaire
from questions.path import path_of
from questions.versions.migration import origins
from questions.versions.releases import load_published
from reports.plan.builder import Header, action_plan

PROFILES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "a hotline that has just begun": {
        "pf-services": ("hotline", "outreach"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women",),
        "pf-partners": ("none",),
    },
    "a shelter for women": {
        "pf-services": ("intake", "case_management", "residential"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women",),
        "pf-partners": ("law_enforcement", "health_care", "dv_sa"),
    },
    "a shelter for families": {
        "pf-services": ("case_management", "residential", "counseling"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women", "minors", "families"),
        "pf-partners": ("child_welfare", "schools"),
    },
    "a program for runaway youth": {
        "pf-services": ("outreach", "residential", "drop_in"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("lgbtq", "minors", "young_adults", "rhy"),
        "pf-partners": ("child_welfare", "juvenile_justice"),
    },
    "a legal clinic": {
        "pf-services": ("legal", "advocacy"),
        "pf-trafficking": ("labor",),
        "pf-populations": ("women", "men", "foreign_nationals"),
        "pf-partners": ("law_enforcement", "immigration_legal"),
    },
    "a hospital": {
        "pf-services": ("health",),
        "pf-trafficking": ("sex", "labor"),
        "pf-populations": ("women", "men", "minors", "foreign_nationals"),
        "pf-partners": ("law_enforcement", "child_welfare"),
    },
    "a Tribal program": {
        "pf-services": ("case_management", "advocacy"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women", "families", "tribal"),
        "pf-partners": ("law_enforcement", "courts"),
    },
    "a program for workers": {
        "pf-services": ("outreach", "case_management", "legal"),
        "pf-trafficking": ("labor",),
        "pf-populations": ("women", "men", "foreign_nationals"),
        "pf-partners": ("labor_agencies",),
    },
    "a counseling center": {
        "pf-services": ("counseling",),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women", "men", "lgbtq"),
        "pf-partners": ("behavioral_health",),
    },
    "a job program": {
        "pf-services": ("jobs_school", "peer"),
        "pf-trafficking": ("sex",),
        "pf-populations": ("women", "young_adults"),
        "pf-partners": ("housing",),
    },
    "a drop-in for adults of every group": {
        "pf-services": ("case_management", "drop_in"),
        "pf-trafficking": ("sex", "labor"),
        "pf-populations": ("women", "men", "lgbtq", "foreign_nationals", "tribal", "disability"),
        "pf-partners": ("law_enforcement", "housing", "immigration_legal"),
    },
    "an agency that skips its profile": {},
}


def answers_to_give(questionnaire: Questionnaire, profile: Mapping[str, tuple[str, ...]]) -> int:
    """Count the single answers on the path; each row counts."""
    languages = "often" if "foreign_nationals" in profile.get("pf-populations", ()) else "no"
    answers = Answers(by_question={**profile, "pf-languages": languages} if profile else {})
    path = path_of(questionnaire, answers)
    return sum(len(path.rows[id_]) if id_ in path.rows else 1 for id_ in path.visible)


@pytest.mark.parametrize("name", PROFILES)
def test_it_asks_no_more_than_version_1_1_1_did(questionnaire: Questionnaire, name: str) -> None:
    before = answers_to_give(load_published("1.1.1"), PROFILES[name])
    assert answers_to_give(questionnaire, PROFILES[name]) <= before


def test_twenty_five_practices_of_version_1_1_1_can_be_compared(questionnaire: Questionnaire) -> None:
    kinds = [
        origin.kind
        for id_, origin in origins(load_published("1.1.1"), questionnaire).items()
        if id_ in questionnaire.practice
    ]
    assert sum(kind in ("same", "reworded") for kind in kinds) >= 25


def test_the_essentials_are_twelve_practices_of_all_sections(
    questionnaire: Questionnaire,
) -> None:
    found = [[p for p in part.practices if p.essential] for part in questionnaire.practice_parts]
    assert sum(map(len, found)) == 12
    assert all(len(section) >= 2 for section in found)
    profile = {q.id for page in questionnaire.parts[0].pages for q in page.questions if q.essential}
    assert profile == {"pf-services", "pf-populations", "pf-size", "pf-capacity"}


def test_each_group_that_is_asked_about_decides_what_is_asked(questionnaire: Questionnaire) -> None:
    def asked(group: str) -> set[str]:
        answers = Answers(by_question={"pf-populations": (group,), "pf-languages": "no"})
        return set(path_of(questionnaire, answers).visible)

    # Resources made for women, and no question, depend on the first.
    groups = {o.value for o in questionnaire.questions["pf-populations"].options_in(questionnaire)}
    by_group = {group: asked(group) for group in groups - {"women", "not_sure"}}
    assert [group for group, ids in by_group.items() if not ids - asked("women")] == []


def test_each_resource_beside_a_practice_says_what_in_it_helps(questionnaire: Questionnaire) -> None:
    for practice in questionnaire.practices:
        assert set(practice.use) == {*practice.resource_ids, *practice.supplement_ids}, practice.id


def test_each_practice_has_an_action_a_goal_and_someone_to_lead(questionnaire: Questionnaire) -> None:
    for practice in questionnaire.practices:
        assert all((practice.title, practice.goal, practice.leads)), practice.id
        assert "will" in practice.goal.split(), f"the goal of {practice.id} reads as a fact"


def test_each_practice_has_something_that_opens(questionnaire: Questionnaire) -> None:
    for practice in questionnaire.practices:
        resources = [questionnaire.resource[id_] for id_ in practice.resource_ids]
        supplements = [questionnaire.supplement[id_] for id_ in practice.supplement_ids]
        opens = [r for r in resources if r.link or (r.substitute and r.substitute.url)]
        assert opens or [s for s in supplements if s.url], practice.id


def test_each_address_that_opens_says_where_and_when_it_was_seen(questionnaire: Questionnaire) -> None:
    for item in (*questionnaire.resources, *questionnaire.supplements):
        assert all((item.seen, item.evidence)), item.id


def test_no_action_asks_to_begin_what_is_mostly_in_place(questionnaire: Questionnaire) -> None:
    answers: dict[str, Answer] = dict.fromkeys(questionnaire.practice, "mostly")
    header = Header(agency="", date=datetime.date(2026, 11, 27))
    plan = action_plan(path_of(questionnaire, Answers(by_question=answers)), header)
    assert [a.question.id for a in plan.actions if a.first_step == a.question.first_step] == []
