"""Nothing stands in the way of a second language: a made-up one marks every message of the site."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import Forbidden, ServiceUnavailable, TooManyRequests

from tests.support.client import Assessment, Client
from tests.support.page import PSEUDO_LANGUAGE, Page
from tests.support.project_files import TEMPLATES, python_files, read
from tests.support.pseudo_locale import content_pieces, pseudo_catalog, speak_pseudo, untranslated
from tests.support.sample import SAMPLE_FOLDER

# A whole number that counts the word after it, or what is counted before: not "part 2 of 7".
_COUNTS = re.compile(r"%\((?:count|num)\)[sd] \w|%\(\w+\)d (?!of )\w")
# A list that is joined by an English word.
_JOINED = re.compile(r"""\b(?:and|or)\b[^\w"']*["']\.join\(|join\(["'][^"']*\b(?:and|or)\b""")


@pytest.fixture(scope="session")
def content() -> frozenset[str]:
    """The words of the questionnaire."""
    return content_pieces(SAMPLE_FOLDER)


@pytest.fixture
def translated(own_app: Flask, tmp_path: Path) -> Client:
    """A browser on a site that speaks the made-up language."""
    speak_pseudo(own_app, tmp_path / "translations")
    return Client(own_app)


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
