"""Pages for what goes wrong outside a form."""

from flask import Flask

from tests.app.client import Client, Sitting
from tests.app.conftest import MakeApp
from tests.app.page import Page


def test_an_unknown_address_has_a_page_with_a_way_on(client: Client) -> None:
    for address in ("/nothing", "/static/build/nothing.css", "/assessments/x/y/z/w", "/%00", "/..%2fetc"):
        assert client.get(address, 404).link("Go to the start page") == "/"


def test_a_wrong_method_has_a_page_and_names_the_right_ones(client: Client) -> None:
    response = client.raw.put("/assessments/")
    assert Page(response).h1 == "This page cannot be used that way"
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_too_much_at_once_has_a_page(sitting: Sitting) -> None:
    page = sitting.client.refused(sitting.page_of("why-01"), {"why-01-note": "x" * 600_000}, 413)
    assert page.h1 == "That was too much at once"


def test_a_form_without_its_token_changes_nothing_and_has_a_page(sitting: Sitting) -> None:
    for token in (None, "", "nonsense"):
        data = {"pf-scope": "whole"} | ({} if token is None else {"csrf_token": token})
        page = Page(sitting.client.raw.post(sitting.page_of("pf-scope"), data=data))
        assert (page.status, page.h1) == (400, "Your visit has ended")
    assert sitting.stored()["answers"] == {}


def test_a_token_of_another_browser_is_no_good(sitting: Sitting, other: Client) -> None:
    data = {"pf-scope": "whole", "csrf_token": other.token()}
    assert sitting.client.raw.post(sitting.page_of("pf-scope"), data=data).status_code == 400


def test_a_fault_of_ours_has_a_page_that_tells_nothing_of_it(app: Flask) -> None:
    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("secret")

    page = Client(app).get("/fault", 500)
    assert page.h1 == "Something went wrong on our side"
    assert "secret" not in page.source


def test_a_lost_database_has_a_page_too(make_app: MakeApp) -> None:
    client = Client(make_app(migrated=False))
    token = client.get("/assessments/return").one("input[@name='csrf_token']").get("value")
    page = Page(client.raw.post("/assessments/", data={"csrf_token": token}))
    assert (page.status, page.h1) == (500, "Something went wrong on our side")


def test_only_what_is_built_is_kept_by_browsers_for_good(client: Client) -> None:
    sheet = client.get("/").one("link[@rel='stylesheet']").get("href")
    with client.raw.get(sheet) as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.get("/static/build/gone.css", 404)
