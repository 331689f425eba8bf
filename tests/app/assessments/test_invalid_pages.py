"""What is wrong with a page that was sent: said on top and beside the field, and nothing typed is lost."""

import pytest

from tests.support.client import Assessment

# The question, what is sent for it, the field with the error, and words of the message.
PROBLEMS = [
    ("pf-scope", {"pf-scope": "galaxy"}, "pf-scope", "“galaxy” is not an answer"),
    ("pf-services", {"pf-services": ["", "legal", "magic"]}, "pf-services", "“magic” is not an answer"),
    ("pf-trafficking", {"pf-trafficking": ["sex", "not_sure"]}, "pf-trafficking", "Keep only “Not sure”"),
    ("pf-partners", {"pf-partners": ["", "courts", "none"]}, "pf-partners", "Keep only “None right now”"),
    ("why-01", {"why-01": "<b>"}, "why-01", "“<b>” is not an answer"),
    ("why-01", {"why-01-note": "x" * 2001}, "why-01-note", "2,001 characters long. The limit is 2,000"),
    ("why-01", {"why-01-reason": "x" * 310}, "why-01-reason", "please take out 10"),
    ("tr-topics", {"tr-topics-effects": "all"}, "tr-topics-effects", "“all” is not an answer"),
    ("pf-who-roles", {"pf-who-roles": ["", "king"]}, "pf-who-roles", "“king” is not an answer"),
]


@pytest.mark.parametrize(("question", "sent", "field", "words"), PROBLEMS)
def test_an_error_is_in_the_summary_and_beside_its_field_and_nothing_is_saved(
    assessment: Assessment, question: str, sent: dict[str, str], field: str, words: str
) -> None:
    page = assessment.refused(question, sent)
    assert page.title.startswith("1 error: ")
    assert list(page.errors()) == [field]
    assert page.errors()[field].startswith(assessment.client.questionnaire.questions[question].text)
    assert words in page.errors()[field]
    assert page.error_beside(field).startswith("Error: ")
    assert words in page.error_beside(field)
    assert f"{field}-error" in page.source.split(f'id="{field}"')[1].split(">")[0]
    assert assessment.stored()["answers"] == {}


def test_typed_text_and_valid_answers_are_still_there(assessment: Assessment) -> None:
    long = "word " * 500
    sent = {"why-01": "mostly", "why-01-note": long, "why-02": "started", "why-02-note": "fine"}
    page = assessment.refused("why-01", sent)
    assert {name: page.value(name) for name in sent} == sent
    assert "open" in page.one("textarea[@id='why-01-note']/..").attrib
    assert assessment.get("why-01").value("why-02") is None


def test_exclusive_answers_stay_ticked_for_the_person_to_decide(assessment: Assessment) -> None:
    page = assessment.refused("pf-trafficking", {"pf-trafficking": ["", "sex", "not_sure"]})
    assert page.value("pf-trafficking") == ["sex", "not_sure"]
    assessment.answer(pf_trafficking=["", "not_sure"])


def test_errors_are_in_the_order_of_the_page(assessment: Assessment) -> None:
    sent = {"why-03-note": "x" * 2001, "why-01-reason": "x" * 301, "why-01": "nonsense"}
    page = assessment.refused("why-01", sent)
    assert list(page.errors()) == ["why-01", "why-01-reason", "why-03-note"]
    assert "There are 3 problems" in page.text


def test_the_summary_takes_the_focus(assessment: Assessment) -> None:
    (summary,) = assessment.refused("pf-scope", {"pf-scope": "x"}).by_class("error-summary")
    assert summary.get("autofocus") is not None
    assert summary.get("tabindex") == "-1"


def test_after_an_error_the_form_still_returns_to_the_check_page(assessment: Assessment) -> None:
    address = assessment.page_of("why-01") + "?from=check"
    page = assessment.client.refused(address, {"why-01": "x"})
    action = page.by_class("page-form")[0].get("action")
    assert assessment.client.post(action or address, {"why-01": "mostly"}) == assessment.at("check")


def test_an_error_in_a_question_that_another_tab_hid_is_shown(assessment: Assessment) -> None:
    """Both tabs are open at start/youth; one changes the profile, the other sends too long a note."""
    assessment.answer(pf_populations=["foreign_nationals", "families"])
    assert assessment.get("start-07").names >= {"start-07"}
    assert "start-06" not in assessment.get("start-07").names
    page = assessment.refused("start-07", {"start-06-note": "x" * 2001, "start-07": "mostly"})
    assert list(page.errors()) == ["start-06-note"]
    assert page.value("start-06-note") == "x" * 2001
