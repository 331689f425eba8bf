"""The start page, and beginning."""

from tests.support.client import Client, Sitting


def test_the_start_page_says_what_it_is_how_long_it_takes_and_what_happens_to_answers(client: Client) -> None:
    page = client.get("/")
    assert page.h1 == "Trauma-Informed Self-Check"
    assert client.questionnaire.texts.screen.content_note in page.text
    assert "There are 40 to 56 short questions." in page.text
    assert "most people will need 15 to 25 minutes" in page.text
    for promise in ("Training needs by job and by topic.", "there is no tracking", "delete it, at any time"):
        assert promise in page.text


def test_begin_leads_to_the_first_page_without_an_account(client: Client) -> None:
    address = client.post("/assessments/")
    assert address.endswith("/profile/about")
    assert client.get(address).h1 == "About this check"


def test_the_start_page_offers_what_this_browser_began_the_newest_first(client: Client) -> None:
    first, second = Sitting.begin(client), Sitting.begin(client)
    first.finish("Harbor House")
    page = client.get("/")
    offered = [a.get("href") for a in page.by_class("continue__list")[0].iter("a")]
    assert offered == [second.at(""), first.at("")]
    assert "Harbor House, finished" in page.text
    assert "Self-check, started" in page.text


def test_the_start_page_offers_nothing_of_other_browsers(client: Client, other: Client) -> None:
    Sitting.begin(client)
    assert not other.get("/").by_class("continue")


def test_a_browser_remembers_twenty_assessments_within_the_size_of_a_cookie(client: Client) -> None:
    sittings = [Sitting.begin(client) for _ in range(22)]
    client.get(sittings[2].page_of("pf-scope"))
    client.get(sittings[1].page_of("pf-scope"), 404)
    sittings[-1].save("pf-scope", go="pause")
    assert len(client.raw.get_cookie("assessment").value) < 3000
