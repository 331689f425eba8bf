"""The team works on its plan: what it saves, what is refused, and what stays as it was."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask

from tests.support.client import Assessment, Client, finish_with_two_actions, planned, team
from tests.support.page import Page

FIRST, SECOND, LATER = "start-06", "harm-07", "start-05"


@pytest.fixture
def plan(assessment: Assessment) -> Assessment:
    return finish_with_two_actions(assessment)


def at(plan: Assessment, *rest: str) -> str:
    return plan.at("/".join(("plan/actions", *rest)))


def opened(plan: Assessment, kind: str, action: str) -> Page:
    return plan.client.get(plan.at(f"plan?{kind}={action}"))


def shown(page: Page, action: str) -> str:
    """Return the words of an action's block."""
    block = page.one(f"article[@id='action-{action}']")
    return " ".join(" ".join(block.itertext()).split())


def card(page: Page, action: str) -> dict[str, str]:
    """Return what the three controls on the card of an action hold."""
    block = page.one(f"article[@id='action-{action}']")
    fields = {field.get("name", ""): field.get("value", "") for field in block.iter("input")}
    (status,) = [option for option in block.iter("option") if "selected" in option.attrib]
    return {"owner": fields["owner"], "due": fields["due"], "status": status.get("value", "")}


def save(plan: Assessment, action: str, **fields: str) -> None:
    """Change these fields of an action, as a browser does: everything on the form is sent."""
    form = opened(plan, "edit", action).form()
    assert plan.client.post(at(plan, action), {**form, **fields}) == plan.at(f"plan#action-{action}")


def test_an_edit_is_on_the_page_with_a_confirmation(plan: Assessment) -> None:
    first = planned(plan)[0]
    save(plan, first, owner="  Intake\nlead ", due="2027-05-01", status="under_way", notes="One.\r\nTwo <b>")
    page = plan.client.get(plan.at("plan"))
    words = shown(page, first)
    for part in ("Saved.", "Who leads", "Due", "Under way", "One. Two <b>"):
        assert part in words
    assert card(page, first) == {"owner": "Intake lead", "due": "2027-05-01", "status": "under_way"}
    assert "Saved." not in shown(plan.client.get(plan.at("plan")), first)
    item = team(plan)[first]
    assert (item["owner"], item["due"], item["status"]) == ("Intake lead", "2027-05-01", "under_way")
    assert item["notes"] == "One.\nTwo <b>"


def test_the_form_is_filled_with_what_the_plan_suggests_and_sending_it_untouched_changes_nothing(
    plan: Assessment,
) -> None:
    before = team(plan)
    first = planned(plan)[0]
    page = opened(plan, "edit", first)
    for field in ("owner", "first_step", "measure", "due", "review", "status"):
        assert page.value(field) == before[first][field]
    save(plan, first)
    assert team(plan) == before
    data = json.loads(plan.client.file(plan.at("plan.json")).data)
    decided = {action["question"] for action in data["actions"] if action["lead_decided"]}
    assert decided == {action["question"] for action in data["actions"] if action["due_decided"]} == {first}


def test_a_new_date_does_not_decide_the_review_that_follows_it(plan: Assessment) -> None:
    first = planned(plan)[0]
    save(plan, first, due="2030-03-01")
    assert "Suggested review" in shown(plan.client.get(plan.at("plan")), first)
    save(plan, first)
    assert "Suggested review" not in shown(plan.client.get(plan.at("plan")), first)


