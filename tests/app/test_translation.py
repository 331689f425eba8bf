"""Nothing stands in the way of a second language: a made-up one marks every message of the site."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2.meta import find_undeclared_variables
from werkzeug.exceptions import Forbidden, ServiceUnavailable, TooManyRequests

from app.mail.messages import compose
from tests.support.addresses import get_every
from tests.support.agency import new_team
from tests.support.client import Assessment, Client, two_finished
from tests.support.page import PSEUDO_LANGUAGE, Page
from tests.support.people import link_in, sent_emails
from tests.support.project_files import PROJECT, TEMPLATES, python_files, read
from tests.support.pseudo_locale import (
    content_pieces,
    pseudo_catalog,
    speaking_pseudo,
    untranslated,
    untranslated_in,
)
from tests.support.sample import SAMPLE_FOLDER

# What people typed, and what was stored of their browser when they signed in.
STORED = frozenset(("Harbor House", "Owner", "Editor", "Viewer", "Another browser"))

# A whole number that counts the word after it, or what is counted before: not "part 2 of 7".
_COUNTS = re.compile(r"%\((?:count|num)\)[sd] \w|%\(\w+\)d (?!of )\w")
# A list that is joined by an English word.
_JOINED = re.compile(r"""\b(?:and|or)\b[^\w"']*["']\.join\(|join\(["'][^"']*\b(?:and|or)\b""")


@pytest.fixture(scope="session")
def content() -> frozenset[str]:
    """The words of the questionnaire."""
    return content_pieces(SAMPLE_FOLDER)


@pytest.fixture
def translated(own_app: Flask, tmp_path: Path) -> Iterator[Client]:
    """A browser on a site that speaks the made-up language."""
    with speaking_pseudo(own_app, tmp_path / "translations"):
        yield Client(own_app)


def test_what_counts_a_word_has_plural_forms() -> None:
    singular = [message.id for message in pseudo_catalog() if isinstance(message.id, str)]
    assert [text for text in singular if _COUNTS.search(text)] == []


def test_no_list_is_joined_by_an_english_word() -> None:
    files = (*python_files("app", "questions", "reports"), *TEMPLATES)
    assert [str(file) for file in files if _JOINED.search(read(file))] == []


def test_the_sites_own_words_can_be_translated(translated: Client, content: frozenset[str]) -> None:
    addresses = [
        *("/", "/guide", "/guide?q=interview&format=webinar&section=none", "/guide/harm", "/privacy"),
        *("/assessments/return", "/account/forgot-password", "/account/passkey", "/accessibility"),
    ]
    pages = [translated.get(address) for address in addresses]
    assert {page.root.get("lang") for page in pages} == {PSEUDO_LANGUAGE}
    assert [page.address for page in pages if "⟦" not in page.text] == []
    found = [(page.address, untranslated(page, content)) for page in pages]
    assert [(address, pieces) for address, pieces in found if pieces] == []


def test_the_words_of_the_wizard_can_be_translated(translated: Client, content: frozenset[str]) -> None:
    assessment = Assessment.begin(translated)
    assessment.save("why-01", {"why-01": "not_yet", "why-01-note": "12345"})
    pages = [
        *(assessment.get(question) for question in ("why-01", "pf-services", "tr-roles")),
        assessment.refused("why-01", {"why-01-note": "0" * 2001}),
        assessment.refused("why-01", {"why-01-note": "202-555-0143"}),
        *(translated.get(assessment.at(rest)) for rest in ("check", "finish", "pause")),
        translated.get(translated.post(assessment.at("pause"))),
        translated.get("/"),
    ]
    translated.post(assessment.at("finish"), {"agency": ""})
    pages.append(translated.get(assessment.at("retake")))
    found = [(page.address, untranslated(page, content)) for page in pages]
    assert [(address, pieces) for address, pieces in found if pieces] == []


def test_the_words_for_a_file_of_answers_can_be_translated(
    translated: Client, content: frozenset[str]
) -> None:
    assert untranslated(translated.get("/assessments/load"), content) == []
    assert untranslated(translated.refused("/assessments/load"), content) == []
    problems = "answers: {why-01: nothing, tr-roles: {leaders: x}, no: a}\ndate: 3/1/2026\npoints_to: [no]"
    for text in (problems, "a: 1\na: 2", "%PDF-1.7", '{"a": 1, "a": 2}', "- a"):
        sent = {"file": (io.BytesIO(text.encode()), "answers.yaml"), "csrf_token": translated.token()}
        page = Page(translated.raw.post("/assessments/load", data=sent))
        shown = untranslated(page, content)
        assert set(shown) <= {"why", "tr", "roles", "date", "points_to"}, shown


def test_the_words_of_errors_can_be_translated(
    own_app: Flask, translated: Client, content: frozenset[str]
) -> None:
    errors = {403: Forbidden(), 429: TooManyRequests(retry_after=100), 503: ServiceUnavailable()}

    @own_app.get("/error/<int:code>")
    def fail(code: int) -> str:
        raise errors[code]

    pages = [translated.get(f"/error/{code}", code) for code in errors]
    for page in (*pages, translated.get("/nothing", 404)):
        assert page.root.get("lang") == PSEUDO_LANGUAGE
        assert untranslated(page, content) == []


def test_the_words_of_every_page_can_be_translated(
    own_app: Flask, tmp_path: Path, content: frozenset[str]
) -> None:
    team = new_team(own_app)
    assessment, draft = team.begin(), team.begin()
    draft.answer(why_01="not_yet")
    ids = two_finished(assessment)
    team.owner.post("/assessments/?where=device&device=own")
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    team.owner.get("/")  # what was said in English of the invitation is said there
    team.editor.post(assessment.at("links"), {"days": "7"})
    shared = team.editor.get(assessment.at("links")).by_class("return-code__link")[0]
    links = {
        "agencies": link_in(sent_emails(own_app)[-1], "/agencies/join/"),
        "shared": "".join(shared.itertext()).strip(),
    }
    tokens = {folder: link.split("/")[-1] for folder, link in links.items()}
    public_ids = (assessment.public_id, draft.public_id, ids["public_id"], team.public_id)
    with speaking_pseudo(own_app, tmp_path / "translations"):
        answers = list(get_every(team.owner, public_ids, ids, tokens, files=False))
    shown = [one for one in answers if one.status_code == 200 and one.mimetype == "text/html"]
    left = {one.request.path: untranslated(Page(one), content | STORED) for one in shown}
    assert {path: pieces for path, pieces in left.items() if pieces} == {}
    assert len(left) > 40


def test_the_words_of_every_email_can_be_translated(translated: Client, content: frozenset[str]) -> None:
    environment = translated.app.jinja_env
    for file in sorted((PROJECT / "templates" / "emails").glob("*.txt")):
        names = find_undeclared_variables(environment.parse(file.read_text()))
        values = {name: ["7"] if name == "lines" else 7 for name in names - {"site_name", "site_url"}}
        with translated.app.test_request_context():
            email = compose("7@example.org", f"emails/{file.name}", **values)
        for text in (email.subject, email.text):
            assert "⟦" in text, file.name
            assert untranslated_in(text, content) == [], file.name
