"""The plan's dates as a calendar file, read back by another library."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from questions.text import clean
from reports.documents.ics import calendar
from reports.plan.model import ActionPlan
from reports.team.model import NO_WORK, OwnAction, PlanWork, open_dates, team_plan
from tests.support.strategies import any_text, small_plans

PlanOf = Callable[..., ActionPlan]
BASE = "0123456789abcdef"


@pytest.fixture(scope="module")
def plan(plan_of: PlanOf) -> ActionPlan:
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", agency="Harbor House")


@pytest.fixture(scope="module")
def first(plan: ActionPlan) -> str:
    return plan.actions[0].question.id


def events(plan: ActionPlan, work: PlanWork = NO_WORK) -> dict[str, Event]:
    """Return the events of the file by UID."""
    text = calendar(team_plan(plan, work), BASE, work.revision).decode()
    found = IcsCalendarStream.calendar_from_ics(text).events
    by_uid = {event.uid: event for event in found}
    assert len(by_uid) == len(found), "two events have one UID"
    return by_uid


def test_each_planned_action_has_its_due_and_its_review_date(plan: ActionPlan) -> None:
    team = team_plan(plan, NO_WORK)
    expected = {}
    for item in team.planned:
        expected[f"{item.id}-due@{BASE}"] = (f"Due: {item.title}", item.work.due)
        expected[f"{item.id}-review@{BASE}"] = (f"Review: {item.title}", item.work.review)
    found = events(plan)
    assert {uid: (event.summary, event.dtstart) for uid, event in found.items()} == expected
    assert all(type(event.dtstart) is datetime.date for event in found.values())


def test_an_event_says_first_step_owner_and_measure_and_its_section(plan: ActionPlan, first: str) -> None:
    event, action = events(plan)[f"{first}-due@{BASE}"], plan.actions[0].question
    assert event.description.split("\n") == [
        f"First step: {action.first_step}",
        f"Who leads: {action.owner_hint}",
        f"How we will know: {action.measure}",
    ]
    assert event.categories == ["Trauma-informed action plan", "Avoiding harm"]


def test_an_edit_keeps_the_uid_and_raises_the_sequence(plan: ActionPlan, first: str) -> None:
    work = PlanWork(fields={first: {"due": "2026-06-02", "owner": "Night lead"}}, revision=3)
    before, after = events(plan), events(plan, work)
    assert before.keys() == after.keys()
    event = after[f"{first}-due@{BASE}"]
    assert event.dtstart == datetime.date(2026, 6, 2)
    assert "Who leads: Night lead" in event.description
    assert {e.sequence for e in before.values()} == {0}
    assert {e.sequence for e in after.values()} == {3}


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_done_or_dropped_has_no_dates(plan: ActionPlan, first: str, status: str) -> None:
    found = events(plan, PlanWork(fields={first: {"status": status}}))
    assert not [uid for uid in found if uid.startswith(first)]
    assert len(found) == 4


def test_what_is_outside_the_plan_or_has_no_date_is_not_there(plan: ActionPlan, first: str) -> None:
    work = PlanWork(
        fields={first: {"due": "", "review": ""}, "own-1": {"review": "2026-07-01"}},
        own=(OwnAction(id="own-1", section="why", title="Our own"),),
        order=(first,),
        moves={first: "x"},
    )
    assert list(events(plan, work)) == [f"own-1-review@{BASE}"]


def test_a_plan_without_open_dates_has_none(plan_of: PlanOf) -> None:
    plan = plan_of()
    assert open_dates(team_plan(plan, NO_WORK)) == ()
    assert events(plan) == {}


def test_lines_are_folded_and_end_as_the_standard_wants(plan: ActionPlan, first: str) -> None:
    long = "Überprüfen, ob alles stimmt; dann: 你好 \U0001f600 " * 20
    work = PlanWork(fields={first: {"first_step": long}})
    made = calendar(team_plan(plan, work), BASE, 1)
    assert made.endswith(b"\r\n")
    lines = made.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines), "a letter is torn apart"
    assert events(plan, work)[f"{first}-due@{BASE}"].description.startswith(f"First step: {long.strip()}\n")


def test_it_holds_no_agency_no_reason_and_no_note(plan_of: PlanOf) -> None:
    plan = plan_of({"harm-02": "not_yet"}, agency="Harbor House", notes={"harm-02": "About a person"})
    text = calendar(team_plan(plan, PlanWork(fields={"harm-02": {"notes": "Private"}})), BASE, 1).decode()
    assert "harm-02-due" in text
    assert not [word for word in ("Harbor", "About a person", "Private") if word in text]


def test_the_same_plan_gives_the_same_bytes_from_its_date_alone(plan: ActionPlan) -> None:
    team = team_plan(plan, NO_WORK)
    assert calendar(team, BASE, 2) == calendar(team, BASE, 2)
    assert {event.dtstamp for event in events(plan).values()} == {
        datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    }


@settings(max_examples=25)
@given(small_plans(), any_text, st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)))
def test_any_text_and_date_is_read_back(plan: ActionPlan, text: str, day: datetime.date) -> None:
    work = PlanWork(
        fields={"own-1": {"due": day.isoformat(), "owner": text}},
        own=(OwnAction(id="own-1", section="why", title=text),),
    )
    event = events(plan, work)[f"own-1-due@{BASE}"]
    assert (event.dtstart, event.summary) == (day, f"Due: {clean(text)}")
