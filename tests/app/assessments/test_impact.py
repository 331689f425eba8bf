"""An answer that is changed when later ones are given: what the change does is shown before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.support.client import Assessment
from tests.support.page import Page

QUESTIONS = "Before we save: this changes which questions you see"
PLAN = "Before we save: this changes your plan"


def ask(
    assessment: Assessment, question: str, data: Mapping[str, str | Sequence[str]], query: str = ""
) -> Page:
    """Send a changed answer; return the page that shows what the change does."""
    return assessment.client.refused(assessment.page_of(question) + query, data, 200)


def carried(page: Page) -> dict[str, list[str]]:
    """Return what the page sends when the change is confirmed."""
    fields: dict[str, list[str]] = {}
    for field in page.one("form[@class='page-form']").iter("input"):
        fields.setdefault(field.get("name", ""), []).append(field.get("value", ""))
    fields.pop("csrf_token")
    return fields


@pytest.fixture
def answered(assessment: Assessment) -> Assessment:
    """An assessment of an agency for teens, with answers up to the training part."""
    assessment.save("pf-populations", {"pf-populations": ["minors", "men"], "pf-languages": "no"})
    assessment.save("pf-size", {"pf-roles": ["leaders", "legal"]})
    assessment.save("start-06", {"start-06": "not_yet", "start-06-note": "Spring"})
    assessment.save("tr-roles", {"tr-roles-leaders": "most", "tr-roles-legal": "some"})
    return assessment


def test_a_change_is_shown_before_it_is_saved(answered: Assessment) -> None:
    page = ask(answered, "pf-populations", {"pf-populations": ["men"]})
    assert (page.h1, page.title.partition(" | ")[0]) == (QUESTIONS, QUESTIONS)
    assert "Nothing from that page is saved yet." in page.text
    question = answered.client.questionnaire.questions["start-06"]
    assert f"{question.text} You answered it. Your answer is saved but not used." in page.text
    assert "Actions that would be removed (1)" in page.text
    assert question.short in page.text
    assert "Trauma & Resilience: An Adolescent Provider Toolkit" in page.text
    assert answered.stored()["answers"]["pf-populations"] == ["men", "minors"]


def test_a_confirmed_change_is_saved_and_continues_as_without_a_preview(answered: Assessment) -> None:
    page = ask(answered, "pf-populations", {"pf-populations": ["men"], "go": "back"})
    onward = answered.client.post(answered.page_of("pf-populations"), carried(page))
    assert onward == answered.page_of("pf-services")
    assert answered.stored()["answers"]["pf-populations"] == ["men"]
    assert "start-06" not in answered.stored()["answers"]


def test_left_as_it_was_nothing_has_changed(answered: Assessment) -> None:
    before = answered.stored()
    page = ask(answered, "pf-populations", {"pf-populations": ["men"]}, "?from=check")
    back = page.link("Undo this change")
    assert back == answered.page_of("pf-populations") + "?from=check"
    assert answered.client.get(back).value("pf-populations") == ["men", "minors"]
    assert answered.stored() == before


def test_from_the_check_page_a_confirmed_change_leads_there_again(answered: Assessment) -> None:
    page = ask(answered, "pf-populations", {"pf-populations": ["men"]}, "?from=check")
    assert page.one("form[@class='page-form']").get("action") is None
    address = f"{page.address}?from=check"
    assert answered.client.post(address, carried(page)) == answered.at("check")


def test_a_question_that_returns_says_that_its_saved_answer_counts_again(answered: Assessment) -> None:
    answered.change(pf_populations=["men"])
    page = ask(answered, "pf-populations", {"pf-populations": ["minors", "men"]})
    assert "Questions you will see (" in page.text
    assert "You answered it before. That answer counts again." in page.text
    assert "Actions that would be added (1)" in page.text


def test_a_job_less_shows_its_row(answered: Assessment) -> None:
    page = ask(answered, "pf-roles", {"pf-roles": ["leaders"]})
    matrix = answered.client.questionnaire.questions["tr-roles"].text
    assert f"{matrix} Legal staff You answered it." in page.text


def test_a_practice_that_changes_only_the_plan_says_so(answered: Assessment) -> None:
    answered.save("why-01", {"why-01": "part_of_work"})
    page = ask(answered, "why-01", {"why-01": "not_yet"})
    assert page.h1 == PLAN
    assert "Questions you will" not in page.text
    assert "Actions that would be added (1)" in page.text


def test_everything_that_was_posted_comes_along(answered: Assessment) -> None:
    note = "Ask <Ann> & “co.”\n\nTwo\tlines"
    answered.save("start-06", {"start-06": "started", "start-07": "mostly", "confirmed": "yes"})
    shown = answered.get("start-06").form()
    changed = {**shown, "start-06": "part_of_work", "start-06-note": f"  {note}\x00 ", "go": "check"}
    page = ask(answered, "start-06", changed)
    fields = carried(page)
    assert fields["start-06-note"] == [note]
    assert fields["shown"] == [shown["shown"]]
    assert set(fields) == {*changed, "confirmed"}
    assert answered.client.post(answered.page_of("start-06"), fields) == answered.at("check")
    saved = answered.get("start-06")
    assert (saved.value("start-06"), saved.value("start-06-note")) == ("part_of_work", note)


def test_several_choices_and_rows_come_along(answered: Assessment) -> None:
    services = ["", "legal", "intake"]
    answered.save("pf-services", {"pf-services": ["residential"]})
    page = ask(answered, "pf-services", {"pf-services": services, "pf-trafficking": ["sex", "labor"]})
    answered.client.post(answered.page_of("pf-services"), carried(page))
    answers = answered.stored()["answers"]
    assert (answers["pf-services"], answers["pf-trafficking"]) == (["intake", "legal"], ["sex", "labor"])
    answered.save("tr-time", {"tr-time": "none"})
    page = ask(answered, "tr-roles", {"tr-roles-leaders": "most", "tr-roles-legal": "most"})
    answered.client.post(answered.page_of("tr-roles"), carried(page))
    assert answered.stored()["answers"]["tr-roles"] == {"leaders": "most", "legal": "most"}


def test_fields_that_the_page_does_not_ask_are_ignored(answered: Assessment) -> None:
    page = ask(answered, "pf-populations", {"pf-populations": ["men"], "evil": "x", "why-01": "not_yet"})
    assert set(carried(page)) == {"pf-populations", "confirmed"}


def test_a_field_changed_in_another_tab_meanwhile_stays_as_that_tab_left_it(answered: Assessment) -> None:
    page = ask(answered, "start-06", {**answered.get("start-06").form(), "start-06": "part_of_work"})
    answered.save("start-06", {"start-06-note": "From the other tab"})
    answered.client.post(answered.page_of("start-06"), carried(page))
    saved = answered.get("start-06")
    assert (saved.value("start-06"), saved.value("start-06-note")) == ("part_of_work", "From the other tab")


def test_confirmed_twice_it_is_saved_once(answered: Assessment) -> None:
    page = ask(answered, "pf-populations", {"pf-populations": ["men"]})
    onward = [answered.client.post(answered.page_of("pf-populations"), carried(page)) for _ in range(2)]
    assert len(set(onward)) == 1
    assert answered.stored()["answers"]["pf-populations"] == ["men"]


def test_a_confirmed_answer_is_checked_like_any_other(answered: Assessment) -> None:
    refused = {"pf-populations": ["men", "not_sure"], "confirmed": "yes"}
    assert "together with other answers" in answered.refused("pf-populations", refused).text
    assert answered.stored()["answers"]["pf-populations"] == ["men", "minors"]


def test_an_error_is_shown_before_anything_else(answered: Assessment) -> None:
    page = answered.refused("start-06", {"start-06": "part_of_work", "start-06-note": "x" * 2001})
    assert page.errors()


def test_the_first_answer_is_saved_at_once_whatever_it_hides(answered: Assessment) -> None:
    answered.answer(pf_partners=["none"])
    answered.answer(start_03="not_yet")
    assert answered.stored()["answers"]["pf-partners"] == ["none"]


def test_a_row_that_was_blank_is_saved_at_once(answered: Assessment) -> None:
    answered.save("tr-topics", {"tr-topics-effects": "few"})
    answered.answer(tr_time="none")
    answered.save("tr-topics", {"tr-topics-peers": "few"})
    assert answered.stored()["answers"]["tr-topics"] == {"effects": "few", "peers": "few"}


def test_without_later_answers_a_change_is_saved_at_once(assessment: Assessment) -> None:
    assessment.answer(pf_scope="whole", pf_populations=["minors"])
    assessment.answer(pf_populations=["men"])
    assert assessment.stored()["answers"]["pf-populations"] == ["men"]


def test_a_note_is_saved_at_once(answered: Assessment) -> None:
    form = answered.get("start-06").form()
    answered.save("start-06", {**form, "start-06-note": "Summer"})
    assert answered.get("start-06").value("start-06-note") == "Summer"


def test_a_change_that_does_nothing_to_questions_and_plan_is_saved_at_once(answered: Assessment) -> None:
    answered.answer(pf_scope="whole")
    answered.answer(pf_scope="one_program")
    assert answered.stored()["answers"]["pf-scope"] == "one_program"


def test_an_answer_taken_back_is_a_change(answered: Assessment) -> None:
    page = ask(answered, "start-06", {"start-06": ""})
    assert "Actions that would be removed (1)" in page.text
    answered.client.post(answered.page_of("start-06"), carried(page))
    assert "start-06" not in answered.stored()["answers"]


def test_answers_taken_over_from_last_time_are_no_later_answers_until_they_are_saved(
    answered: Assessment,
) -> None:
    answered.finish()
    first_page = answered.client.post(answered.at("retake"), {"start": "old"})
    retake = Assessment(answered.client, first_page.removesuffix("/profile/about"))
    retake.answer(pf_populations=["men"])
    assert retake.stored()["answers"]["pf-populations"] == ["men"]
    retake.save("tr-roles", retake.get("tr-roles").form())
    assert ask(retake, "pf-populations", {"pf-populations": ["minors"]}).h1 == QUESTIONS
