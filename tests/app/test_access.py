"""Permissions: every private address (see tests/support/addresses.py), requested without access."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.support.addresses import AGENCY_MEMBERS, AGENCY_OWNERS, ASSESSMENT_BROWSER, TRANSFER, Rule, ask
from tests.support.agency import Team, new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client, two_finished

UNKNOWN = "AAAAAAAAAAAAAAAA"


@pytest.fixture
def team(app: Flask) -> Team:
    return new_team(app)


def rules_of(kind: str) -> set[Rule]:
    """Return the addresses of an assessment, or those of a history ("progress")."""
    return {rule for rule in ASSESSMENT_BROWSER if rule[1].startswith(f"/{kind}/")}


def same_for_unknown(client: Client, rules: Iterable[Rule], ids: Mapping[str, str]) -> None:
    """Fail unless each of these addresses is not found, and looks as one does that never was."""
    for rule in sorted(rules):
        foreign, unknown = (ask(client, rule, one) for one in (ids, dict.fromkeys(ids, UNKNOWN)))
        assert (foreign.status_code, unknown.status_code) == (404, 404), rule
        assert without(foreign.text, ids.values()) == without(unknown.text, [UNKNOWN]), rule


def without(text: str, ids: Iterable[str]) -> str:
    for id_ in ids:
        text = text.replace(id_, "")
    return text


def test_an_unknown_page_of_an_own_assessment_is_not_found(assessment: Assessment) -> None:
    for rest in ("profile/nothing", "nothing/about", "why/about"):
        assert assessment.client.get(assessment.at(rest), 404).h1 == "We cannot find this page"
        assessment.client.refused(assessment.at(rest), {}, 404)


def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(app: Flask) -> None:
    response = app.test_client().get("/")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_browser_can_open_its_assessment_for_14_days_after_the_last_save(client: Client) -> None:
    with time_machine.travel("2026-03-01 09:00", tick=False) as clock:
        assessment = Assessment.begin(client)
        clock.move_to("2026-03-15 08:00")
        assessment.answer(pf_scope="whole")
        clock.move_to("2026-03-29 08:00")
        client.get(assessment.at("check"))
        clock.move_to("2026-03-31 10:00")
        client.get(assessment.at("check"), 404)


def test_a_forged_cookie_opens_nothing(app: Flask, assessment: Assessment) -> None:
    real = assessment.client.raw.get_cookie("assessment").value
    forger = app.test_client()
    forger.set_cookie("assessment", real.rpartition(".")[0] + ".forged")
    assert forger.get(assessment.at("check")).status_code == 404


def test_what_is_signed_is_signed_with_sha_256(client: Client) -> None:
    cookie = Assessment.begin(client).client.raw.get_cookie("assessment").value
    for signed in (cookie, client.token()):
        assert len(base64.urlsafe_b64decode(signed.rpartition(".")[2] + "=")) == 32


def test_over_https_the_cookie_never_goes_without(client: Client) -> None:
    secure = client.raw.get("/", base_url="https://localhost")
    assert "Secure" in secure.headers["Set-Cookie"]
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    client.app.config["HSTS_SUBDOMAINS"] = True
    everywhere = client.raw.get("/", base_url="https://localhost")
    assert everywhere.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    plain = client.app.test_client().get("/")
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.headers


def test_a_cookie_of_an_earlier_release_is_replaced_and_one_of_today_cannot_be_planted(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(trusted_proxies=1)
    https = {"HTTP_X_FORWARDED_PROTO": "https"}
    today = Client(app)
    today.raw.environ_base |= https
    assessment = Assessment.begin(today)
    planted = app.test_client()
    planted.set_cookie("assessment", today.raw.get_cookie("__Host-assessment").value)
    assert planted.get(assessment.at("check"), environ_base=https).status_code == 404

    with monkeypatch.context() as earlier:
        earlier.setattr(app, "session_interface", SecureCookieSessionInterface())
        before = Client(app)
        opened = Assessment.begin(before)
    before.raw.environ_base |= https
    before.get(opened.at("check"))
    assert before.raw.get_cookie("assessment") is None
    assert before.raw.get_cookie("__Host-assessment")
    before.get(opened.at("check"))


def test_a_strange_assessment_and_none_look_the_same(assessment: Assessment, other: Client) -> None:
    same_for_unknown(other, rules_of("assessments"), {"public_id": assessment.public_id})
    ids = two_finished(assessment)
    same_for_unknown(other, rules_of("assessments"), {"public_id": assessment.public_id})
    same_for_unknown(other, rules_of("progress"), ids)
    assert other.redirect("/agencies/bring/" + ids["public_id"]).startswith("/account/login")


def test_assessments_of_an_agency_are_for_its_members_only(team: Team, other: Client) -> None:
    assessment = team.begin()
    draft, ids = team.begin(), two_finished(assessment)
    Assessment.begin(other)
    for client in (other, team.stranger):
        same_for_unknown(client, rules_of("assessments"), {"public_id": draft.public_id})
        same_for_unknown(client, rules_of("assessments"), {"public_id": assessment.public_id})
        same_for_unknown(client, rules_of("progress"), ids)
    same_for_unknown(team.stranger, TRANSFER, ids)
    assert draft.stored()["answers"] == {}


def test_an_agency_is_for_its_members_and_its_owners_only(team: Team, other: Client) -> None:
    ids = {"public_id": team.public_id}
    same_for_unknown(team.stranger, AGENCY_MEMBERS | AGENCY_OWNERS, ids)
    for rule in sorted(AGENCY_MEMBERS | AGENCY_OWNERS | TRANSFER):
        assert ask(other, rule, ids).headers["Location"].startswith("/account/login"), rule
    for rule in sorted(AGENCY_OWNERS):
        for client in (team.editor, team.viewer):
            assert ask(client, rule, ids).status_code == 403, rule
    for method, address in sorted(AGENCY_MEMBERS):
        if method == "GET":
            assert ask(team.viewer, (method, address), ids).status_code == 200, address


def test_a_viewer_sees_no_form_and_the_reason(team: Team) -> None:
    assessment = team.begin()
    draft = team.seen_by(team.viewer, team.begin())
    ids = two_finished(assessment)
    assert team.viewer.redirect(draft.at("")) == draft.at("check")
    assert team.viewer.redirect(draft.page_of("why-01")) == draft.at("check")
    comparison = f"/progress/{ids['public_id']}/{ids['earlier']}/{ids['later']}/"
    for address in (draft.at("check"), assessment.at("plan"), f"/progress/{ids['public_id']}/"):
        page = team.viewer.get(address)
        assert "lets you read this, but not change it" in page.text
        assert "change any of them" not in page.text
    for address in (draft.at("check"), assessment.at("plan"), f"{assessment.at('plan')}?add=1", comparison):
        page = team.viewer.get(address)
        assert [form for form in page.all("main//form") if form.get("method") == "post"] == []
    assert "Work on this action" in team.editor.get(assessment.at("plan")).text
    assert "Look back at these answers" in team.editor.get(comparison).text
