"""Each page of questions: what it asks, by kind, and what it keeps."""

import pytest

from tests.support.client import Assessment, Client
from tests.support.sample import sample_questionnaire

QUESTIONNAIRE = sample_questionnaire()
PAGES = [f"{part.id}/{page.id}" for part, page in QUESTIONNAIRE.pages]


@pytest.mark.parametrize("place", PAGES)
def test_every_page_asks_its_questions_with_a_choice_for_every_option(
    assessment: Assessment, place: str
) -> None:
    page = assessment.client.get(assessment.at(place))
    part_id, _, page_id = place.partition("/")
    (asked,) = [page for part, page in QUESTIONNAIRE.pages if (part.id, page.id) == (part_id, page_id)]
    assert page.h1 == asked.title
    for question in asked.questions:
        assert question.text in page.text
        assert question.help in page.text
        if question.kind == "stage":
            assert {f"{question.id}-note", f"{question.id}-reason"} <= page.names


def test_a_single_question_keeps_its_answer_and_can_be_left_blank_again(assessment: Assessment) -> None:
    clear = "pf-scope-is-blank"
    assessment.answer(pf_scope="whole")
    page = assessment.get("pf-scope")
    assert page.value("pf-scope") == "whole"
    assert page.one(f"label[@for='{clear}']").text == "Clear"
    assessment.answer(pf_scope=page.one(f"input[@id='{clear}']").get("value"))
    assert assessment.get("pf-scope").value("pf-scope") is None


def test_what_the_stages_mean_is_said_once_and_each_button_refers_to_it(assessment: Assessment) -> None:
    page = assessment.get("why-01")
    options = QUESTIONNAIRE.scale["stage4"].options
    for option in options:
        (meaning,) = page.all(f"dd[@id='stage4-{option.value}-means']")
        assert meaning.text == option.meaning
        assert page.text.count(option.meaning) == 1
        button = page.one(f"input[@id='why-02-is-{option.value}']")
        assert button.get("aria-describedby") == meaning.get("id")


def test_a_many_question_keeps_its_answers_and_is_cleared_by_its_empty_hidden_field(
    assessment: Assessment,
) -> None:
    page = assessment.get("pf-services")
    assert page.value("pf-services") == []
    assert page.one("input[@type='hidden'][@name='pf-services']").get("value") == ""
    assessment.answer(pf_services=["", "legal", "intake"])
    assert assessment.get("pf-services").value("pf-services") == ["intake", "legal"]
    assessment.answer(pf_services=[""])
    assert assessment.get("pf-services").value("pf-services") == []


def test_a_stage_question_keeps_its_answer_note_and_reason(assessment: Assessment) -> None:
    typed = {"why-01": "not_applicable", "why-01-note": "Ask <Ann> & co.", "why-01-reason": "No such work"}
    assessment.save("why-01", typed)
    page = assessment.get("why-01")
    assert {name: page.value(name) for name in typed} == typed
    check = assessment.client.get(assessment.at("check")).text
    assert "Why: No such work" in check
    assert "Note: Ask <Ann> & co." in check


def test_what_one_person_chose_and_wrote_is_on_no_page_of_another(
    assessment: Assessment, other: Client
) -> None:
    theirs = Assessment.begin(other)
    blank = theirs.get("why-01").text
    typed = {"why-01": "started", "why-01-note": "Ask Ann", "why-01-reason": "No such work"}
    assessment.save("why-01", typed)
    assessment.refused("why-01", {**typed, "why-02": "no such stage", "why-02-note": "Ask Bea"})
    assert theirs.get("why-01").text == blank
    theirs.answer(why_01="started")
    page = theirs.get("why-01")
    assert {name: page.value(name) for name in typed} == {**dict.fromkeys(typed, ""), "why-01": "started"}


def test_a_matrix_question_has_a_row_for_each_chosen_job(assessment: Assessment) -> None:
    assessment.answer(pf_roles=["leaders", "legal"])
    assert assessment.get("tr-roles").names == {"tr-roles-leaders", "tr-roles-legal"}
    assessment.save("tr-roles", {"tr-roles-leaders": "some"})
    assessment.save("tr-roles", {"tr-roles-legal": "most"})
    page = assessment.get("tr-roles")
    assert (page.value("tr-roles-leaders"), page.value("tr-roles-legal")) == ("some", "most")
    assessment.save("tr-roles", {"tr-roles-leaders": ""})
    assert assessment.stored()["answers"]["tr-roles"] == {"legal": "most"}


def test_a_posted_field_changes_its_answer_and_an_absent_one_changes_nothing(assessment: Assessment) -> None:
    assessment.save("why-01", {"why-01": "started", "why-01-note": "Mine", "why-02": "mostly"})
    assessment.save("why-01", {"why-02": "not_yet"})
    page = assessment.get("why-01")
    now = {"why-01": "started", "why-01-note": "Mine", "why-02": "not_yet"}
    assert {name: page.value(name) for name in now} == now
    assessment.save("why-01", {"why-01-note": ""})
    page = assessment.get("why-01")
    assert (page.value("why-01"), page.value("why-01-note")) == ("started", "")


def test_the_same_page_sent_twice_is_saved_once(assessment: Assessment) -> None:
    for _ in range(2):
        assessment.answer(pf_scope="whole")
    assert assessment.stored()["answers"] == {"pf-scope": "whole"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  two\r\nlines \r", "two\nlines"),
        ("e\u0301cole", "école"),
        ("tab\there", "tab\there"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("turn\u202earound\u2066 zero\u200bwidth\ufeff", "turnaround zero\u200bwidth"),
        ("👩\u200d👩\u200d👧 \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("\u05e9\u05dc\u05d5\u05dd ملاحظة", None),
        ("{{ 7 * 7 }} <script>alert(1)</script>", None),
        ("   ", ""),
    ],
)
def test_notes_are_cleaned_and_otherwise_saved_as_typed(
    assessment: Assessment, typed: str, stored: str | None
) -> None:
    assessment.save("why-01", {"why-01": "started", "why-01-note": typed})
    assert assessment.get("why-01").value("why-01-note") == (typed if stored is None else stored)


def test_a_note_within_its_limit_after_cleaning_is_saved(assessment: Assessment) -> None:
    text = "é\r\n" * 1000  # 3,000 characters as sent, 2,000 when saved, the last end of line trimmed
    assessment.save("why-01", {"why-01-note": text})
    assert len(assessment.get("why-01").value("why-01-note")) == 1999
