"""How a plan is composed (design, section 5): each place, the edges, and what holds for all answers."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.plan.composition import is_urgent
from tests.support.composing import COMPOSITION, Practice, order_of, plan_of_stages

LEADER = Practice(id="leader", section="start", basis="foundation", roles=("foundation",))
SUPERVISION = Practice(id="supervision", section="skills", basis="foundation", roles=("foundation",))
SPACES = Practice(id="spaces", section="harm", basis="direct_harm", effort="low")
INTAKE = Practice(id="intake", section="harm", basis="direct_harm")
REPORTS = Practice(id="reports", section="harm", basis="direct_harm")
SAY = Practice(id="say", section="start", roles=("foundation", "survivors"))
PEERS = Practice(id="peers", section="why", roles=("survivors",))
CHILD = Practice(id="child", section="why")
SIGNS = Practice(id="signs", section="signs", basis="direct_harm")
PARTNERS = Practice(id="partners", section="skills")
SMALL = (PEERS, CHILD, LEADER, SAY, SPACES, INTAKE, REPORTS, SIGNS, SUPERVISION, PARTNERS)
STAGES = ("not_yet", "started", "mostly", "part_of_work")


def every(stage: str, **others: str) -> dict[str, str]:
    return {practice.id: stage for practice in SMALL} | others


def test_a_plan_gives_its_places_in_the_order_of_the_rule() -> None:
    composed = plan_of_stages(SMALL, every("not_yet", peers="started"), 5, frozenset({"peers"}))
    assert list(composed.places.items()) == [
        ("peers", "under_way"),
        ("spaces", "urgent"),
        ("leader", "foundation"),
        ("signs", "spread"),
        ("supervision", "spread"),
    ]


@pytest.mark.parametrize(
    ("stages", "under_way", "expected"),
    [
        (every("started"), {"child"}, ("child", "under_way")),
        (every("started", intake="not_yet"), set(), ("intake", "urgent")),
        (every("started", child="not_yet"), set(), ("leader", "foundation")),
        (every("part_of_work", child="started", peers="mostly"), set(), ("child", "spread")),
    ],
)
def test_a_plan_of_one_holds_what_is_begun_or_else_urgent_or_else_the_foundation(
    stages: dict[str, str], under_way: set[str], expected: tuple[str, str]
) -> None:
    assert tuple(plan_of_stages(SMALL, stages, 1, frozenset(under_way)).places.items()) == (expected,)


def test_a_plan_of_one_that_is_urgent_names_the_foundation_that_comes_next() -> None:
    composed = plan_of_stages(SMALL, every("not_yet"), 1)
    assert composed.then_foundation
    assert composed.then_foundation.question.id == "leader"
    assert plan_of_stages(SMALL, every("started"), 1).then_foundation is None
    assert plan_of_stages(SMALL, every("not_yet"), 3).then_foundation is None


def test_more_actions_under_way_than_places_make_the_plan_longer_and_nothing_new_comes() -> None:
    begun = frozenset({"child", "peers", "partners", "say"})
    composed = plan_of_stages(SMALL, every("started", spaces="not_yet"), 3, begun)
    assert set(composed.places) == begun
    assert set(composed.places.values()) == {"under_way"}


def test_an_action_that_is_mostly_in_place_is_no_longer_under_way() -> None:
    composed = plan_of_stages(SMALL, every("started", child="mostly"), 5, frozenset({"child"}))
    assert "child" not in composed.places


def test_a_plan_with_fewer_gaps_than_places_holds_them_all() -> None:
    composed = plan_of_stages(SMALL, every("part_of_work", child="mostly", signs="mostly"), 5)
    assert composed.places == {"signs": "spread", "child": "spread"}


def test_gaps_of_one_section_fill_the_plan() -> None:
    stages = every("part_of_work", spaces="started", intake="started", reports="started")
    assert list(plan_of_stages(SMALL, stages, 3).places) == ["spaces", "intake", "reports"]


def test_a_practice_that_is_foundation_and_survivors_fills_both_places_and_shows_the_first() -> None:
    stages = every("part_of_work", say="not_yet", signs="started", child="started", spaces="started")
    composed = plan_of_stages(SMALL, stages, 3)
    assert composed.places["say"] == "foundation"
    assert "survivors" not in composed.places.values()


def test_survivors_have_a_place_from_three_places_on_while_one_of_theirs_is_not_there_yet() -> None:
    stages = every("started", peers="not_yet")
    assert plan_of_stages(SMALL, stages, 3).places["peers"] == "survivors"
    assert "survivors" not in plan_of_stages(SMALL, every("started"), 3).places.values()


def test_the_essentials_alone_make_a_plan() -> None:
    asked = (LEADER, SAY, SPACES, SIGNS, SUPERVISION)
    composed = plan_of_stages(asked, dict.fromkeys((p.id for p in asked), "not_yet"), 3)
    assert list(composed.places.values()) == ["urgent", "foundation", "survivors"]


# What holds for all answers --------------------------------------------------------

answers = st.fixed_dictionaries({practice.id: st.sampled_from(STAGES) for practice in SMALL})
sizes = st.sampled_from([1, 3, 4, 5])
begun = st.frozensets(st.sampled_from([practice.id for practice in SMALL]), max_size=6)


@given(answers, sizes, begun)
def test_the_rule_holds_for_all_answers(stages: dict[str, str], size: int, under_way: frozenset[str]) -> None:
    order = order_of(SMALL, stages)
    places = plan_of_stages(SMALL, stages, size, under_way).places
    planned = [finding for finding in order if finding.question.id in places]
    open_ = [finding for finding in order if finding.gap > COMPOSITION.in_place_gap]
    still = {finding.question.id for finding in open_} & under_way
    assert len(places) == (len(still) if len(still) > size else min(size, len(order)))
    assert still <= set(places)
    free = size - len(still)
    if free > 0 and any(is_urgent(COMPOSITION, finding) for finding in order):
        assert any(is_urgent(COMPOSITION, finding) for finding in planned)
    if free > 1 and any("foundation" in finding.question.roles for finding in open_):
        assert any("foundation" in finding.question.roles for finding in planned)
    due = any("survivors" in f.question.roles and f.gap == COMPOSITION.not_yet_gap for f in order)
    if size >= 3 and free > 2 and due:
        assert any("survivors" in finding.question.roles for finding in planned)


@given(answers, sizes, begun, st.sampled_from(SMALL), st.data())
def test_a_worse_answer_never_moves_its_own_action_down_or_out(
    stages: dict[str, str], size: int, under_way: frozenset[str], practice: Practice, data: st.DataObject
) -> None:
    worse = data.draw(st.sampled_from(STAGES[: STAGES.index(stages[practice.id]) + 1]))
    before, after = (
        (
            plan_of_stages(SMALL, answers_, size, under_way),
            [finding.question.id for finding in order_of(SMALL, answers_)],
        )
        for answers_ in (stages, stages | {practice.id: worse})
    )
    if practice.id in before[1]:
        assert after[1].index(practice.id) <= before[1].index(practice.id)
    place = before[0].position(practice.id)
    if place is not None:
        assert (after[0].position(practice.id) or 99) <= place


@given(answers, sizes)
def test_free_places_are_spread_over_the_sections(stages: dict[str, str], size: int) -> None:
    places = plan_of_stages(SMALL, stages, size).places
    sections = {practice.id: practice.section for practice in SMALL}
    gaps = {finding.question.id for finding in order_of(SMALL, stages)}
    used: Counter[str] = Counter()
    left = set(gaps)
    for id_, place in places.items():
        if place == "spread":
            assert used[sections[id_]] == min(used[sections[other]] for other in left)
        used[sections[id_]] += 1
        left.discard(id_)