def test_the_frozen_assessment_never_changes(plan: Assessment) -> None:
    answers = plan.client.file(plan.at("answers.yaml")).data
    data = json.loads(plan.client.file(plan.at("plan.json")).data)
    save(plan, planned(plan)[0], measure="Ours", status="done")
    plan.client.post(at(plan), {"title": "A quiet corner", "section": "harm"})
    plan.client.post(at(plan, planned(plan)[0], "move"), {"place": "out", "reason": "Not now"})
    after = json.loads(plan.client.file(plan.at("plan.json")).data)
    assert after.pop("team") != data.pop("team")
    for action in (*after["actions"], *data["actions"]):
        for decided in ("lead", "lead_decided", "due", "due_decided", "reviews"):
            del action[decided]
    assert after == data
    assert plan.client.file(plan.at("answers.yaml")).data == answers


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("5/1/2027", "2027-05-01"),
        ("05/01/2027", "2027-05-01"),
        (" 2027-5-1 ", "2027-05-01"),
        ("", None),
    ],
)
def test_a_date_can_be_typed_in_two_ways_or_left_out(
    plan: Assessment, typed: str, stored: str | None
) -> None:
    first = planned(plan)[0]
    save(plan, first, due=typed)
    assert team(plan)[first]["due"] == stored


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("due", "31/12/2027", "There is no day “31/12/2027”"),
        ("due", "next Monday", "We cannot read “next Monday” as a date"),
        ("review", "1/1/27", "We cannot read “1/1/27” as a date"),
        ("review", "1/1/1927", "The year has to be 2000 to 2100"),
        ("owner", "x" * 201, "The limit is 200"),
        ("notes", "x" * 1001, "The limit is 1,000"),
        ("status", "finished", "Choose one."),
    ],
)
def test_errors_are_beside_their_fields_and_nothing_typed_is_lost(
    plan: Assessment, field: str, typed: str, message: str
) -> None:
    before = team(plan)
    first = planned(plan)[0]
    form = {**opened(plan, "edit", first).form(), "needs": "Two hours", field: typed}
    page = plan.client.refused(at(plan, first), form)
    assert list(page.errors()) == [field]
    assert message in page.error_beside(field)
    assert page.value("needs") == "Two hours"
    assert page.title.startswith("1 error: ")
    if field != "status":
        assert page.value(field) == typed
    assert page.value("shown") == form["shown"]
    assert team(plan) == before


def test_an_action_is_dropped_only_with_a_reason(plan: Assessment) -> None:
    first = planned(plan)[0]
    form = {**opened(plan, "edit", first).form(), "status": "dropped", "dropped_reason": " "}
    page = plan.client.refused(at(plan, first), form)
    assert list(page.errors()) == ["dropped_reason"]
    assert page.value("status") == "dropped"
    save(plan, first, status="dropped", dropped_reason="A partner does it.")
    page = plan.client.get(plan.at("plan"))
    assert "Why we dropped it A partner does it." in shown(page, first)


def test_two_tabs_on_two_actions_lose_nothing(plan: Assessment) -> None:
    one, two = planned(plan)[:2]
    first, second = opened(plan, "edit", one).form(), opened(plan, "edit", two).form()
    plan.client.post(at(plan, one), {**first, "owner": "From the first tab"})
    plan.client.post(at(plan, two), {**second, "owner": "From the second tab"})
    assert team(plan)[one]["owner"] == "From the first tab"
    assert team(plan)[two]["owner"] == "From the second tab"


def test_two_tabs_on_one_action_each_change_only_what_they_changed(plan: Assessment) -> None:
    action = planned(plan)[0]
    form = opened(plan, "edit", action).form()
    plan.client.post(at(plan, action), {**form, "owner": "From the first tab", "status": "done"})
    plan.client.post(at(plan, action), {**form, "baseline": "From the second tab"})
    item = team(plan)[action]
    values = (item["owner"], item["status"], item["baseline"])
    assert values == ("From the first tab", "done", "From the second tab")


def test_an_action_moves_up_and_says_why_with_the_tools_rank_beside(plan: Assessment) -> None:
    before = planned(plan)
    second = before[1]
    answer = plan.client.post(at(plan, second, "move"), {"place": "1", "reason": "The board asked."})
    assert answer == plan.at(f"plan#action-{second}")
    words = shown(plan.client.get(plan.at("plan")), second)
    for part in ("Moved to place 1.", "We suggested place 2", "Why it was moved The board asked."):
        assert part in words
    assert planned(plan)[:2] == [second, before[0]]


