"""Links by which anyone can read one plan, and nothing else."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database.account_tables import PlanLinkRow
from app.extensions import db
from app.plans.chapters import CHAPTERS
from tests.support.agency import new_team
from tests.support.client import Assessment, Client
from tests.support.page import text_of


def linked(plan: Assessment, days: str = "30", reader: str = "board") -> str:
    """Make a link; return the address that it leads to."""
    assert plan.client.post(plan.at("links"), {"days": days, "reader": reader}) == plan.at("links")
    page = plan.client.get(plan.at("links"))
    address = urlsplit("".join(page.by_class("return-code__link")[0].itertext()).strip()).path
    assert address not in plan.client.get(plan.at("links")).source, "it is shown once"
    return address


def withdraw(plan: Assessment) -> None:
    page = plan.client.get(plan.at("links"))
    action = next(f.get("action", "") for f in page.all("form") if f.get("action", "").endswith("withdraw"))
    plan.client.post(action)
    plan.client.post(action)


def test_a_link_shows_the_plan_to_anyone_without_a_way_to_anything_private(
    plan: Assessment, other: Client
) -> None:
    address = linked(plan)
    page = other.get(address)
    assert page.h1 == "Action plan"
    assert "Someone shared this plan with you." in page.text
    assert page.all("main//form") == []
    private = ("/assessments/", "/progress/", "/agencies/")
    inside = [a.get("href", "") for a in page.all("main//a")]
    assert [href for href in inside if href.startswith(private)] == []
    assert plan.public_id not in page.source
    assert other.file(f"{address}/plan.pdf").data.startswith(b"%PDF")
    other.get(plan.at("plan"), 404)
    assert "Work on this action" not in other.get(f"{address}?edit=why-01").text


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_pages_beside_a_shared_plan_lead_to_nothing_private(
    plan: Assessment, other: Client, chapter: str
) -> None:
    address = linked(plan)
    page = other.get(f"{address}/{chapter}")
    assert page.all("main//form") == []
    inside = [a.get("href", "") for a in page.all("main//a")]
    assert [href for href in inside if href.startswith(("/assessments/", "/progress/", "/agencies/"))] == []
    assert plan.public_id not in page.source
    assert page.link("Plan") == address
    withdraw(plan)
    other.get(f"{address}/{chapter}", 404)


def test_the_list_says_whom_each_link_is_for(plan: Assessment) -> None:
    linked(plan)
    linked(plan, reader="funder")
    page = plan.client.get(plan.at("links"))
    assert [text_of(name) for name in page.by_class("people__name")] == ["A funder", "Our board"]
    for reader in ("", "everyone"):
        refused = plan.client.refused(plan.at("links"), {"days": "7", "reader": reader})
        assert refused.errors().keys() == {"reader"}


def test_a_number_that_no_link_has_withdraws_nothing(plan: Assessment, other: Client) -> None:
    address = linked(plan)
    assert plan.client.post(f"{plan.at('links')}/{2**31 - 1}/withdraw") == plan.at("links")
    plan.client.refused(f"{plan.at('links')}/{10**30}/withdraw", {}, 404)
    other.get(address)


def test_the_person_who_made_the_link_sees_the_same_there(plan: Assessment) -> None:
    assert plan.client.get(linked(plan)).all("main//form") == []


def test_expired_withdrawn_and_unknown_links_look_the_same(plan: Assessment, other: Client) -> None:
    first, second, third = linked(plan), linked(plan, "90"), linked(plan, "7")
    with time_machine.travel(clock.now() + datetime.timedelta(days=8)):
        other.get(third, 404)
        other.get(second)
        other.get(first)
    withdraw(plan)
    other.get(third, 404)
    pages = [
        other.get(address, 404).source for address in (third, "/shared/" + "A" * 43, f"{third}/plan.pdf")
    ]
    assert len(set(pages)) == 1
    assert "This link does not work" in pages[0]


def test_only_the_hash_of_a_link_is_stored(plan: Assessment, app: Flask) -> None:
    token = linked(plan).rpartition("/")[2]
    with app.app_context():
        (stored,) = db.session.scalars(select(PlanLinkRow.token_hash))
    assert len(token) == 43
    assert token not in stored


def test_a_time_has_to_be_chosen(plan: Assessment) -> None:
    for days in ("", "365", "x"):
        assert plan.client.refused(plan.at("links"), {"days": days}).errors().keys() == {"days"}
    assert "No link to this plan works right now." in plan.client.get(plan.at("links")).text


def test_a_draft_has_no_plan_to_share(assessment: Assessment) -> None:
    assert assessment.client.redirect(assessment.at("links")) == assessment.at("check")


def test_members_see_who_made_a_link_and_withdraw_it(app: Flask) -> None:
    team = new_team(app)
    plan = team.begin()
    plan.finish()
    address = linked(plan)
    theirs = team.seen_by(team.owner, plan)
    assert "Made by Editor" in team.owner.get(theirs.at("links")).text
    withdraw(theirs)
    team.stranger.get(address, 404)
