"""Agencies: creating, naming and sharing them; invitations; roles; there is always an owner."""

from __future__ import annotations

import datetime
import threading
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask

from app import clock
from app.database.agencies import agencies_depending_on
from app.database.assessments import find_assessment
from app.database.security_events import events_since
from tests.support.agency import Team, new_team, roles_of, signed_in
from tests.support.client import Assessment, Client
from tests.support.people import PASSWORD, age_sign_in, link_in, new_user, sent_emails


@pytest.fixture
def team(app: Flask) -> Team:
    return new_team(app)


def invited(team: Team, email: str = "new@example.org") -> str:
    """Invite someone; return where the link in the email leads."""
    team.owner.post(f"{team.address}invitations", {"email": email, "role": "editor"})
    letter = sent_emails(team.app)[-1]
    assert letter["To"] == email.lower()
    return link_in(letter, "/agencies/join/")


def test_the_creator_of_an_agency_owns_it_and_finds_it_on_the_start_page(app: Flask) -> None:
    new_user(app)
    client = signed_in(app, "ana@harbor-house.org")
    address = client.post("/agencies/", {"name": "  Harbor   House "})
    page = client.get(address)
    assert page.h1 == "Harbor House"
    assert "Your role: Owner" in page.text
    assert client.get("/").link("Harbor House") == address
    assert client.get("/agencies/").link("Harbor House") == address


@pytest.mark.parametrize("name", ["", "   ", "x" * 500])
def test_a_name_is_needed_and_has_a_limit(team: Team, name: str) -> None:
    for address in ("/agencies/", f"{team.address}name"):
        assert team.owner.refused(address, {"name": name}).errors().keys() == {"name"}


def test_an_owner_renames_the_agency(team: Team) -> None:
    assert team.owner.get(f"{team.address}name").value("name") == "Harbor House"
    team.owner.post(f"{team.address}name", {"name": "Bay House"})
    assert team.viewer.get(team.address).h1 == "Bay House"


def test_agency_pages_require_a_sign_in(team: Team, other: Client) -> None:
    for address in ("/agencies/", team.address, f"{team.address}name"):
        assert other.redirect(address).startswith("/account/login?next=")


def test_a_new_self_check_belongs_where_its_creator_chooses(team: Team) -> None:
    assert team.editor.post("/assessments/?part=why") == "/assessments/where?part=why"
    page = team.editor.get("/assessments/where?part=why")
    assert "All members of Harbor House can open it." in page.text
    unchosen = {field.get("name"): field.get("value") for field in page.all("form//input[@type='hidden']")}
    for sent in (unchosen, {"where": "nowhere"}):
        assert team.editor.refused("/assessments/", sent).errors().keys() == {"where"}
    address = team.editor.post("/assessments/?part=why", {"where": [team.public_id, ""]})
    assert address.endswith("/why/basics")
    team.owner.get(address)
    sent = {"where": "device"}
    assert team.editor.refused("/assessments/", sent).errors().keys() == {"device"}
    address = team.editor.post("/assessments/", {**sent, "device": "own"})
    team.owner.get(address, 404)
    assert team.viewer.post("/assessments/", {"device": "own"}).endswith("/profile/about")


def test_members_find_the_agencys_self_checks_on_its_page_and_on_the_start_page(team: Team) -> None:
    assessment = team.begin()
    assessment.finish("")
    for page in (team.viewer.get(team.address), team.viewer.get("/")):
        assert "Open the plan" in page.text
        assert assessment.at("") in [a.get("href") for a in page.all("a")]
    assert "Open the plan" not in team.stranger.get("/").text


def test_a_break_in_an_agency_needs_no_code(team: Team) -> None:
    assessment = team.begin()
    assert assessment.save("pf-scope", {}, go="pause") == assessment.at("pause")
    for address in ("pause", "code"):
        assert team.editor.post(assessment.at(address)) == assessment.at("pause")
        page = team.editor.get(assessment.at("pause"))
        assert "needs no return code" in page.text
        assert page.by_class("return-code") == []


