"""The start page, and beginning."""

import re
from pathlib import Path

from app.assessments.start_view import ways_to_start
from questions.loading.loader import read_folder
from tests.support.application import MakeApp
from tests.support.broken_content import broken
from tests.support.client import Assessment, Client
from tests.support.sample import NEWER_FOLDER


def test_the_start_page_says_what_it_is_how_long_it_takes_and_shows_a_sample(client: Client) -> None:
    page = client.get("/")
    assert client.questionnaire.guide.title in page.text
    assert client.questionnaire.texts.screen.content_note in page.text
    assert re.search(r"\d+ to \d+ minutes alone, \S+ hours as a group", page.text)
    for promise in ("there is no tracking", "No account is needed"):
        assert promise in page.text
    sample = client.raw.get(page.link("See a sample plan (PDF)"))
    assert (sample.status_code, sample.mimetype) == (200, "application/pdf")
    assert sample.headers["Content-Disposition"].startswith("inline")


def test_where_the_content_has_two_depths_each_is_a_way_to_start(make_app: MakeApp) -> None:
    client = Client(make_app(NEWER_FOLDER))
    depth = client.questionnaire.rules.depth
    shorter, longer = ways_to_start(client.questionnaire)
    assert shorter.essentials
    assert not longer.essentials
    assert shorter.questions < longer.questions
    assert shorter.minutes < longer.minutes
    for way in (shorter, longer):
        address = client.post("/assessments/", {"depth": way.depth, "device": "own"})
        assessment = Assessment(client, "/".join(address.split("/")[:3]))
        assert assessment.get(depth.question).value(depth.question) == way.depth
        assert address != assessment.page_of(depth.question)
        client.get(address)  # a page that asks something
        assert f"1 of {way.questions} questions answered." in client.get(assessment.at("check")).text
    for other in ("", "nonsense"):
        assert client.post("/assessments/", {"depth": other, "device": "own"}).endswith("/profile/depth")


def test_begin_leads_to_the_first_page_without_an_account(client: Client) -> None:
    assert client.post("/assessments/") == "/assessments/where"
    address = client.post("/assessments/", {"device": "own"})
    assert address.endswith("/profile/about")
    assert client.get(address).h1 == "About this check"


def test_the_start_page_lists_assessments_of_this_browser_newest_first(client: Client) -> None:
    first, second = Assessment.begin(client), Assessment.begin(client)
    first.finish("Harbor House")
    page = client.get("/")
    offered = [a.get("href") for a in page.by_class("continue__list")[0].iter("a")]
    assert offered == [second.at(""), first.at(""), first.at("retake")]
    assert "Harbor House, finished" in page.text
    assert page.link("My self-check") == second.at("")
    assert page.link("My plan") == first.at("plan")
    assert "Self-check, started" in page.text


def test_the_start_page_offers_nothing_of_other_browsers(client: Client, other: Client) -> None:
    Assessment.begin(client)
    assert not other.get("/").by_class("continue")


def test_a_browser_remembers_twenty_assessments_within_the_size_of_a_cookie(client: Client) -> None:
    assessments = [Assessment.begin(client) for _ in range(22)]
    client.get(assessments[2].page_of("pf-scope"))
    client.get(assessments[1].page_of("pf-scope"), 404)
    assessments[-1].save("pf-scope", go="pause")
    assert len(client.raw.get_cookie("assessment").value) < 3000


def test_the_start_page_names_who_reviewed_the_questions_or_says_that_nobody_has(
    make_app: MakeApp, tmp_path: Path
) -> None:
    reviewer = '{name: "Ana Ruiz", role: "survivor leader", date: "2026-12-01", note: "parts 2 to 4"}'
    files = read_folder(NEWER_FOLDER)
    reviewed = broken(files, "questionnaire.yaml", "reviewers: []", f"reviewers: [{reviewer}]")
    for name, content, said in (
        ("nobody", files, "Survivors and providers have not reviewed them yet"),
        (
            "somebody",
            reviewed,
            "They were reviewed by Ana Ruiz, survivor leader, December 1, 2026 (parts 2 to 4).",
        ),
    ):
        (tmp_path / name).mkdir()
        for file, text in content.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
        assert said in Client(make_app(tmp_path / name)).get("/").text
