"""Pages for what goes wrong outside a form."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, ServiceUnavailable, TooManyRequests

from tests.support.application import UNREACHABLE_DATABASE, MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import Page
from tests.support.sample import SAMPLE_FOLDER


def test_an_unknown_address_has_a_page_with_a_way_on(client: Client) -> None:
    for address in ("/nothing", "/static/build/nothing.css", "/assessments/x/y/z/w", "/%00", "/..%2fetc"):
        assert client.get(address, 404).link("Go to the start page") == "/"


def test_a_wrong_method_has_a_page_and_names_the_right_ones(client: Client) -> None:
    response = client.raw.put("/assessments/")
    assert Page(response).h1 == "This page cannot be used that way"
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_too_much_at_once_has_a_page(assessment: Assessment) -> None:
    page = assessment.client.refused(assessment.page_of("why-01"), {"why-01-note": "x" * 600_000}, 413)
    assert page.h1 == "That was too much at once"
    assert "A note can hold 2,000 characters at most" in page.text


def test_the_error_for_a_large_file_gives_the_limit(client: Client) -> None:
    kind = "multipart/form-data; boundary=b"
    page = Page(client.raw.post("/assessments/load", data=b"x" * 600_000, content_type=kind))
    assert (page.status, page.h1) == (413, "That was too much at once")
    assert "A file of answers can hold 256 kB at most" in page.text


@pytest.mark.parametrize(
    ("error", "h1", "says"),
    [
        (Forbidden(), "You do not have permission to do this", "Nothing was changed"),
        (TooManyRequests(retry_after=100), "Please wait a little", "Please wait about 2 minutes."),
        (TooManyRequests(retry_after=61), "Please wait a little", "Please wait about 2 minutes."),
        (TooManyRequests(retry_after=60), "Please wait a little", "Please wait about 1 minute."),
        (TooManyRequests(retry_after=3601), "Please wait a little", "Please wait about 2 hours."),
        (TooManyRequests(), "Please wait a little", "Please wait a few minutes."),
        (ServiceUnavailable(retry_after=30), "The site cannot answer right now", "wait a minute"),
        (BadRequest(), "We could not read what was sent", "What you saved before is still there"),
    ],
    ids=[
        "403",
        "429",
        "429 for 61 seconds",
        "429 for a minute",
        "429 for an hour",
        "429 for a time unknown",
        "503",
        "400",
    ],
)
def test_an_error_says_what_happened_and_what_to_do(
    own_app: Flask, error: HTTPException, h1: str, says: str
) -> None:
    @own_app.get("/problem")
    def problem() -> str:
        raise error

    client = Client(own_app)
    page = client.get("/problem", error.code or 0)
    assert page.h1 == h1
    assert says in page.text
    assert page.link("Resume with a code") == "/assessments/return"
    wait = getattr(error, "retry_after", None)
    assert client.raw.get("/problem").headers.get("Retry-After") == (str(wait) if wait else None)


def test_an_error_page_leads_to_the_last_assessment(client: Client) -> None:
    finished, draft = Assessment.begin(client), Assessment.begin(client)
    assert client.get("/nothing", 404).link("Continue your self-check") == draft.at("")
    finished.finish()
    assert Client(client.app).get("/nothing", 404).link("Resume with a code") == "/assessments/return"


def test_a_form_without_its_token_changes_nothing_and_has_a_page(assessment: Assessment) -> None:
    for token in (None, "", "nonsense"):
        data = {"pf-scope": "whole"} | ({} if token is None else {"csrf_token": token})
        page = Page(assessment.client.raw.post(assessment.page_of("pf-scope"), data=data))
        assert (page.status, page.h1) == (400, "Your session has ended")
    assert assessment.stored()["answers"] == {}


def test_a_token_of_another_browser_is_rejected(assessment: Assessment, other: Client) -> None:
    data = {"pf-scope": "whole", "csrf_token": other.token()}
    assert assessment.client.raw.post(assessment.page_of("pf-scope"), data=data).status_code == 400


def test_an_internal_error_has_a_page_without_details(own_app: Flask) -> None:
    @own_app.get("/problem")
    def problem() -> str:
        raise RuntimeError("secret")

    page = Client(own_app).get("/problem", 500)
    assert page.h1 == "Something went wrong on our side"
    assert "secret" not in page.source


def test_a_lost_database_has_a_page_too(make_app: MakeApp) -> None:
    client = Client(make_app(database_url=UNREACHABLE_DATABASE, migrated=False))
    token = client.get("/assessments/return").one("input[@name='csrf_token']").get("value")
    page = Page(client.raw.post("/assessments/", data={"csrf_token": token, "device": "own"}))
    assert (page.status, page.h1) == (503, "The site cannot answer right now")


def test_content_that_cannot_be_read_has_a_page_too(make_app: MakeApp, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE_FOLDER, content)
    (content / "texts.yaml").write_text("screen: {}\n")
    client = Client(make_app(content))
    page = client.get("/guide", 500)
    assert page.h1 == "Something went wrong on our side"
    assert page.link("Try again") == "/guide"
    page = Page(client.raw.post("/assessments/x/y/z", data={"why-01": "not_yet"}))
    assert (page.status, page.h1) == (500, "Something went wrong on our side")


def test_only_built_files_are_cached_forever(client: Client) -> None:
    sheet = client.get("/").one("link[@rel='stylesheet']").get("href")
    with client.raw.get(sheet) as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.get("/static/build/gone.css", 404)


def test_with_cookies_blocked_the_page_says_that_one_is_needed_and_how_to_allow_it(client: Client) -> None:
    page = Page(Client(client.app).raw.post("/assessments/"))
    assert page.h1 == "This site needs one cookie"
    assert "Allow cookies for localhost" in page.text
    client.get("/")
    assert Page(client.raw.post("/assessments/")).h1 == "Your session has ended"
