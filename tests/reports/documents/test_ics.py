"""The plan's dates as a calendar file, read back by two libraries: the one that wrote it, and another."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from icalendar import Calendar

from questions.text import clean
from reports.documents.ics import calendar
from reports.plan.model import ActionPlan
from reports.team.dates import open_dates, plan_dates
from reports.team.model import NO_WORK, OwnAction, PlanWork, team_plan
from tests.support.strategies import any_text, small_plans

PlanOf = Callable[..., ActionPlan]
BASE = "0123456789abcdef"
ADDRESS = "https://check.example.org/assessments/abc/plan"
RETAKE = f"retake@{BASE}"


@pytest.fixture(scope="module")
def plan(plan_of: PlanOf) -> ActionPlan:
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", agency="Harbor House")


@pytest.fixture(scope="module")
def first(plan: ActionPlan) -> str:
    return plan.actions[0].question.id


def made(plan: ActionPlan, work: PlanWork = NO_WORK, address: str = ADDRESS) -> bytes:
    """Return the file with all dates of the plan, or with an address of "" the feed with those still open."""
    team = team_plan(plan, work)
    return calendar(team, plan_dates(team) if address else open_dates(team), BASE, work.revision, address)


def events(plan: ActionPlan, work: PlanWork = NO_WORK, address: str = ADDRESS) -> dict[str, Event]:
    """Return the events of the file by UID, on which both libraries agree."""
    text = made(plan, work, address).decode()
    found = IcsCalendarStream.calendar_from_ics(text).events
    by_uid = {event.uid: event for event in found}
    assert len(by_uid) == len(found), "two events have one UID"
    again = {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}
    assert by_uid.keys() == again.keys()
    for uid, event in by_uid.items():
        assert (event.summary, event.dtstart) == (again[uid]["summary"], again[uid].decoded("dtstart"))
        assert [len(event.alarm or ())] == [len(again[uid].walk("VALARM"))]
    return by_uid


def test_each_planned_action_has_its_suggested_due_and_review_date(plan: ActionPlan) -> None:
    team = team_plan(plan, NO_WORK)
    expected = {RETAKE: ("Take the self-check again", datetime.date(2026, 8, 28))}
    labels = plan.questionnaire.texts.work.fields
    for item in team.planned:
        expected[f"{item.id}-due@{BASE}"] = (f"{labels['due'].suggested}: {item.title}", item.work.due)
        expected[f"{item.id}-review@{BASE}"] = (
            f"{labels['review'].suggested}: {item.title}",
            item.work.review,
        )
    found = events(plan)
    assert {uid: (event.summary, event.dtstart) for uid, event in found.items()} == expected
    assert all(type(event.dtstart) is datetime.date for event in found.values())


def test_a_date_that_the_team_chose_is_not_called_suggested(plan: ActionPlan, first: str) -> None:
    found = events(plan, PlanWork(fields={first: {"due": "2026-06-02", "review": "2026-07-02"}}))
    title = plan.actions[0].title
    assert found[f"{first}-due@{BASE}"].summary == f"Due: {title}"
    assert found[f"{first}-review@{BASE}"].summary == f"Review: {title}"


def test_an_event_says_what_to_do_and_whose_plan_it_is_and_reminds_a_week_before(
    plan: ActionPlan, first: str
) -> None:
    event, action = events(plan)[f"{first}-due@{BASE}"], plan.actions[0].question
    assert event.description.split("\n") == [
        f"First step: {action.first_step}",
        f"{plan.questionnaire.texts.work.fields['owner'].suggested}: {action.owner_hint}",
        f"How we will know: {action.measure}",
        "",
        "Trauma-informed action plan, Harbor House, March 1, 2026",
        ADDRESS,
    ]
    assert event.categories == ["Trauma-informed action plan", "Avoiding harm"]
    assert str(event.url) == ADDRESS
    (alarm,) = event.alarm
    assert alarm.trigger == datetime.timedelta(days=-7, hours=9)


def test_a_feed_gives_titles_and_dates_of_what_is_open_and_nothing_else(plan: ActionPlan, first: str) -> None:
    work = PlanWork(fields={first: {"status": "done"}})
    found = events(plan, work, address="")
    assert len(found) == 5
    assert not [uid for uid in found if uid.startswith(first)]
    assert {(event.description, event.url) for event in found.values()} == {(None, None)}
    text = made(plan, work, address="").decode()
    assert "Harbor" not in text
    assert plan.actions[1].first_step[:20] not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text


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
def test_what_is_done_or_dropped_is_cancelled_under_its_uid(
    plan: ActionPlan, first: str, status: str
) -> None:
    found = events(plan, PlanWork(fields={first: {"status": status}}))
    assert found.keys() == events(plan).keys()
    cancelled = {uid for uid, event in found.items() if event.status == "CANCELLED"}
    assert cancelled == {f"{first}-due@{BASE}", f"{first}-review@{BASE}"}
    assert not any(found[uid].alarm for uid in cancelled)


def test_what_left_the_plan_is_cancelled_and_what_never_was_in_it_has_no_date(
    plan: ActionPlan, first: str
) -> None:
    work = PlanWork(
        fields={first: {"due": "", "review": ""}, "own-1": {"review": "2026-07-01"}},
        own=(OwnAction(id="own-1", section="why", title="Our own"),),
        order=(first,),
        moves={first: "x"},
    )
    found = events(plan, work)
    left = {
        f"{action.question.id}-{kind}@{BASE}" for action in plan.planned[1:] for kind in ("due", "review")
    }
    assert {uid for uid, event in found.items() if event.status == "CANCELLED"} == left
    assert found.keys() == {f"own-1-review@{BASE}", RETAKE, *left}


def test_a_plan_without_actions_has_only_the_day_to_return(plan_of: PlanOf) -> None:
    plan = plan_of()
    assert events(plan).keys() == {RETAKE}
    assert [date.cancelled for date in plan_dates(team_plan(plan, NO_WORK), retaken=True)] == [True]


def test_lines_are_folded_and_end_as_the_standard_says(plan: ActionPlan, first: str) -> None:
    long = "Überprüfen, ob alles stimmt; dann: 你好 \U0001f600 " * 20
    work = PlanWork(fields={first: {"first_step": long}})
    file = made(plan, work)
    assert file.endswith(b"\r\n")
    lines = file.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines), "a letter is torn apart"
    assert events(plan, work)[f"{first}-due@{BASE}"].description.startswith(f"First step: {long.strip()}\n")


def test_it_holds_no_reason_and_no_note(plan_of: PlanOf) -> None:
    plan = plan_of({"harm-02": "not_yet"}, notes={"harm-02": "About a person"})
    text = made(plan, PlanWork(fields={"harm-02": {"notes": "Private"}})).decode()
    assert "harm-02-due" in text
    assert not [word for word in ("About a person", "Private") if word in text]


def test_the_same_plan_gives_the_same_bytes_from_its_date_alone(plan: ActionPlan) -> None:
    assert made(plan) == made(plan)
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