def test_adding_a_self_check_to_an_agency_closes_it_everywhere_else(team: Team, other: Client) -> None:
    assessment = Assessment.begin(other)
    assessment.finish("Harbor House")
    code_page = other.get(other.post(assessment.at("pause")))
    code = "".join(code_page.by_class("return-code__code")[0].itertext()).strip()
    history = other.get(assessment.at("plan")).link("All self-checks of this agency")
    bring = f"/agencies/bring/{history.split('/')[2]}"
    assert other.redirect(bring).startswith("/account/login")
    team.editor.get(bring, 404)
    team.editor.post("/assessments/return", {"code": code})
    page = team.editor.get(team.editor.get(history).link("Add this to an agency"))
    assert "Its return code and link stop working right away." in page.text
    sent = {"agency": team.public_id, "code": code}
    assert team.editor.refused(bring, {**sent, "agency": "OtherOtherOtherO"}).errors().keys() == {"agency"}
    for wrong in ({"agency": team.public_id}, {**sent, "code": "WRONG"}):
        assert team.editor.refused(bring, wrong).errors().keys() == {"code"}
    assert team.editor.post(bring, sent) == history
    assert team.editor.post(bring, sent) == history
    team.viewer.get(assessment.at("plan"))
    assert "now belongs to an agency" in other.get(assessment.at("plan"), 404).text
    assert "Harbor House" not in other.get("/").text
    assert "code" in other.refused("/assessments/return", {"code": code}).errors()


def test_a_head_request_adds_no_self_check_to_an_agency(team: Team) -> None:
    assessment = team.begin("device")
    with team.app.app_context():
        history = find_assessment(assessment.public_id).history.public_id
    assert team.editor.raw.head(f"/agencies/bring/{history}").status_code == 200
    with team.app.app_context():
        assert find_assessment(assessment.public_id).history.agency_id is None


def test_a_viewer_has_no_agency_to_add_a_self_check_to(team: Team) -> None:
    assessment = Assessment.begin(team.viewer)
    assessment.finish("")
    history = team.viewer.get(assessment.at("plan")).link("All self-checks of this agency")
    page = team.viewer.get(f"/agencies/bring/{history.split('/')[2]}")
    assert page.link("Create an agency") == "/agencies/"
    team.viewer.refused(page.address, {"agency": team.public_id})


# Invitations ---------------------------------------------------------------------------------------------


def test_an_invitation_is_accepted_once_by_the_account_with_its_address(team: Team, other: Client) -> None:
    link = invited(team, "New@example.org")
    page = other.get(link)
    assert "sign in or create an account" in page.text
    assert f"/account/login?next={link}" in [a.get("href") for a in page.all("a")]
    assert other.post(link).startswith("/account/login")
    number = new_user(team.app, "new@example.org", "New")
    client = signed_in(team.app, "new@example.org")
    assert client.get(link).h1 == "Join Harbor House"
    assert client.post(link) == team.address
    client.get(link, 404)
    client.refused(link, status=404)
    assert f"members/{number}" in team.owner.get(team.address).source
    assert "new@example.org until" not in team.owner.get(team.address).text


def test_another_account_cannot_accept_it_and_sees_why(team: Team) -> None:
    link = invited(team)
    page = team.stranger.get(link)
    assert "You are signed in as stranger@example.org" in page.text
    assert "new@example.org" not in page.source
    assert "sent to another address" in team.stranger.refused(link, status=403).text
    assert "stranger" not in roles_of(team)


def test_an_invitation_expires_is_withdrawn_and_is_replaced(team: Team) -> None:
    first, second = invited(team), invited(team)
    team.stranger.get(first, 404)
    team.stranger.get(second)
    with time_machine.travel(clock.now() + datetime.timedelta(days=8)):
        assert "older than 7 days" in team.stranger.get(second, 404).text
    page = team.owner.get(team.address)
    withdraw = next(f.get("action") for f in page.all("form") if "withdraw" in f.get("action", ""))
    assert team.owner.post(withdraw) == f"{team.address}#people"
    assert team.owner.post(withdraw) == f"{team.address}#people"
    team.stranger.get(second, 404)


