"""Whatever is sent, the answer is a page, and what is stored still makes a plan."""

import gc
import io
import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask

from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.sample import NEWER_FOLDER

POSTS = 300
PAGES = ["pf-scope", "pf-services", "pf-partners", "why-01", "start-06", "tr-roles", "tr-topics", "tr-how"]
VALUES = [
    b"",
    b"not_yet",
    b"not_sure",
    b"none",
    b"legal",
    b"%00",
    b"\xff\xfe\x80",  # no text in any encoding we know
    b"%ED%A0%80",  # a lone surrogate
    b"%F4%90%80%80",  # beyond the last character
    b"%",
    b"%zz",
    b"{}",
    b"\xe2\x80\xae%E2%81%A6",  # right-to-left marks
    "\u0f0b".join("ཀ" * 500).encode(),
    b"1e999",
    b"-1",
    b"[]",
    b"{'$ne': 1}",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ config }}",
    b"x" * 2001,
    b"x" * 100_000,
    "👩‍👧‍👦".encode() * 300,
    b"a%CC%81" * 700,  # shorter once composed
    b"%EF%B7%BA" * 200,  # a character that some forms of text make 18 of
]
TYPES = [
    *["application/x-www-form-urlencoded"] * 12,
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/json",
    "text/plain",
    "",
]
ALLOWED = {302, 400, 404, 409, 413, 415, 422, 429}


def bodies(chance: random.Random, fields: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield mutated forms: a content type and a body each."""
    names = [*fields, "go", "csrf_token", "__class__", "data", "errors", "validate", "\x00", ""]
    for _ in range(POSTS):
        count = chance.choice([0, 1, 1, 2, 3, 5, 40])
        pairs = [(chance.choice(names), chance.choice(VALUES)) for _ in range(count)]
        type_ = chance.choice(TYPES)
        if type_.endswith("=b"):
            parts = [
                b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
                % (name.encode(), chance.choice([b"", b'; filename="x"']), value)
                for name, value in pairs
            ]
            yield type_, b"".join(parts) + chance.choice([b"--b--\r\n", b"", b"--b"])
        else:
            yield type_, b"&".join(quote(name).encode() + b"=" + value for name, value in pairs)


# Werkzeug leaves files of broken forms to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_no_form_however_mutated_breaks_the_site(app: Flask) -> None:
    chance = random.Random(20261124)
    client = Client(app)
    assessment = Assessment.begin(client)
    token = {"X-CSRFToken": client.token()}
    fields = [name for question in PAGES for name in sorted(assessment.get(question).names)]
    places = [*map(assessment.page_of, PAGES), assessment.at("pause"), "/assessments/return"]
    seen = set()
    for type_, body in bodies(chance, fields):
        where = chance.choice(places) + chance.choice(["", "", "", "?from=check", "?from=%ff", "?%00=%00"])
        response = client.raw.post(where, data=body, content_type=type_, headers=token)
        assert response.status_code in ALLOWED, (response.status_code, where, type_, body[:200])
        seen.add(response.status_code)
    assert seen >= {302, 422}
    client.get(assessment.at("check"))
    for agency in VALUES:
        body = b"agency=" + agency
        response = client.raw.post(assessment.at("finish"), data=body, content_type=TYPES[0], headers=token)
        assert response.status_code in ALLOWED
    client.get(assessment.at("plan"))
    client.file(assessment.at("plan.json"))
    assessment.stored()
    gc.collect()


def test_a_file_in_the_place_of_any_field_is_refused_or_taken_as_words(make_app: MakeApp) -> None:
    client = Client(make_app(content=NEWER_FOLDER))
    assessment = Assessment.begin(client)
    of_each_kind = {question.kind: id_ for id_, question in client.questionnaire.questions.items()}
    for question in of_each_kind.values():
        for name in sorted(assessment.get(question).names):
            sent = {"csrf_token": client.token(), "shown": "{}", name: (io.BytesIO(b"%PDF"), "plan.pdf")}
            response = client.raw.post(assessment.page_of(question), data=sent)
            assert response.status_code in {302, 422}, (name, response.status_code)


ADDRESSES = ["%00/%00", "%ff/about", "profile/%ED%A0%80", "profile/about/..", "x" * 3000, "%2e%2e"]


@pytest.mark.parametrize("rest", ADDRESSES)
def test_no_address_breaks_the_site(assessment: Assessment, rest: str) -> None:
    client = assessment.client
    for before in (assessment.at(""), "/assessments/", "/assessments/return/", "/"):
        assert client.raw.get(before + rest).status_code in {200, 302, 308, 404, 405}


def test_a_cookie_of_nonsense_is_as_good_as_none(app: Flask) -> None:
    for cookie in ("", "nonsense", "e30.x.y", "\xff", "." * 3000):
        browser = app.test_client()
        browser.set_cookie("assessment", cookie)
        assert browser.get("/").status_code == 200
        assert browser.get("/assessments/AAAAAAAAAAAAAAAA/check").status_code == 404
