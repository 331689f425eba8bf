"""Roles and what they allow: one table, closed by default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from app import permissions
from app.database.agencies import Role, find_agency, memberships_of, set_role
from app.extensions import db
from app.permissions import ROLES, RoleDefinition
from tests.support.agency import Team, new_team
from tests.support.read_only_role import visits, wrong_statuses

PROJECT = Path(__file__).parent.parent.parent
COMMENTER = "commenter"  # a role that only these tests know
# Where "owner" is a command.
OTHER_OWNERS = {"app/cli/administration.py"}


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


@pytest.mark.usefixtures("readers")
def test_a_role_that_reads_opens_every_page_and_sends_no_form(team: Team) -> None:
    assert wrong_statuses(team) == []
    assert team.viewer.get(team.address).all("main//form") == []
    assert "Viewer" not in team.viewer.get(team.begin().at("check")).text
    begun = team.viewer.post("/assessments/", {"where": team.public_id, "device": "own"})
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
    assessment = team.begin()
    asked.clear()
    assert "Delete" in team.editor.get(assessment.at("check")).text
    assert len(asked) == 1


def test_only_the_table_names_a_role() -> None:
    role = re.compile(rf"""(?<!class=)["']({"|".join(ROLES)})["']""")
    files = [*(PROJECT / "app").rglob("*.py"), *(PROJECT / "templates").rglob("*.html")]
    naming = {str(path.relative_to(PROJECT)) for path in files if role.search(path.read_text("utf-8"))}
    assert naming - OTHER_OWNERS == {"app/permissions.py"}