def test_spellings_of_an_address_are_the_same_address(team: Team) -> None:
    invited(team, "New@Example.org")
    link = invited(team)
    assert team.owner.get(team.address).source.count("Withdraw") == 1
    new_user(team.app, "new@example.org", "New")
    client = signed_in(team.app, "new@example.org")
    assert client.get(link).link("Not now") == "/"
    client.post("/account/delete?of=")
    assert "Invited, not a member yet" not in team.owner.get(team.address).text, "it goes with the account"

    team.owner.post(f"{team.address}invitations", {"email": "Ana@Bücher.example", "role": "viewer"})
    letter = sent_emails(team.app)[-1]
    assert letter["To"] == "ana@xn--bcher-kva.example"
    new_user(team.app, "ana@xn--bcher-kva.example")
    client = signed_in(team.app, "ana@bücher.example")
    assert client.post(link_in(letter, "/agencies/join/")) == team.address


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ({"email": "nobody", "role": "editor"}, {"email"}),
        ({"email": "a@b.org\r\nBcc: x@y.org", "role": "editor"}, {"email"}),
        ({"email": "VIEWER@example.org", "role": "editor"}, {"email"}),
        ({"email": "new@example.org", "role": "king"}, {"role"}),
    ],
)
def test_an_invalid_invitation_is_rejected(team: Team, form: dict[str, str], problems: set[str]) -> None:
    assert team.owner.refused(f"{team.address}invitations", form).errors().keys() == problems
    assert sent_emails(team.app) == []


# Roles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest", ["name", "invitations", "members/1/role", "members/1/remove", "members/1/hand-over"]
)
def test_only_owners_change_an_agency(team: Team, rest: str) -> None:
    before = roles_of(team)
    for client in (team.editor, team.viewer):
        client.refused(team.address + rest, {"role": "viewer", "name": "x"}, 403)
    team.stranger.refused(team.address + rest, {"role": "viewer", "name": "x"}, 404)
    assert roles_of(team) == before


def test_a_role_is_changed_and_counts_at_once(team: Team) -> None:
    assessment = team.begin()
    assert team.owner.get(team.member("viewer")).value("role") == "viewer"
    team.owner.post(team.member("viewer", "/role"), {"role": "editor"})
    team.seen_by(team.viewer, assessment).answer(why_01="started")
    team.owner.post(team.member("editor", "/role"), {"role": "viewer"})
    assessment.client.refused(assessment.page_of("why-01"), {"why-01": "mostly"}, 403)


def test_a_member_who_is_removed_or_leaves_loses_access(team: Team) -> None:
    assessment = team.begin()
    team.owner.post(team.member("editor", "/remove"))
    team.owner.post(team.member("editor", "/remove"))
    assessment.get("why-01", 404)
    team.viewer.get(f"{team.address}leave")
    assert team.viewer.post(f"{team.address}leave") == "/agencies/"
    team.viewer.get(team.address, 404)
    assert roles_of(team) == {"owner": "owner"}


@pytest.mark.parametrize("how", ["removed", "left", "deleted"])
def test_the_links_of_a_member_who_is_gone_end(team: Team, other: Client, how: str) -> None:
    assessment = team.begin()
    assessment.finish("Harbor House")
    theirs, ours = shared(team.editor, assessment), shared(team.owner, assessment)
    alone = Assessment.begin(Client(team.app))
    alone.finish("")
    page = team.owner.get(team.member("editor"))
    assert "One link to read a plan stops working" in page.text
    if how == "removed":
        team.owner.post(team.member("editor", "/remove"))
    elif how == "left":
        assert "One link" in team.editor.get(f"{team.address}leave").text
        team.editor.post(f"{team.address}leave")
    else:
        team.editor.post("/account/delete?of=")
    for rest in ("", "/plan.pdf"):
        other.get(theirs + rest, 404)
    other.get(ours)


def shared(client: Client, assessment: Assessment) -> str:
    """Make a link to the plan in this browser, and return where it leads."""
    page = client.get(client.post(assessment.at("links"), {"days": "90"}))
    return urlsplit("".join(page.by_class("return-code__link")[0].itertext()).strip()).path


def test_a_new_agency_offers_what_is_open_on_the_device(team: Team) -> None:
    begun = team.owner.post("/assessments/?where=device&device=own")
    assessment = Assessment(team.owner, "/".join(begun.split("/")[:3]))
    address = team.owner.post("/agencies/", {"name": "Bay House"})
    links = [a.get("href", "") for a in team.owner.get(address).all("main//a")]
    offer = next(link for link in links if link.startswith("/agencies/bring/"))
    team.owner.post(offer, {"agency": address.split("/")[2]})
    assert assessment.at("") in team.owner.get(address).source


