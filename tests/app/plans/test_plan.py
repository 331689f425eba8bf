"""The plan of a finished assessment: on screen and as files."""

import json
from pathlib import Path

import pytest

from app.pdf_cache import use_worker
from reports.documents.pdf.worker import PdfWorker
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import text_of
from tests.support.sample import sample_questionnaire

# The public contract, design section 4.
KEYS = {"questionnaire", "agency", "date", "sections", "strengths", "actions", "training"}
KEYS |= {"find_out_first", "resources", "not_recommended"}
ACTION_KEYS = {"question", "section", "rank", "band", "gap", "importance", "priority", "because"}
ACTION_KEYS |= {"first_step", "measure", "in_plan", "resources", "supplements"}


@pytest.fixture
def finished(assessment: Assessment) -> Assessment:
    """An assessment with a strength, gaps of each size, something unknown, left out, and noted."""
    assessment.answer(pf_size="s6_20", pf_services=["intake", "legal"], pf_populations=["women", "minors"])
    assessment.save("why-01", {"why-01": "part_of_work", "why-02": "not_yet", "why-03": "not_sure"})
    assessment.save("start-01", {"start-01": "started", "start-02": "mostly", "start-01-note": "Ask <Ann>"})
    assessment.save("harm-01", {"harm-01": "not_yet", "harm-02": "not_yet", "harm-03": "not_yet"})
    assessment.save("cap-08", {"cap-08": "not_applicable", "cap-08-reason": "No such work"})
    assessment.save("tr-topics", {"tr-topics-screening": "few"})
    assessment.finish()
    return assessment


def plan_json(assessment: Assessment) -> dict:
    response = assessment.client.file(assessment.at("plan.json"))
    assert response.mimetype == "application/json"
    return json.loads(response.data)


def shown(finished: Assessment, action: str) -> str:
    """Return the words of an action of the plan, opened."""
    page = finished.client.get(finished.at(f"plan?show={action}"))
    return text_of(page.one(f"article[@id='action-{action}']"))


def test_each_action_opens_with_its_reason_first_step_and_measure(finished: Assessment) -> None:
    actions = plan_json(finished)["actions"]
    assert len(actions) == 6
    for action in actions:
        text = shown(finished, action["question"])
        for part in ("because", "first_step", "measure"):
            assert " ".join(action[part].split()) in text
    page = finished.client.get(finished.at("plan"))
    sections = [section.get("aria-labelledby") for section in page.all("section")]
    assert sections.index("actions") < sections.index("strengths")
    assert sections.index("strengths") < sections.index("stand") < sections.index("further")


def test_actions_outside_the_plan_have_no_dates_and_no_lead(finished: Assessment) -> None:
    outside = [action["question"] for action in plan_json(finished)["actions"] if not action["in_plan"]]
    for action in outside:
        labels = sample_questionnaire().texts.work.fields
        for label in (labels["owner"].suggested, labels["due"].suggested, labels["due"].label, "Suggested"):
            assert label not in shown(finished, action)


def test_the_pages_show_what_was_typed_where_it_belongs(finished: Assessment) -> None:
    assert "Ask <Ann>" in shown(finished, "start-01")
    assert "Your reason: No such work" in finished.client.get(finished.at("plan/left-out")).text


def test_the_pages_beside_the_plan_lead_to_each_other_and_hold_what_they_name(finished: Assessment) -> None:
    plan = plan_json(finished)
    first = finished.client.get(finished.at("plan"))
    for chapter, words in {
        "resources": finished.client.questionnaire.resource[plan["resources"][0]["id"]].title,
        "training": "Few or none",
        "find-out": finished.client.questionnaire.questions["why-03"].short,
        "left-out": finished.client.questionnaire.questions["cap-08"].text,
        "method": finished.client.questionnaire.texts.plan.how_made[0],
    }.items():
        page = finished.client.get(finished.at(f"plan/{chapter}"))
        assert words in page.text
        (here,) = [a for a in page.all("nav//a") if a.get("aria-current")]
        assert here.get("href") == finished.at(f"plan/{chapter}")
        assert page.link("Plan") == finished.at("plan")
        assert first.link(text_of(here)) == finished.at(f"plan/{chapter}")


@pytest.mark.parametrize("anchor", ["resources", "training", "find-out", "left-out", "how", "strengths"])
def test_links_to_the_sections_of_the_plan_still_land_somewhere(finished: Assessment, anchor: str) -> None:
    finished.client.get(finished.at("plan")).one(f"*[@id='{anchor}']")


