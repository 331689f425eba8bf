"""A browser sends every field of a page; a save changes only those that its person changed."""

from __future__ import annotations

import time

import pytest

from tests.support.client import Client, Sitting


def test_a_page_open_in_two_tabs_keeps_what_each_of_them_changed(sitting: Sitting) -> None:
    first = second = sitting.get("why-01").form()
    sitting.save("why-01", {**first, "why-01": "started", "why-01-note": "From the first tab"})
    sitting.save("why-01", {**second, "why-02": "mostly"})
    page = sitting.get("why-01")
    values = (page.value("why-01"), page.value("why-01-note"), page.value("why-02"))
    assert values == ("started", "From the first tab", "mostly")


def test_the_same_holds_for_checkboxes_and_for_rows(sitting: Sitting) -> None:
    services, jobs = sitting.get("pf-services").form(), sitting.get("tr-roles").form()
    sitting.save("pf-services", {**services, "pf-services": ["", "intake"]})
    sitting.save("pf-services", {**services, "pf-trafficking": ["", "labor"]})
    sitting.save("tr-roles", {**jobs, "tr-roles-leaders": "some"})
    sitting.save("tr-roles", {**jobs, "tr-roles-legal": "most"})
    answers = sitting.stored()["answers"]
    assert answers["pf-services"] == ["intake"]
    assert answers["pf-trafficking"] == ["labor"]
    assert answers["tr-roles"] == {"leaders": "some", "legal": "most"}


def test_what_a_page_showed_can_be_changed_and_taken_back(sitting: Sitting) -> None:
    sitting.save("why-01", {"why-01": "started", "why-01-note": "One\nTwo"})
    sitting.save("why-01", {**sitting.get("why-01").form(), "why-01-note": "One\r\nTwo\r\n\r\nThree"})
    assert sitting.get("why-01").value("why-01-note") == "One\nTwo\n\nThree"
    sitting.save("why-01", {**sitting.get("why-01").form(), "why-01": "", "why-01-note": ""})
    assert sitting.stored()["answers"] == {}


def test_after_an_error_the_page_still_knows_what_it_showed_first(sitting: Sitting) -> None:
    form = sitting.get("why-01").form()
    page = sitting.refused("why-01", {**form, "why-01": "started", "why-02-note": "x" * 2001})
    assert page.value("shown") == form["shown"]
    sitting.save("why-01", {**page.form(), "why-02-note": "short"})
    page = sitting.get("why-01")
    assert (page.value("why-01"), page.value("why-02-note")) == ("started", "short")


@pytest.mark.parametrize("shown", ["", "nonsense", "[]", "1", "[" * 100_000, '{"why-01": 5}'])
def test_without_what_the_page_showed_every_field_counts(sitting: Sitting, shown: str) -> None:
    sitting.save("why-01", {"why-01": "started", "shown": shown})
    assert sitting.stored()["answers"] == {"why-01": "started"}


def test_a_reason_goes_when_the_practice_applies_after_all(sitting: Sitting) -> None:
    sitting.save("why-01", {"why-01": "not_applicable", "why-01-reason": "We are a hotline"})
    assert sitting.stored()["reasons"] == {"why-01": "We are a hotline"}
    sitting.save("why-01", {**sitting.get("why-01").form(), "why-01": "started"})
    assert "reasons" not in sitting.stored()
    sitting.save("why-01", {**sitting.get("why-01").form(), "why-01": "not_applicable"})
    assert sitting.stored()["reasons"] == {"why-01": "We are a hotline"}


def test_a_text_made_to_be_slow_is_refused_at_once(sitting: Sitting) -> None:
    begun = time.thread_time()
    sitting.refused("why-01", {"why-01-note": "a" + "\u0301\u0316" * 40_000})
    assert time.thread_time() - begun < 2


def test_a_save_lets_the_browser_open_the_assessment_for_another_fourteen_days(client: Client) -> None:
    sitting = Sitting.begin(client)
    response = client.send(sitting.page_of("why-01"), {"why-01": "started"})
    assert "Expires=" in response.headers["Set-Cookie"]


def test_over_https_the_cookie_never_goes_without(client: Client) -> None:
    secure = client.raw.get("/", base_url="https://localhost")
    assert "Secure" in secure.headers["Set-Cookie"]
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=")
    plain = client.app.test_client().get("/")
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.headers