def test_titles_of_pages_hold_no_names(team: Team) -> None:
    for address in (team.address, team.member("editor"), f"{team.address}leave", f"{team.address}delete"):
        title = team.owner.get(address).title
        assert not [name for name in ("Harbor House", "Editor", "example.org") if name in title]


def test_the_last_owner_cannot_leave(team: Team) -> None:
    assert "only owner" in team.owner.get(f"{team.address}leave").h1
    team.owner.post(f"{team.address}leave")
    team.owner.post(team.member("owner", "/remove"))
    assert "An agency needs an owner" in team.owner.get(team.address).text
    page = team.owner.refused(team.member("owner", "/role"), {"role": "viewer"})
    assert page.errors().keys() == {"role"}
    with team.app.app_context():
        assert [agency.name for agency in agencies_depending_on(team.numbers["owner"], ["owner"])] == [
            "Harbor House"
        ]
        assert agencies_depending_on(team.numbers["editor"], ["owner"]) == []


def test_ownership_is_handed_over(team: Team) -> None:
    team.owner.post(team.member("editor", "/hand-over"))
    assert roles_of(team) == {"owner": "editor", "editor": "owner", "viewer": "viewer"}
    team.owner.refused(team.member("editor", "/hand-over"), status=403)
    team.editor.refused(team.member("stranger", "/hand-over"), status=404)


@pytest.mark.parametrize("rest", ["role", "remove", "hand-over"])
def test_changing_members_needs_a_recent_sign_in(team: Team, rest: str) -> None:
    before, page = roles_of(team), team.member("editor")
    age_sign_in(team.owner)
    way = f"/account/verify?next={page}"
    assert team.owner.redirect(page) == team.owner.post(f"{page}/{rest}", {"role": "owner"}) == way
    assert roles_of(team) == before
    assert team.owner.post(way, {"password": PASSWORD}) == page
    team.owner.post(f"{page}/{rest}", {"role": "owner"})
    assert roles_of(team) != before


def test_an_invitation_waits_for_a_recent_sign_in(team: Team) -> None:
    age_sign_in(team.owner)
    way = team.owner.post(f"{team.address}invitations", {"email": "New@example.org", "role": "owner"})
    assert way.startswith(f"/account/verify?next={team.address}")
    assert sent_emails(team.app) == []
    assert team.owner.post(way, {"password": PASSWORD}).startswith(team.address)
    page = team.owner.get(team.address)
    assert (page.value("email"), page.value("role")) == ("new@example.org", "owner")
    assert team.owner.get(team.address).value("email") == ""


@pytest.mark.parametrize("number", [0, 2**31 - 1])
def test_an_unknown_id_changes_nothing(team: Team, number: int) -> None:
    before = roles_of(team)
    for rest in (f"members/{number}/remove", f"invitations/{number}/withdraw"):
        team.owner.post(team.address + rest)
    with team.app.app_context():
        kinds = {event.kind for event in events_since(clock.now() - datetime.timedelta(days=1))}
    assert not kinds & {"member_removed", "invitation_withdrawn"}
    for rest in ("role", "hand-over"):
        team.owner.refused(f"{team.address}members/{number}/{rest}", {"role": "viewer"}, 404)
    assert roles_of(team) == before


@pytest.mark.parametrize("number", [2**31, 10**40])
@pytest.mark.parametrize("rest", ["members/{}/remove", "members/{}/role", "invitations/{}/withdraw"])
def test_an_impossible_id_is_not_found(team: Team, number: int, rest: str) -> None:
    team.owner.refused(team.address + rest.format(number), {"role": "viewer"}, 404)


def test_when_two_owners_leave_at_once_one_stays(app: Flask) -> None:
    team = new_team(app)
    team.owner.post(team.member("editor", "/role"), {"role": "owner"})
    both, start = (team.owner, team.editor), threading.Barrier(2, timeout=20)

    def leave(client: Client) -> None:
        start.wait()
        client.post(f"{team.address}leave")

    for client in both:
        client.token()
    threads = [threading.Thread(target=leave, args=(client,)) for client in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(roles_of(team).values()) == ["owner", "viewer"]