def test_an_action_goes_out_of_the_plan_and_comes_back(plan: Assessment) -> None:
    before = planned(plan)
    plan.client.post(at(plan, before[0], "move"), {"place": "out", "reason": "A partner does it."})
    page = plan.client.get(plan.at("plan"))
    assert "Why it was moved A partner does it." in shown(page, before[0])
    assert "Taken out of the plan." in shown(page, before[0])
    assert planned(plan) == before[1:]
    plan.client.post(at(plan, before[0], "move"), {"place": "1", "reason": "They stopped."})
    assert planned(plan) == before


def test_an_action_from_outside_is_taken_in_at_a_place(plan: Assessment) -> None:
    before = planned(plan)
    outside = next(id_ for id_, item in team(plan).items() if not item["in_plan"])
    options = [o.get("value") for o in opened(plan, "move", outside).one("select").iter("option")]
    assert options == ["", *map(str, range(1, len(before) + 2))]
    plan.client.post(at(plan, outside, "move"), {"place": "2", "reason": "We have the money now."})
    assert planned(plan) == [before[0], outside, *before[1:]]


@pytest.mark.parametrize("place", ["", "0", "99", "in", "-1", "up", "²"])
def test_a_move_needs_another_place_of_the_plan(plan: Assessment, place: str) -> None:
    first = planned(plan)[0]
    page = plan.client.refused(at(plan, first, "move"), {"place": place, "reason": "Why not"})
    assert page.errors() == {"place": "Where it goes Choose where it goes."}
    assert page.value("reason") == "Why not"


def test_a_move_needs_a_short_reason(plan: Assessment) -> None:
    first, before = planned(plan)[0], team(plan)
    for reason, message in ((" \n ", "Say in a few words why."), ("x" * 201, "The limit is 200")):
        page = plan.client.refused(at(plan, first, "move"), {"place": "out", "reason": reason})
        assert message in page.errors()["reason"]
    assert team(plan) == before


def test_an_own_action_is_added_edited_moved_and_removed(plan: Assessment) -> None:
    before = planned(plan)
    form = {"title": " A quiet\ncorner ", "section": "training"}
    assert plan.client.post(at(plan), form) == plan.at("plan#action-own-1")
    page = plan.client.get(plan.at("plan"))
    for part in ("Your action is in the plan", "Who leads", "Due"):
        assert part in shown(page, "own-1")
    assert card(page, "own-1") == {"owner": "", "due": "", "status": "not_started"}
    save(plan, "own-1", owner="Facilities lead", due="6/1/2027")
    plan.client.post(at(plan, "own-1", "move"), {"place": "1", "reason": "It is quick."})
    item = team(plan)["own-1"]
    assert (item["title"], item["section"], item["rank"], item["position"]) == (
        "A quiet corner",
        "training",
        None,
        1,
    )
    page = plan.client.get(plan.at("plan"))
    assert "Your own Training needs" in shown(page, "own-1")
    assert card(page, "own-1")["owner"] == "Facilities lead"
    assert "You cannot undo this." in opened(plan, "remove", "own-1").text
    assert plan.client.post(at(plan, "own-1", "remove")) == plan.at("plan#actions")
    assert planned(plan) == before
    assert "The action is deleted." in plan.client.get(plan.at("plan")).text


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ({}, {"title", "section"}),
        ({"title": "x", "section": "profile"}, {"section"}),
        ({"title": "x" * 201, "section": "harm"}, {"title"}),
    ],
)
def test_an_own_action_requires_a_title_and_a_section(
    plan: Assessment, form: dict[str, str], problems: set[str]
) -> None:
    page = plan.client.refused(at(plan), form)
    assert page.errors().keys() == problems
    assert page.value("title") == form.get("title", "")


