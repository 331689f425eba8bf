"""A new version of the content: what is finished stays with its own, a draft is upgraded on request."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.database.tables import CachedFile
from app.extensions import db
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.second_version import TODAY, VERSION, reworded_files, second_version_files

REWORDED = "Before clients share something, we tell them what we would have to report."


@pytest.fixture
def second_content(tmp_path: Path) -> Path:
    """The content of the second version."""
    return written(second_version_files(), tmp_path / "content")


@pytest.fixture
def newer(make_app: MakeApp, second_content: Path) -> Client:
    """A browser on the site after the new version was put in place, with the same database."""
    return Client(make_app(second_content))


@pytest.fixture
def reworded(make_app: MakeApp, tmp_path: Path) -> Client:
    """A browser on the site after a version with the same questions and one other word was put in place."""
    return Client(make_app(written(reworded_files(), tmp_path / "reworded")))


def written(files: Mapping[str, str], folder: Path) -> Path:
    """Return the folder, made to hold these files."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def moved(assessment: Assessment, client: Client) -> Assessment:
    """Return the assessment as the same browser sees it on the site of today."""
    client.raw.set_cookie("assessment", assessment.client.raw.get_cookie("assessment").value)
    return Assessment(client, assessment.address)


def test_a_finished_assessment_keeps_its_texts_its_rules_and_its_pdf(
    assessment: Assessment, newer: Client
) -> None:
    assessment.save("start-01", {"start-01": "not_yet", "start-03": "not_yet"})
    assessment.save("why-01", {"why-01": "not_yet", "why-02": "not_sure"})
    assessment.finish()
    before = assessment.client.get(assessment.at("plan")).text
    later = moved(assessment, newer)
    assert later.client.get(later.at("plan")).text == before
    for rest in ("plan.json", "answers.yaml", "plan.pdf"):
        assert later.client.file(later.at(rest)).data == assessment.client.file(assessment.at(rest)).data


def test_the_oldest_pdf_is_made_again_the_same_after_the_content_changed(
    assessment: Assessment, newer: Client
) -> None:
    assessment.save("why-01", {"why-01": "not_yet"})
    assessment.finish()
    later = moved(assessment, newer)
    first_made_after_the_change = later.client.file(later.at("plan.pdf")).data
    forget_cached_files(newer)
    assert assessment.client.file(assessment.at("plan.pdf")).data == first_made_after_the_change


def test_a_draft_stays_with_the_questions_it_began_with_and_says_that_there_are_newer(
    assessment: Assessment, newer: Client
) -> None:
    assessment.save("harm-06", {"harm-06": "started"})
    later = moved(assessment, newer)
    page = later.get("harm-06")
    assert REWORDED not in page.text
    assert "newer questions than the ones you started with" in page.text
    assert later.stored()["questionnaire"]["version"] == TODAY
    later.finish()
    assert later.stored()["questionnaire"]["version"] == TODAY


def test_a_draft_is_upgraded_only_after_a_list_of_what_moves_along_and_what_is_lost(
    assessment: Assessment, newer: Client
) -> None:
    assessment.save("harm-06", {"harm-06": "started", "harm-06-note": "Stays with its question"})
    assessment.save("start-02", {"start-02": "mostly", "start-02-note": "Lost with its question"})
    assessment.answer(
        cap_01="not_yet", signs_03="started", harm_08="mostly", pf_who_roles=["leader", "board"]
    )
    later = moved(assessment, newer)
    page = newer.get(later.at("update"))
    left_out, carried_over = page.text.split("Carried over (2)")
    assert "Left out (4)" in left_out
    for reason in (
        "What we ask has changed, so this needs a new answer.",
        "This is now more than one question.",
        "This is now part of a larger question.",
        "We no longer ask this.",
        "Lost with its question",
    ):
        assert reason in left_out
    for words in ("Stays with its question", "No longer offered: Board member. The rest stays."):
        assert words in carried_over
    assert later.stored()["questionnaire"]["version"] == TODAY
    newer.post(later.at("update"))
    assert later.stored()["questionnaire"]["version"] == VERSION
    assert later.stored()["answers"] == {"pf-who-roles": ["leader"], "harm-06": "started"}
    page = later.get("harm-06")
    assert REWORDED in page.text
    assert "newer questions" not in page.text
    assert newer.redirect(later.at("update")) == later.at("")


def test_a_head_request_upgrades_nothing(assessment: Assessment, newer: Client) -> None:
    later = moved(assessment, newer)
    assert newer.raw.head(later.at("update")).status_code == 200
    assert later.stored()["questionnaire"]["version"] == TODAY


def test_an_answer_with_nothing_that_is_still_offered_is_left_out(
    assessment: Assessment, newer: Client
) -> None:
    assessment.answer(pf_who_roles=["board"])
    later = moved(assessment, newer)
    assert "This answer can no longer be chosen." in newer.get(later.at("update")).text
    newer.post(later.at("update"))
    assert later.stored()["answers"] == {}


def test_a_draft_is_offered_no_move_to_a_version_that_asks_the_same(
    assessment: Assessment, reworded: Client
) -> None:
    assessment.save("harm-06", {"harm-06": "started"})
    later = moved(assessment, reworded)
    for page in (later.get("harm-06"), reworded.get(later.at("check"))):
        assert "newer questions" not in page.text.lower()
    assert reworded.redirect(later.at("update")) == later.at("")
    assert later.stored()["questionnaire"]["version"] == TODAY


def test_a_finished_assessment_keeps_the_words_of_its_version(
    assessment: Assessment, reworded: Client
) -> None:
    assessment.save("why-01", {"why-01": "not_yet"})
    assessment.finish()
    before = assessment.client.get(assessment.at("plan")).text
    later = moved(assessment, reworded)
    assert later.client.get(later.at("plan")).text == before
    for rest in ("plan.json", "plan.pdf"):
        assert later.client.file(later.at(rest)).data == assessment.client.file(assessment.at(rest)).data


def test_a_draft_of_today_has_nothing_to_move_to(assessment: Assessment) -> None:
    assert assessment.client.redirect(assessment.at("update")) == assessment.at("")


def forget_cached_files(client: Client) -> None:
    """Delete every cached PDF, so that it has to be generated again."""
    with client.app.app_context():
        db.session.execute(delete(CachedFile))
        db.session.commit()
