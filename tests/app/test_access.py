"""Who may open what: only a browser that began the assessment, or came back with its code."""

import time_machine
from flask import Flask

from tests.app.client import Client, Sitting


def test_an_unknown_page_of_ones_own_assessment_is_not_found(sitting: Sitting) -> None:
    for rest in ("profile/nothing", "nothing/about", "why/about"):
        assert sitting.client.get(sitting.at(rest), 404).h1 == "We cannot find this page"
        sitting.client.refused(sitting.at(rest), {}, 404)


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(app: Flask) -> None:
    response = app.test_client().get("/")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_browser_can_open_its_assessment_for_14_days_after_the_last_save(client: Client) -> None:
    with time_machine.travel("2026-03-01 09:00", tick=False) as clock:
        sitting = Sitting.begin(client)
        clock.move_to("2026-03-15 08:00")
        sitting.answer(pf_scope="whole")
        clock.move_to("2026-03-29 08:00")
        client.get(sitting.at("check"))
        clock.move_to("2026-03-31 10:00")
        client.get(sitting.at("check"), 404)


def test_a_forged_cookie_opens_nothing(app: Flask, sitting: Sitting) -> None:
    real = sitting.client.raw.get_cookie("assessment").value
    forger = app.test_client()
    forger.set_cookie("assessment", real.rpartition(".")[0] + ".forged")
    assert forger.get(sitting.at("check")).status_code == 404
