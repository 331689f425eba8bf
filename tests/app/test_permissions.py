"""Roles and what they allow: one table, closed by default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from app import permissions
from app.database.agencies import Role, find_agency, memberships_of, set_role
from app.extensions import db
from app.permissions import ROLES, RoleDefinition
from tests.support.addresses import ITS_MEMBERS, ITS_OWNERS, PAGES_TO_CHANGE, VIEWERS_SEND, ask
from tests.support.agency import Team, new_team
from tests.support.client import two_finished

PROJECT = Path(__file__).parent.parent.parent
COMMENTER = cast(Role, "commenter")  # a role that only these tests know
# Forms that a member may send who can only read: they change nothing that belongs to others.
READERS_SEND = VIEWERS_SEND | {rule for rule in ITS_MEMBERS if rule[0] == "POST"}
ASK_WHAT_TO_CHANGE = PAGES_TO_CHANGE | {("GET", "/agencies/bring/<public_id>")}
OPENED = {200, 302, 503}  # 503: allowed, but a busy machine makes the PDF too slowly
LEAVE = ("POST", "/agencies/<public_id>/leave")
# Where "owner" is the person who leads an action, or the class of an element.
OTHER_OWNERS = {"app/operations/demo.py"}


@pytest.fixture
def team(app: Flask) -> Team:
    """An agency whose viewer has become a commenter."""
    team = new_team(app)
    with app.app_context():
        agency = find_agency(team.public_id)
        assert agency
        set_role(agency, team.numbers["viewer"], COMMENTER)
        db.session.commit()
    return team


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a commenter read, and nothing else."""
    definition = RoleDefinition(name="Commenter", explanation="", permissions=frozenset({"read"}))
    monkeypatch.setitem(cast(dict[Role, RoleDefinition], ROLES), COMMENTER, definition)


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Return the method and rule of every address that belongs to one agency, history, or assessment."""
    rules = [rule for rule in app.url_map.iter_rules() if "public_id" in rule.arguments]
    found = sorted((method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"})
    return [rule for rule in found if rule != LEAVE]  # it would end the membership


def visits(team: Team) -> Iterator[tuple[tuple[str, str], int]]:
    """Ask for each address as the commenter: yield it with the status of the answer.

    An address of an assessment is asked of a draft and of a finished one.
    """
    draft, sitting = team.begin(), team.begin()
    ids = two_finished(sitting)
    for rule in addresses(team.app):
        subjects = {"assessments": [draft.public_id, sitting.public_id], "progress": [ids["public_id"]]}
        kind = rule[1].split("/")[1] if "/bring/" not in rule[1] else "progress"
        for public_id in subjects.get(kind, [team.public_id]):
            yield rule, ask(team.viewer, rule, {**ids, "public_id": public_id}).status_code
    assert draft.stored()["answers"] == {}
    assert sitting.stored()["answers"] == {"why-01": "mostly", "why-02": "started"}


@pytest.mark.usefixtures("readers")
def test_a_role_that_reads_opens_every_page_and_sends_no_form(team: Team) -> None:
    for rule, status in visits(team):
        if rule in READERS_SEND or (rule[0] == "GET" and rule not in ASK_WHAT_TO_CHANGE | ITS_OWNERS):
            assert status in OPENED, rule
        else:
            assert status == 403 or (rule[0] == "GET" and status == 302), rule
    assert team.viewer.get(team.address).all("main//form") == []
    begun = team.viewer.post(f"/assessments/?where={team.public_id}")
    team.editor.get(begun, 404)  # it was started outside the agency
    assert team.viewer.post(f"{team.address}leave") == "/agencies/"


def test_a_role_in_no_row_of_the_table_opens_nothing(team: Team) -> None:
    assert {status for _, status in visits(team)} == {404}
    assert team.viewer.get("/agencies/").all("main//ul") == []
    assert "commenter" in team.owner.get(team.address).text


def test_the_table_is_asked_of_the_database_once_in_a_request(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(permissions, "memberships_of", lambda id_: asked.append(id_) or memberships_of(id_))
    sitting = team.begin()
    asked.clear()
    assert "Delete" in team.editor.get(sitting.at("check")).text
    assert len(asked) == 1


def test_only_the_table_names_a_role() -> None:
    role = re.compile(rf"""(?<!class=)["']({"|".join(ROLES)})["']""")
    files = [*(PROJECT / "app").rglob("*.py"), *(PROJECT / "templates").rglob("*.html")]
    naming = {str(path.relative_to(PROJECT)) for path in files if role.search(path.read_text("utf-8"))}
    assert naming - OTHER_OWNERS == {"app/permissions.py", "app/database/agencies.py"}
