"""Assessing again: the last answers, cancelling, the history, and what changed."""

import datetime
import json
import re
from collections.abc import Callable

import pytest

from app import clock
from tests.support.client import Assessment, Client
from tests.support.page import Page, text_of

Days = Callable[[int, int, int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Days:
    """Set the day it is."""

    def go_to(year: int, month: int, day: int) -> None:
        noon = datetime.datetime(year, month, day, 12)  # noqa: DTZ001  # the database keeps UTC without a zone
        monkeypatch.setattr(clock, "now", lambda: noon)
        monkeypatch.setattr(clock, "today", noon.date)

    return go_to


@pytest.fixture
def first(client: Client, at: Days) -> Assessment:
    """A finished assessment of March 1, 2025."""
    at(2025, 3, 1)
    assessment = Assessment.begin(client)
    assessment.save("pf-scope", {"pf-scope": "whole", "pf-who": "one_person", "pf-who-roles": ["leader"]})
    assessment.answer(pf_services=["legal"])
    assessment.save(
        "why-01",
        {"why-01": "not_yet", "why-01-note": "We ordered it", "why-02": "mostly", "why-03": "not_sure"},
    )
    assessment.save("start-01", {"start-01": "started"})
    assessment.finish("Harbor House")
    at(2025, 10, 1)
    return assessment


def again(assessment: Assessment, start: str) -> Assessment:
    """Begin a retake."""
    address = assessment.client.post(assessment.at("retake"), {"start": start})
    return Assessment(assessment.client, re.match("/assessments/[^/]+", address)[0])


def history_of(assessment: Assessment) -> str:
    """Return the address of the page of all self-checks."""
    return assessment.client.get(assessment.at("plan")).link("All self-checks of this agency")


def finished_again(first: Assessment, **answers: str) -> Assessment:
    """Return a finished retake with these answers, by question id with _ for -."""
    second = again(first, "old")
    second.answer(**answers)
    second.finish("Harbor House")
    return second


def beside(page: Page, question: str) -> str:
    """Return what stands beside a question of last time."""
    (frame,) = page.all(f"fieldset[@id='{question}']")
    return " ".join(text_of(e) for e in frame.iter() if "last-time" in e.get("class", "").split())


def test_a_retake_from_the_last_answers_fills_them_in_and_shows_them_with_their_day(
    first: Assessment,
) -> None:
    second = again(first, "old")
    page = second.get("why-01")
    assert page.value("why-01") == "not_yet"
    assert page.value("why-01-note") == "We ordered it"
    assert "Last time, on March 1, 2025: Not yet" in beside(page, "why-01")
    assert "We ordered it" in beside(page, "why-01")
    assert "You gave no answer." in beside(second.get("start-02"), "start-02")
    assert second.stored()["answers"] == first.stored()["answers"]


def test_a_blank_retake_shows_the_last_answers_and_fills_in_nothing(first: Assessment) -> None:
    second = again(first, "blank")
    page = second.get("why-01")
    assert page.value("why-01") is None
    assert "Last time, on March 1, 2025: Not yet" in beside(page, "why-01")
    assert second.stored()["answers"] == {}


def test_a_question_that_was_off_the_path_says_so(first: Assessment) -> None:
    second = again(first, "old")
    second.answer(pf_services=["legal", "residential"], pf_populations=["minors"])
    pages = [second.client.raw.get(second.page_of(id_)).text for id_ in ("harm-08", "why-04", "start-05")]
    assert any("You were not asked this." in page for page in pages)


def test_a_way_to_start_has_to_be_chosen(first: Assessment) -> None:
    page = first.client.refused(first.at("retake"))
    assert "Choose one of the two ways" in page.error_beside("start")
    assert first.client.refused(first.at("retake"), {"start": "other"}).errors().keys() == {"start"}


def test_a_draft_cannot_be_taken_again(assessment: Assessment) -> None:
    assert assessment.client.redirect(assessment.at("retake")) == assessment.at("")


def test_cancelling_a_retake_leaves_no_trace(first: Assessment) -> None:
    history = history_of(first)
    before = first.client.get(history).text
    second = again(first, "old")
    second.answer(why_01="mostly")
    assert "Started on October 1, 2025" in first.client.get(history).text
    page = second.client.get(second.client.get(second.at("check")).link("Delete this new self-check"))
    assert "October 1, 2025" in page.text
    assert second.client.post(second.at("delete?of=begun")) == history
    assert "is deleted" in first.client.get(history).text
    assert first.client.get(history).text == before
    assert second.client.get(second.at("check"), status=404)
    assert first.stored()["answers"]["why-01"] == "not_yet"


def test_the_check_page_says_which_answers_nobody_reviewed(first: Assessment) -> None:
    second = again(first, "old")
    count = len(second.stored()["answers"])
    assert f"Not confirmed yet {count}" in second.client.get(second.at("check")).text
    page = second.get("why-01")
    second.save("why-01", page.form())
    assert f"Not confirmed yet {count - 3}" in second.client.get(second.at("check")).text


def test_an_answer_that_nobody_looked_over_counts_as_open(first: Assessment) -> None:
    second = again(first, "old")
    assert second.client.redirect(second.at("")) == second.page_of("pf-scope")
    page = second.get("pf-scope")
    second.save("pf-scope", page.form())
    assert second.client.redirect(second.at("")) == second.page_of("pf-services")


def test_an_answer_to_a_question_that_the_page_did_not_show_is_not_looked_over(client: Client) -> None:
    before = Assessment.begin(client)
    before.answer(pf_services=["residential"], pf_trafficking=["labor"], why_05="not_yet")
    before.change(pf_trafficking=["sex"])
    before.finish()
    second = again(before, "old")
    second.answer(pf_services=["residential"], pf_trafficking=["sex"])
    page = second.get("why-04")
    assert "why-05" not in page.names
    second.save("why-04", page.form())
    assert "from last time" not in second.client.get(second.at("check")).text
    second.change(pf_trafficking=["labor"])
    assert "Not confirmed yet 1 " in second.client.get(second.at("check")).text


def test_an_open_retake_is_offered_before_another_one(first: Assessment) -> None:
    second = again(first, "old")
    page = first.client.get(first.at("retake"))
    assert "You started a new self-check on October 1, 2025" in page.text
    assert page.link("Continue with that one") == second.at("")


def test_a_double_click_begins_one_retake(first: Assessment) -> None:
    assert again(first, "old").address == again(first, "old").address


def test_one_return_code_opens_all_self_checks_of_a_history(first: Assessment, other: Client) -> None:
    second = finished_again(first)
    page = first.client.get(first.client.post(first.at("pause")))
    code = text_of(page.by_class("return-code__code")[0])
    assert other.post("/assessments/return", {"code": code}) == history_of(second)
    for assessment in (first, second):
        assert other.get(assessment.at("plan"))


def test_the_history_shows_day_scope_and_people_of_each_self_check(first: Assessment, at: Days) -> None:
    second = again(first, "old")
    second.save("pf-who", {"pf-who": "team"})
    second.finish("Harbor House")
    page = first.client.get(history_of(first))
    newest, oldest = (text_of(section) for section in page.by_class("history-line"))
    assert newest.startswith("October 1, 2025 3 the same")
    assert "A larger team or workgroup" in newest
    assert oldest.startswith("March 1, 2025 Plan")
    assert "One person" in oldest
    assert "The whole agency" in oldest
    assert page.link("What changed since March 1, 2025").startswith("/progress/")


def test_a_long_history_is_shown_a_few_at_a_time(client: Client, at: Days) -> None:
    assessment = Assessment.begin(client)
    for month in range(1, 8):
        at(2025, month, 1)
        assessment.finish()
        assessment = again(assessment, "blank")
    assessment.finish()
    page = client.get(history_of(assessment))
    assert len(page.by_class("history-line")) == 5
    older = client.get(page.link("Older"))
    assert len(older.by_class("history-line")) == 3
    assert "What changed" not in text_of(older.by_class("history-line")[-1])
    assert (
        older.link("Take the self-check again")
        == page.link("Take the self-check again")
        == assessment.at("retake")
    )
    assert client.get(older.link("Newer")).text == page.text
    for number in ("0", "99", "x"):
        assert client.get(history_of(assessment) + f"?page={number}").by_class("history-line")
    assert len(client.get(page.link("Compare any two")).all("option")) == 16


def test_a_comparison_shows_both_answers_and_what_could_not_be_compared(first: Assessment) -> None:
    second = finished_again(first, why_01="started", why_02="started", why_03="mostly", start_01="started")
    page = second.client.get(second.client.get(second.at("plan")).link("What changed since March 1, 2025"))
    assert "Compared: 3 of" in page.text
    for heading in ("Moved up (1)", "Moved down (1)", "The same as then (1)", "Now known (1)"):
        assert heading in page.text
    assert "We ordered it" in page.text
    assert "It was not answered then, and is not answered now." in page.text
    data = json.loads(second.client.file(page.address + "comparison.json").data)
    assert (data["moved_up"], data["moved_down"], data["now_known"]) == (["why-01"], ["why-02"], ["why-03"])
    assert second.client.file(page.address + "comparison.pdf").data.startswith(b"%PDF")


def test_any_two_can_be_compared_in_whatever_order_they_are_chosen(first: Assessment) -> None:
    second = finished_again(first, why_01="mostly")
    third = finished_again(second, why_01="part_of_work")
    base = history_of(first)
    client = first.client
    for one, two in ((first, third), (third, first)):
        address = client.redirect(f"{base}compare?earlier={one.public_id}&later={two.public_id}")
        assert address == f"{base}{first.public_id}/{third.public_id}/"
    assert client.get(f"{base}{third.public_id}/{first.public_id}/", status=404)
    page = client.get(f"{base}compare?earlier={one.public_id}&later={one.public_id}", status=422)
    assert "Choose two different" in page.text


def test_self_checks_of_one_day_have_the_same_names_on_every_page(first: Assessment) -> None:
    second = again(first, "old")
    second.finish("Harbor House")
    again(second, "old").finish("Harbor House")
    base, client = history_of(first), first.client
    on_history = [text_of(line.find("h2")) for line in client.get(base).by_class("history-line")]
    assert on_history == ["October 1, 2025 (#2 that day)", "October 1, 2025", "March 1, 2025"]
    assert [text_of(o) for o in client.get(f"{base}compare").all("select[@id='later']/option")] == on_history


def test_the_second_self_check_of_a_day_stays_the_second_in_titles_and_file_names(first: Assessment) -> None:
    second = again(first, "old")
    second.finish("Harbor House")
    third = again(second, "old")
    third.finish("Harbor House")
    second.client.post(second.at("delete?of=finished"))
    assert "October 1, 2025 (#2 that day)" in third.client.get(third.at("plan")).text
    disposition = third.client.file(third.at("answers.yaml")).headers["Content-Disposition"]
    assert "2025-10-01-2.yaml" in disposition


def test_three_self_checks_show_how_the_same_practices_stood_each_time(first: Assessment) -> None:
    second = finished_again(first, why_01="started")
    assert not first.client.get(history_of(first)).by_class("trend")
    finished_again(second, why_01="part_of_work")
    (table,) = first.client.get(history_of(first)).by_class("trend")
    rows = [[text_of(cell) for cell in row.iter("td")] for row in table.iter("tr")][1:]
    assert "3 practices that you rated each time" in text_of(table)
    assert rows == [["0", "1", "1", "1"], ["0", "2", "1", "0"], ["1", "1", "1", "0"]]


def test_a_look_back_is_shown_beside_the_first_answer_and_never_replaces_it(first: Assessment) -> None:
    second = finished_again(first, why_02="not_yet")
    client = first.client
    address = f"{history_of(first)}{first.public_id}/{second.public_id}/"
    assert "Looking back" not in client.get(address).text
    client.post(address + "look-back", {"look-why-02": "started", "look-why-01": "mostly", "other": "x"})
    page = client.get(address)
    row = next(text_of(row) for row in page.all("tr") if "Looking back" in text_of(row))
    assert "Mostly in placeLooking back: Getting started Not yet" in row
    assert first.stored()["answers"]["why-02"] == "mostly"
    client.post(address + "look-back", {"look-why-02": "nonsense"})
    assert "Looking back: Getting" not in client.get(address).text


def test_a_changed_scope_or_other_people_are_said_above_the_comparison(first: Assessment) -> None:
    second = again(first, "old")
    second.save("pf-scope", {"pf-scope": "one_program", "pf-who": "team"})
    second.finish("Harbor House")
    page = first.client.get(f"{history_of(first)}{first.public_id}/{second.public_id}/")
    cautions = " ".join(text_of(e) for e in page.by_class("usa-alert--warning"))
    assert "Then: The whole agency. Now: One program or site." in cautions
    assert "Then: One person. Now: A larger team or workgroup." in cautions


def test_the_json_of_a_retake_contains_what_changed(first: Assessment) -> None:
    second = finished_again(first, why_01="started")
    data = json.loads(second.client.file(second.at("plan.json")).data)
    assert data["comparison"]["moved_up"] == ["why-01"]
    assert "comparison" not in json.loads(first.client.file(first.at("plan.json")).data)


def test_the_start_page_leads_to_all_self_checks(first: Assessment) -> None:
    second = again(first, "old")
    page = first.client.get("/")
    assert len(page.by_class("continue__list")[0].findall("li")) == 1
    assert page.link("All self-checks (2) (Harbor House)") == history_of(first)
    assert page.link("Continue (1. Harbor House, October 1, 2025)") == second.at("")


def test_the_order_is_that_of_finishing_not_of_beginning(first: Assessment, at: Days) -> None:
    slow = again(first, "old")
    at(2025, 11, 5)
    quick = again(first, "old")
    quick.finish("Harbor House")
    at(2025, 12, 5)
    slow.finish("Harbor House")
    base = history_of(first)
    page = first.client.get(base)
    days = [text_of(section.find("h2")) for section in page.by_class("history-line")]
    assert days == [f"{day}, 2025" for day in ("December 5", "November 5", "March 1")]
    address = page.link("What changed since November 5, 2025")
    assert address == f"{base}{quick.public_id}/{slow.public_id}/"
    assert "November 5, 2025 and December 5, 2025" in first.client.get(address).text
    assert first.client.get(f"{base}{slow.public_id}/{quick.public_id}/", status=404)


def test_a_look_back_that_is_not_sent_stays(first: Assessment) -> None:
    second = finished_again(first, why_02="not_yet")
    address = f"{history_of(first)}{first.public_id}/{second.public_id}/"
    first.client.post(address + "look-back", {"look-why-02": "started"})
    first.client.post(address + "look-back", {})
    assert "Looking back: Getting started" in first.client.get(address).text
    first.client.post(address + "look-back", {"look-why-02": ""})
    assert "Looking back" not in first.client.get(address).text


def test_a_blank_retake_does_not_say_that_actions_are_done(first: Assessment) -> None:
    second = again(first, "blank")
    second.finish("Harbor House")
    page = second.client.get(f"{history_of(first)}{first.public_id}/{second.public_id}/")
    assert "It was “Not yet” then, and has no answer now. That does not show that it is done." in page.text
    assert "Compared: 0 of" in page.text
