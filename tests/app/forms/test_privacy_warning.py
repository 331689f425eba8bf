"""The gentle warning before a text is saved that looks like client data."""

import io
from collections.abc import Callable
from pathlib import Path

from tests.support.client import Assessment, Client
from tests.support.page import Page

NOTE = "why-01-note"
CALL_MARIA = "Call Maria at 202-555-0143."


def keep_of(page: Page, field: str) -> str:
    """Return what the check box beside a field sends."""
    return page.one(f"input[@id='{field}-keep']").get("value", "")


def test_a_note_that_looks_private_returns_with_a_warning_and_all_typed_text(assessment: Assessment) -> None:
    page = assessment.refused("why-01", {"why-01": "started", NOTE: CALL_MARIA, "why-02": "mostly"})
    assert page.title.startswith("Please look again: ")
    beside = page.error_beside(NOTE)
    assert beside.startswith("Please look again: “202-555-0143” looks like a telephone number.")
    assert "Error" not in beside
    assert list(page.errors()) == [NOTE]
    assert page.value(NOTE) == CALL_MARIA
    assert (page.value("why-01"), page.value("why-02")) == ("started", "mostly")
    assert assessment.stored()["answers"] == {}


def test_an_acknowledged_text_is_saved_and_not_asked_about_again(assessment: Assessment) -> None:
    page = assessment.refused("why-01", {NOTE: CALL_MARIA})
    assessment.save("why-01", {NOTE: CALL_MARIA, "keep": keep_of(page, NOTE)})
    assert assessment.stored()["notes"] == {"why-01": CALL_MARIA}
    longer = f"{CALL_MARIA} She leads the board."
    assessment.save("why-01", {NOTE: longer})
    assert assessment.stored()["notes"] == {"why-01": longer}


def test_another_match_is_asked_about_after_the_first_was_acknowledged(assessment: Assessment) -> None:
    page = assessment.refused("why-01", {NOTE: CALL_MARIA})
    keep = keep_of(page, NOTE)
    page = assessment.refused("why-01", {NOTE: f"{CALL_MARIA} DOB 3/4/1990", "keep": keep})
    assert "3/4/1990” looks like a date of birth" in page.error_beside(NOTE)
    assert keep_of(page, NOTE) != keep


def test_the_box_stays_ticked_while_something_else_is_wrong(assessment: Assessment) -> None:
    keep = keep_of(assessment.refused("why-01", {NOTE: CALL_MARIA}), NOTE)
    page = assessment.refused("why-01", {NOTE: CALL_MARIA, "keep": keep, "why-02-note": "x" * 2001})
    assert list(page.errors()) == ["why-02-note"]
    assert page.title.startswith("1 error: ")
    assert page.one(f"input[@id='{NOTE}-keep']").get("checked") is not None


def test_the_preview_of_a_change_carries_acknowledged_texts(assessment: Assessment) -> None:
    keep = keep_of(assessment.refused("why-01", {NOTE: CALL_MARIA}), NOTE)
    assessment.save("why-01", {"why-01": "not_yet"})
    assessment.save("why-05", {"why-05": "not_yet"})
    response = assessment.client.send(
        assessment.page_of("why-01"), {"why-01": "part_of_work", NOTE: CALL_MARIA, "keep": keep}
    )
    page = Page(response)
    assert page.h1.startswith("Before we save")
    assessment.client.post(assessment.page_of("why-01"), {name: page.value(name) for name in page.names})
    assert assessment.stored()["notes"] == {"why-01": CALL_MARIA}


def test_the_name_on_the_plan_and_the_work_on_it_are_asked_about_too(assessment: Assessment) -> None:
    assessment.answer(why_01="not_yet")
    page = assessment.client.refused(assessment.at("finish"), {"agency": "Maria, 202-555-0143"})
    assert list(page.errors()) == ["agency"]
    assessment.finish()
    for address, data, field in (
        ("plan/actions/why-01", {"notes": CALL_MARIA, "status": "not_started"}, "notes"),
        ("plan/actions/why-01/move", {"place": "out", "reason": CALL_MARIA}, "reason"),
        ("plan/actions", {"title": CALL_MARIA, "section": "why"}, "title"),
    ):
        page = assessment.client.refused(assessment.at(address), data)
        assert list(page.errors()) == [field]
        assessment.client.post(assessment.at(address), {**data, "keep": keep_of(page, field)})


FILE = f"agency: Harbor House\nanswers: {{why-01: started}}\nnotes: {{why-01: '{CALL_MARIA}'}}\n"


def test_a_file_with_what_looks_private_is_shown_before_anything_is_loaded(client: Client) -> None:
    response = client.raw.post(
        "/assessments/load",
        data={"csrf_token": client.token(), "file": (io.BytesIO(FILE.encode()), "answers.yaml")},
    )
    page = Page(response)
    assert page.h1 == "Please look again"
    assert "“202-555-0143” looks like a telephone number" in page.text
    assessment = Assessment(
        client, client.post("/assessments/load", {"agreed": page.value("agreed")}).removesuffix("/check")
    )
    assert assessment.stored()["notes"] == {"why-01": CALL_MARIA}


def test_the_command_warns_and_continues(run: Callable[..., object], tmp_path: Path) -> None:
    answers, plan = tmp_path / "answers.yaml", tmp_path / "plan.json"
    answers.write_text(FILE)
    result = run("plan", answers, "--json", plan)
    assert result.code == 0
    assert f"{answers}: notes: why-01: “202-555-0143” looks like a telephone number." in result.err
    assert plan.exists()
