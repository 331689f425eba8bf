"""On a device that others use, what is open ends with the browser; on one's own it stays for two weeks."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.client import Assessment, Client
from tests.support.page import text_of


def lasts(response: TestResponse) -> bool:
    """Return whether the cookie of this response outlives the browser."""
    cookies = [one for one in response.headers.getlist("Set-Cookie") if one.startswith("assessment=")]
    return any("Expires=" in one for one in cookies)


def begin(client: Client, device: str) -> TestResponse:
    return client.send("/assessments/", {"device": device})


@pytest.mark.parametrize(("device", "stays"), [("own", True), ("shared", False)])
def test_starting_asks_once_whose_device_it_is(client: Client, device: str, *, stays: bool) -> None:
    assert client.post("/assessments/") == "/assessments/where"
    page = client.get("/assessments/where")
    assert "Is this your own device?" in page.text
    nothing = {field.get("name"): "" for field in page.all("form//input[@type='hidden']")}
    nothing.pop("csrf_token")
    assert client.refused("/assessments/", nothing).errors().keys() == {"device"}
    first = begin(client, device)
    assert lasts(first) is stays
    second = client.send("/assessments/")
    assert second.headers["Location"].endswith("/profile/about"), "it is asked once"
    assert lasts(second) is stays
    saved = client.send(second.headers["Location"], {"pf-scope": "whole"})
    assert not saved.headers.getlist("Set-Cookie") or lasts(saved) is stays


def test_closing_the_last_one_lets_the_cookie_end_with_the_browser(client: Client) -> None:
    first, second = Assessment.begin(client), Assessment.begin(client)
    assert lasts(client.send(first.at("close")))
    assert not lasts(client.send(second.at("close")))


@pytest.mark.parametrize(("sent", "stays"), [({}, False), ({"own": "yes"}, True)])
def test_coming_back_with_a_code_keeps_it_open_on_ones_own_device_only(
    assessment: Assessment, other: Client, sent: dict[str, str], *, stays: bool
) -> None:
    page = assessment.client.get(assessment.client.post(assessment.at("pause")))
    code = text_of(page.by_class("return-code__code")[0])
    assert "own" in [field.get("name") for field in other.get("/assessments/return").all("input")]
    assert lasts(other.send("/assessments/return", {"code": code, **sent})) is stays
    asked = other.post("/assessments/") == "/assessments/where"
    assert asked is not stays, "starting asks, unless it is known"


@pytest.mark.parametrize(("sent", "stays"), [({}, False), ({"own": "yes"}, True)])
def test_loading_a_file_keeps_it_open_on_ones_own_device_only(
    app: Flask, assessment: Assessment, sent: dict[str, str], *, stays: bool
) -> None:
    assessment.answer(pf_scope="whole")
    text = assessment.client.file(assessment.at("answers.yaml")).text
    response = Client(app).send("/assessments/load", {"agreed": text, **sent})
    assert response.status_code == 302
    assert lasts(response) is stays


def test_every_page_has_a_quick_way_out_that_says_what_it_cannot_do(app: Flask, client: Client) -> None:
    for address in ("/", "/guide", "/privacy", "/account/login", "/assessments/where", "/assessments/return"):
        page = client.get(address)
        (link,) = page.by_class("quick-exit")
        assert link.get("href", "").startswith("https://")
        assert link.get("rel") == "noreferrer"
    with app.test_request_context():
        broken = app.jinja_env.get_template("errors/500.html").render(again="", resubmission=None)
    assert 'class="quick-exit"' in broken
    explained = next(a.get("href") for a in page.all("footer//a") if a.get("href", "").endswith("#leaving"))
    assert "cannot clear the pages" in client.get(explained).text
