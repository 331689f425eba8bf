"""A browser sends every field of a page; a save changes only those that its person changed."""

from __future__ import annotations

import time

import pytest

from tests.support.client import Assessment, Client


def test_a_page_open_in_two_tabs_keeps_what_each_of_them_changed(assessment: Assessment) -> None:
    first = second = assessment.get("why-01").form()
    assessment.save("why-01", {**first, "why-01": "started", "why-01-note": "From the first tab"})
    assessment.save("why-01", {**second, "why-02": "mostly"})
    page = assessment.get("why-01")
    values = (page.value("why-01"), page.value("why-01-note"), page.value("why-02"))
    assert values == ("started", "From the first tab", "mostly")


def test_the_same_holds_for_checkboxes_and_for_rows(assessment: Assessment) -> None:
    services, jobs = assessment.get("pf-services").form(), assessment.get("tr-roles").form()
    assessment.save("pf-services", {**services, "pf-services": ["", "intake"]})
    assessment.save("pf-services", {**services, "pf-trafficking": ["", "labor"]})
    assessment.save("tr-roles", {**jobs, "tr-roles-leaders": "some"})
    assessment.save("tr-roles", {**jobs, "tr-roles-legal": "most"})
    answers = assessment.stored()["answers"]
    assert answers["pf-services"] == ["intake"]
    assert answers["pf-trafficking"] == ["labor"]
    assert answers["tr-roles"] == {"leaders": "some", "legal": "most"}


def test_what_a_page_showed_can_be_changed_and_taken_back(assessment: Assessment) -> None:
    assessment.save("why-01", {"why-01": "started", "why-01-note": "One\nTwo"})
    assessment.save("why-01", {**assessment.get("why-01").form(), "why-01-note": "One\r\nTwo\r\n\r\nThree"})
    assert assessment.get("why-01").value("why-01-note") == "One\nTwo\n\nThree"
    assessment.save("why-01", {**assessment.get("why-01").form(), "why-01": "", "why-01-note": ""})
    assert assessment.stored()["answers"] == {}


def test_after_an_error_the_page_still_knows_what_it_showed_first(assessment: Assessment) -> None:
    form = assessment.get("why-01").form()
    page = assessment.refused("why-01", {**form, "why-01": "started", "why-02-note": "x" * 2001})
    assert page.value("shown") == form["shown"]
    assessment.save("why-01", {**page.form(), "why-02-note": "short"})
    page = assessment.get("why-01")
    assert (page.value("why-01"), page.value("why-02-note")) == ("started", "short")


@pytest.mark.parametrize("shown", ["", "nonsense", "[]", "1", "[" * 100_000, '{"why-01": 5}'])
def test_without_what_the_page_showed_every_field_counts(assessment: Assessment, shown: str) -> None:
    assessment.save("why-01", {"why-01": "started", "shown": shown})
    assert assessment.stored()["answers"] == {"why-01": "started"}


def test_a_reason_goes_when_the_practice_applies_after_all(assessment: Assessment) -> None:
    assessment.save("why-01", {"why-01": "not_applicable", "why-01-reason": "We are a hotline"})
    assert assessment.stored()["reasons"] == {"why-01": "We are a hotline"}
    assessment.save("why-01", {**assessment.get("why-01").form(), "why-01": "started"})
    assert "reasons" not in assessment.stored()
    assessment.save("why-01", {**assessment.get("why-01").form(), "why-01": "not_applicable"})
    assert assessment.stored()["reasons"] == {"why-01": "We are a hotline"}


def test_a_text_made_to_be_slow_is_refused_at_once(assessment: Assessment) -> None:
    begun = time.thread_time()
    assessment.refused("why-01", {"why-01-note": "a" + "\u0301\u0316" * 40_000})
    assert time.thread_time() - begun < 2


def test_a_save_lets_the_browser_open_the_assessment_for_another_fourteen_days(client: Client) -> None:
    assessment = Assessment.begin(client)
    response = client.send(assessment.page_of("why-01"), {"why-01": "started"})
    assert "Expires=" in response.headers["Set-Cookie"]
