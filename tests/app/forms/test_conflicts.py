"""Two people who change the same thing at once: both values stand side by side, and nothing is lost."""

from __future__ import annotations

import datetime
import re
import threading

import pytest
import time_machine
from flask import Flask

from app.finished_assessments import comparison_of
from tests.support.agency import Team, new_team
from tests.support.client import Assessment, Client
from tests.support.page import Page, text_of

WHY = "why-01"


@pytest.fixture
def team(app: Flask) -> Team:
    return new_team(app)


@pytest.fixture
def pair(team: Team) -> tuple[Assessment, Assessment]:
    """One draft of an agency, open to its editor and to its owner."""
    assessment = team.begin()
    return assessment, team.seen_by(team.owner, assessment)


def contested(assessment: Assessment, question: str, data: dict[str, object]) -> Page:
    """Send a page that someone else changed meanwhile; return what comes back."""
    return assessment.client.refused(assessment.page_of(question), data, 409)


def sides(page: Page, name: str) -> list[str]:
    """Return what is saved and what was sent of a field."""
    (frame,) = page.all(f"fieldset[@id='{name}']")
    return [text_of(side) for side in frame.iter("div") if side.find("dt") is not None]


def test_both_values_are_shown_with_who_and_when_and_the_rest_is_saved(
    pair: tuple[Assessment, Assessment],
) -> None:
    mine, theirs = pair
    form = mine.get(WHY).form()
    theirs.save(WHY, {**form, "why-01": "mostly", "why-01-note": "Theirs"})
    page = contested(
        mine, WHY, {**form, "why-01": "started", "why-01-note": "Mine", "why-02": "not_yet", "go": "check"}
    )
    saved, sent = sides(page, "why-01")
    assert saved.startswith("Saved already Owner, ")
    assert re.search(r"\d{4}, \d+:\d\d\s[AP]M .+ Mostly in place", saved)
    assert "Getting started" in sent
    assert page.value("why-01") == "mostly"
    assert page.value("why-01-note") == "Theirs\n\nMine"
    assert page.names == {"why-01", "why-01-note", "go"}
    stored = mine.stored()
    assert stored["answers"] == {"why-01": "mostly", "why-02": "not_yet"}
    assert stored["notes"] == {"why-01": "Theirs"}
    assert mine.client.post(page.one("main//form").get("action"), page.form()) == mine.at("check")
    assert mine.stored()["notes"] == {"why-01": "Theirs\n\nMine"}


def test_the_person_who_resolves_it_can_use_their_own_value(pair: tuple[Assessment, Assessment]) -> None:
    mine, theirs = pair
    form = mine.get(WHY).form()
    theirs.save(WHY, {**form, "why-01": "mostly"})
    page = contested(mine, WHY, {**form, "why-01": "started"})
    mine.client.post(mine.page_of(WHY), {**page.form(), "why-01": "started"})
    assert mine.stored()["answers"] == {"why-01": "started"}


def test_a_third_change_while_it_is_resolved_is_just_as_safe(pair: tuple[Assessment, Assessment]) -> None:
    mine, theirs = pair
    form = mine.get(WHY).form()
    theirs.save(WHY, {**form, "why-01": "mostly"})
    page = contested(mine, WHY, {**form, "why-01": "started"})
    theirs.answer(why_01="not_yet")
    again = contested(mine, WHY, {**page.form(), "why-01": "started"})
    assert "Not yet" in sides(again, "why-01")[0]


def test_the_same_change_twice_is_not_a_conflict(pair: tuple[Assessment, Assessment]) -> None:
    mine, theirs = pair
    form = mine.get(WHY).form()
    for assessment in (mine, mine, theirs):
        assessment.save(WHY, {**form, "why-01": "started", "why-01-note": " One \r\nTwo "})


def test_check_boxes_and_rows_are_settled_too(pair: tuple[Assessment, Assessment]) -> None:
    mine, theirs = pair
    services, jobs = mine.get("pf-services").form(), mine.get("tr-roles").form()
    theirs.save("pf-services", {**services, "pf-services": ["", "intake"]})
    page = contested(mine, "pf-services", {**services, "pf-services": ["", "legal"]})
    assert page.value("pf-services") == ["intake", "legal"]
    mine.save("pf-services", page.form())
    assert mine.stored()["answers"]["pf-services"] == ["intake", "legal"]
    theirs.save("tr-roles", {**jobs, "tr-roles-leaders": "some"})
    page = contested(mine, "tr-roles", {**jobs, "tr-roles-leaders": "most", "tr-roles-legal": "most"})
    assert page.names == {"tr-roles-leaders"}
    assert mine.stored()["answers"]["tr-roles"] == {"leaders": "some", "legal": "most"}