def test_the_json_keeps_the_public_contract(finished: Assessment) -> None:
    plan = plan_json(finished)
    questionnaire = sample_questionnaire()
    assert plan.keys() >= KEYS
    assert plan["questionnaire"] == {"id": questionnaire.id, "version": questionnaire.version}
    assert plan["agency"] == "Harbor House"
    assert [action["rank"] for action in plan["actions"]] == list(range(1, 7))
    assert all(action.keys() >= ACTION_KEYS for action in plan["actions"])
    assert sum(action["in_plan"] for action in plan["actions"]) == plan["plan_size"] == 4
    assert [(item["question"], item["stage"]) for item in plan["strengths"]] == [("why-01", "part_of_work")]
    assert [item["question"] for item in plan["find_out_first"]] == ["why-03"]
    assert [(n["question"], n["reason"]) for n in plan["not_applicable"]] == [("cap-08", "No such work")]
    (need,) = plan["training"]
    assert need["row"] == "screening"
    for resource in plan["resources"]:
        assert resource["reasons"]
        assert resource["url"] is None or resource["url"].startswith("http")
    shown = [resource["id"] for resource in plan["resources"]]
    left_out = [resource["id"] for resource in plan["not_recommended"]]
    assert sorted(shown + left_out) == sorted(resource.id for resource in questionnaire.resources)


def test_the_pdf_is_made_once_and_stays_the_same_over_a_restart(
    finished: Assessment, make_app: MakeApp, tmp_path: Path
) -> None:
    first = finished.client.file(finished.at("plan.pdf"))
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-1.")
    assert first.headers["Content-Disposition"].startswith("attachment; filename=action-plan-harbor-house-20")
    again, worker = make_app(), PdfWorker()
    use_worker(again, worker)
    client = Client(again)
    client.raw.set_cookie("assessment", finished.client.raw.get_cookie("assessment").value)
    assert client.file(finished.at("plan.pdf")).data == first.data
    assert not worker.running


def test_a_pdf_that_cannot_be_made_gives_a_page_and_the_plan_stays(finished: Assessment) -> None:
    worker = PdfWorker(timeout=0.05)
    use_worker(finished.client.app, worker)
    try:
        page = finished.client.get(finished.at("plan.pdf"), 503)
    finally:
        worker.stop()
    assert page.h1 == "The file could not be created"
    assert page.link("Try the file again") == finished.at("plan.pdf")


@pytest.mark.parametrize("rest", ["plan", "plan.pdf", "plan.json"])
def test_a_draft_has_no_plan_yet_and_leads_to_the_check_page(assessment: Assessment, rest: str) -> None:
    assert assessment.client.redirect(assessment.at(rest)) == assessment.at("check")
    assert "There is no plan yet" in assessment.client.get(assessment.at("check")).text


def test_the_downloaded_answers_give_the_same_plan_on_the_command_line(
    finished: Assessment, run: object, tmp_path: Path
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_bytes(finished.client.file(finished.at("answers.yaml")).data)
    result = run("plan", file, "--json", tmp_path / "plan.json")
    assert (result.code, result.err) == (0, "")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8")) == plan_json(finished)


def test_the_answers_of_a_draft_can_be_downloaded_and_loaded_too(
    assessment: Assessment, run: object, tmp_path: Path
) -> None:
    assessment.save("start-01", {"start-01": "not_yet", "start-02-note": "no answer: only a note"})
    response = assessment.client.file(assessment.at("answers.yaml"))
    assert response.headers["Content-Disposition"] == "attachment; filename=answers-draft.yaml"
    (tmp_path / "answers.yaml").write_bytes(response.data)
    assert run("plan", tmp_path / "answers.yaml", "--json", tmp_path / "plan.json").code == 0


def test_a_plan_with_nothing_in_it_says_so_on_every_page(assessment: Assessment) -> None:
    page = assessment.finish("")
    texts = assessment.client.questionnaire.texts.plan
    assert texts.nothing_answered in page.text
    assert page.all("main//svg") == []
    training = "You have not answered the training questions yet."
    assert training in assessment.client.get(assessment.at("plan/training")).text


def test_where_little_is_known_the_plan_begins_with_whom_to_ask(assessment: Assessment) -> None:
    assessment.answer(why_01="not_yet", why_02="not_sure")
    page = assessment.finish()
    sections = [section.get("aria-labelledby") for section in page.all("section")]
    assert sections[:2] == ["find-out", "actions"]
    section = page.one("section[@aria-labelledby='find-out']")
    assert all("Ask: " in text_of(heading) for heading in section.iter("h3"))
    questions = assessment.client.questionnaire.questions
    assert questions["why-02"].short in text_of(section)
    assert questions["start-06"].short in text_of(section)