def test_an_action_of_the_tool_is_not_removed(plan: Assessment) -> None:
    first = planned(plan)[0]
    assert plan.client.post(at(plan, first, "remove")) == plan.at("plan")
    assert "no longer in this plan" in plan.client.get(plan.at("plan")).text
    assert planned(plan)[0] == first
    assert "Remove this action?" not in opened(plan, "remove", first).text


def test_a_form_for_a_removed_action_says_so(plan: Assessment) -> None:
    for rest in ("", "/move"):
        assert plan.client.post(at(plan, f"own-7{rest}"), {"owner": "x"}) == plan.at("plan")
        assert "What you just sent was not saved." in plan.client.get(plan.at("plan")).text
    assert "first_step" not in opened(plan, "edit", "own-7").names


def test_a_double_click_does_no_harm(plan: Assessment) -> None:
    action = planned(plan)[1]
    for _ in range(2):
        plan.client.post(at(plan), {"title": "A quiet corner", "section": "harm"})
        plan.client.post(at(plan, action, "move"), {"place": "1", "reason": "First."})
    assert planned(plan).count(action) == 1
    assert planned(plan)[0] == action
    (own,) = (id_ for id_ in planned(plan) if id_.startswith("own-"))
    for _ in range(2):
        plan.client.post(at(plan, action, "move"), {"place": "out", "reason": "Later."})
        plan.client.post(at(plan, own, "remove"))
    assert action not in planned(plan)
    assert own not in team(plan)


def test_a_draft_has_no_plan_to_work_on(assessment: Assessment) -> None:
    assert assessment.client.post(
        assessment.at("plan/actions"), {"title": "x", "section": "harm"}
    ) == assessment.at("check")


def test_an_empty_plan_accepts_an_own_action(assessment: Assessment) -> None:
    assessment.finish()
    assessment.client.post(assessment.at("plan/actions"), {"title": "Ask our staff", "section": "why"})
    assert planned(assessment) == ["own-1"]
    assert "Ask our staff" in assessment.client.get(assessment.at("plan")).text


def test_with_all_actions_taken_out_the_page_says_where_they_are(plan: Assessment) -> None:
    for action in planned(plan):
        plan.client.post(at(plan, action, "move"), {"place": "out", "reason": "Later"})
    page = plan.client.get(plan.at("plan"))
    assert plan.client.questionnaire.texts.work.none_planned in page.text


def test_the_pdf_of_a_plan_nobody_worked_on_stays_the_same_and_an_edit_makes_another(
    plan: Assessment,
) -> None:
    pdf = plan.client.file(plan.at("plan.pdf")).data
    first = planned(plan)[0]
    for query in ("", f"?edit={first}", f"?move={first}", "?add=1"):
        plan.client.get(plan.at(f"plan{query}"))
    assert plan.client.file(plan.at("plan.pdf")).data == pdf
    save(plan, first)
    pdf = plan.client.file(plan.at("plan.pdf")).data
    save(plan, first, baseline="Three of twelve")
    edited = plan.client.file(plan.at("plan.pdf")).data
    assert edited != pdf
    save(plan, first, baseline="")
    assert plan.client.file(plan.at("plan.pdf")).data == pdf


def test_saves_at_the_same_moment_lose_nothing(app: Flask) -> None:
    plan = finish_with_two_actions(Assessment.begin(Client(app)))
    actions = planned(plan)
    assert len(actions) == 3
    cookie = plan.client.raw.get_cookie("assessment").value
    statuses: list[int] = []

    def work(action: str) -> None:
        raw = app.test_client()
        raw.set_cookie("assessment", cookie)
        for number in range(10):
            data = {"csrf_token": plan.client.token(), "owner": f"{action} {number}"}
            statuses.append(raw.post(at(plan, action), data={**data, "status": "done"}).status_code)

    plan.client.token()
    threads = [threading.Thread(target=work, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {302}
    assert {id_: team(plan)[id_]["owner"] for id_ in actions} == {id_: f"{id_} 9" for id_ in actions}