def test_an_answer_taken_back_meanwhile_is_said(pair: tuple[Assessment, Assessment]) -> None:
    mine, theirs = pair
    mine.answer(why_01="started")
    form = mine.get(WHY).form()
    theirs.save(WHY, {"why-01": ""})
    page = contested(mine, WHY, {**form, "why-01": "mostly"})
    assert "No answer" in sides(page, "why-01")[0]
    mine.save(WHY, page.form())
    assert mine.stored()["answers"] == {}


def test_two_tabs_without_an_account_are_distinguished(assessment: Assessment) -> None:
    form = assessment.get(WHY).form()
    assessment.save(WHY, {**form, "why-01": "mostly"})
    page = contested(assessment, WHY, {**form, "why-01": "started"})
    assert "In another tab or on another device" in sides(page, "why-01")[0]


def change_labels(assessment: Assessment) -> list[str]:
    """Return what the check page says of who changed an answer."""
    page = assessment.client.get(assessment.at("check"))
    return [line.text for line in page.by_class("check-list__changed")]


def test_the_check_page_says_what_others_changed_and_what_changed_on_another_day(
    pair: tuple[Assessment, Assessment], other: Client
) -> None:
    mine, theirs = pair
    mine.answer(why_01="started")
    theirs.answer(why_02="started")
    (label,) = change_labels(mine)
    assert label.startswith("Changed by ")
    assert change_labels(theirs) != [label]
    alone = Assessment.begin(other)
    alone.answer(why_01="started")
    assert change_labels(alone) == []
    with time_machine.travel(datetime.timedelta(days=1)):
        alone.answer(why_02="started")
        (label,) = change_labels(alone)
    assert label.startswith("Changed ")
    assert "Changed by" not in label
    assert "without an account" not in label


def test_when_two_people_save_at_once_one_is_asked(app: Flask) -> None:
    team = new_team(app)
    first = team.begin()
    both = (first, team.seen_by(team.owner, first))
    form, start = first.get(WHY).form(), threading.Barrier(2, timeout=20)
    found: list[int] = []

    def save(assessment: Assessment, value: str) -> None:
        start.wait()
        found.append(assessment.client.send(assessment.page_of(WHY), {**form, "why-01": value}).status_code)

    for assessment in both:
        assessment.client.token()
    threads = [
        threading.Thread(target=save, args=pair) for pair in zip(both, ("started", "mostly"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [302, 409]


# The plan ------------------------------------------------------------------------------------------------


@pytest.fixture
def plans(pair: tuple[Assessment, Assessment]) -> tuple[Assessment, Assessment]:
    """A plan of an agency, open to its editor and to its owner."""
    mine, theirs = pair
    mine.answer(why_01="not_yet", why_02="not_yet", why_03="started")
    mine.finish()
    return mine, theirs


def form_of(assessment: Assessment, kind: str, action: str) -> dict[str, str]:
    """Return what a browser would send of the form that stands open at an action."""
    return dict(assessment.client.get(f"{assessment.at('plan')}?{kind}={action}").form())


def test_the_page_names_who_changed_that_field_and_not_who_saved_the_plan_last(
    plans: tuple[Assessment, Assessment],
) -> None:
    mine, theirs = plans
    form, address = form_of(mine, "edit", WHY), mine.at(f"plan/actions/{WHY}")
    theirs.client.post(address, {**form, "owner": "Their lead"})
    mine.client.post(address, {"barrier": "Time"})
    page = mine.client.refused(address, {**form, "owner": "My lead"}, 409)
    assert sides(page, "owner")[0].startswith("Saved already Owner, ")


def test_the_fields_of_an_action_are_settled(plans: tuple[Assessment, Assessment]) -> None:
    mine, theirs = plans
    form, address = form_of(mine, "edit", WHY), mine.at(f"plan/actions/{WHY}")
    theirs.client.post(
        address, {**form, "owner": "Their lead", "due": "2027-01-31", "status": "under_way", "notes": "T"}
    )
    page = mine.client.refused(
        address,
        {**form, "owner": "My lead", "due": "2/28/2027", "status": "done", "notes": "M", "needs": "Time"},
        409,
    )
    assert page.value("owner") == "Their lead / My lead"
    assert page.value("notes") == "T\n\nM"
    assert "January 31, 2027" in sides(page, "due")[0]
    assert "February 28, 2027" in sides(page, "due")[1]
    assert sides(page, "status")[0].startswith("Saved already Owner, ")
    plan = mine.client.get(mine.at("plan"))
    assert "Their lead" in plan.source
    assert "Time" in plan.text
    assert mine.client.post(address, {**page.form(), "due": "2027-02-28"})
    assert "Their lead / My lead" in mine.client.get(mine.at("plan")).source


def test_a_move_is_asked_again_when_the_order_changed(plans: tuple[Assessment, Assessment]) -> None:
    mine, theirs = plans
    form, address = form_of(mine, "move", WHY), mine.at(f"plan/actions/{WHY}/move")
    theirs.client.post(mine.at("plan/actions/why-02/move"), {"place": "out", "reason": "No"})
    move = {"place": "out", "reason": "Later"}
    page = mine.client.refused(address, {**form, **move}, 409)
    assert "The order of the plan changed" in page.text
    assert (page.value("place"), page.value("reason")) == ("out", "Later")
    again = {name: page.value(name) or "" for name in ("place", "reason", "order")}
    mine.client.post(address, again)
    mine.client.post(address, {**form, **move})  # a double click finds it there already


def test_an_action_changed_meanwhile_is_not_removed_unseen(plans: tuple[Assessment, Assessment]) -> None:
    mine, theirs = plans
    mine.client.post(mine.at("plan/actions"), {"title": "Own", "section": "why"})
    own = "own-1"
    form, address = form_of(mine, "remove", own), mine.at(f"plan/actions/{own}/remove")
    theirs.client.post(mine.at(f"plan/actions/{own}"), {"owner": "Their lead"})
    page = mine.client.refused(address, form, 409)
    assert "Someone changed this action" in page.text
    mine.client.post(address, {"shown": str(page.value("shown"))})
    assert own not in mine.client.get(mine.at("plan")).source


def test_text_for_a_removed_action_can_be_copied(plans: tuple[Assessment, Assessment]) -> None:
    mine, theirs = plans
    mine.client.post(mine.at("plan/actions"), {"title": "Own", "section": "why"})
    theirs.client.post(mine.at("plan/actions/own-1/remove"))
    data = {"csrf_token": mine.client.token(), "notes": "Long thoughts"}
    response = mine.client.raw.post(
        mine.at("plan/actions/own-1"), data=data, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert response.status_code == 409
    assert "Long thoughts" in Page(response).text


def test_text_sent_after_someone_else_finished_can_be_copied(plans: tuple[Assessment, Assessment]) -> None:
    mine, _ = plans
    data = {"csrf_token": mine.client.token(), "why-01-note": "Long thoughts"}
    response = mine.client.raw.post(mine.page_of(WHY), data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 409
    assert "Long thoughts" in Page(response).text


def comparison_of_two(first: Assessment) -> str:
    """Take a self-check again with one answer worse, and return the address of the comparison."""
    address = first.client.post(first.at("retake"), {"start": "old"})
    second = Assessment(first.client, "/".join(address.split("/")[:3]))
    second.answer(why_03="not_yet")
    second.finish()
    return first.client.get(second.at("plan")).link("What changed since " + day_of(first))


def test_a_look_back_saved_while_another_is_calculated_is_not_overwritten(
    plans: tuple[Assessment, Assessment], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = plans
    comparison = comparison_of_two(mine)
    form = mine.client.get(comparison).form()
    theirs.client.token()
    data = {**form, "look-why-03": "not_yet"}
    others = iter([threading.Thread(target=theirs.client.post, args=(comparison + "look-back", data))])

    def meanwhile(*pair: object) -> object:
        calculated = comparison_of(*pair)
        for other in others:
            other.start()
            other.join()
        return calculated

    monkeypatch.setattr("app.comparisons.views.comparison_of", meanwhile)
    page = mine.client.refused(comparison + "look-back", {**form, "look-why-03": "mostly"}, 409)
    assert "Owner, " in sides(page, "look-why-03")[0]


def test_look_backs_are_settled_too(plans: tuple[Assessment, Assessment]) -> None:
    mine, theirs = plans
    comparison = comparison_of_two(mine)
    form = mine.client.get(comparison).form()
    theirs.client.post(comparison + "look-back", {**form, "look-why-03": "not_yet"})
    page = mine.client.refused(comparison + "look-back", {**form, "look-why-03": "mostly"}, 409)
    assert "Owner, " in sides(page, "look-why-03")[0]
    mine.client.post(comparison + "look-back", {**page.form(), "look-why-03": "mostly"})
    assert mine.client.get(comparison).value("look-why-03") == "mostly"


def day_of(finished: Assessment) -> str:
    """Return the day of a plan."""
    (head,) = finished.client.get(finished.at("plan")).by_class("plan__of")
    return text_of(head.findall("p")[1])
