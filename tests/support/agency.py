"""An agency for tests, with each of its people in a separate browser."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from app import clock
from app.database.agencies import Role, add_agency, add_member, find_agency, members_of
from app.extensions import db
from tests.support.client import Assessment, Client
from tests.support.people import new_user, sign_in


@dataclass(frozen=True, kw_only=True)
class Team:
    """An agency and the browsers of its people; `stranger` owns another agency."""

    app: Flask
    address: str
    numbers: dict[str, int]
    owner: Client
    editor: Client
    viewer: Client
    stranger: Client

    @property
    def public_id(self) -> str:
        return self.address.split("/")[2]

    def begin(self, where: str = "") -> Assessment:
        """Start an assessment in the editor's browser: in the agency, or with "device" outside it."""
        address = self.editor.post(f"/assessments/?where={where or self.public_id}&device=own")
        return Assessment(self.editor, "/".join(address.split("/")[:3]))

    def seen_by(self, client: Client, assessment: Assessment) -> Assessment:
        """Return the same assessment in another browser."""
        return Assessment(client, assessment.address)

    def member(self, name: str, rest: str = "") -> str:
        """Return the address of a page about a member."""
        return f"{self.address}members/{self.numbers[name]}{rest}"


def new_team(app: Flask) -> Team:
    """Store an agency with an owner, an editor and a viewer, and a stranger with an agency."""
    names = ("owner", "editor", "viewer", "stranger")
    numbers = {name: new_user(app, f"{name}@example.org", name.title()) for name in names}
    with app.app_context():
        agency = add_agency("AgencyAgencyAgen", "Harbor House", numbers["owner"], "owner", clock.now())
        roles: tuple[Role, ...] = ("editor", "viewer")
        for role in roles:
            add_member(agency, numbers[role], role, clock.now())
        add_agency("OtherOtherOtherO", "Other House", numbers["stranger"], "owner", clock.now())
        db.session.commit()
    return Team(
        app=app,
        address="/agencies/AgencyAgencyAgen/",
        numbers=numbers,
        **{name: signed_in(app, f"{name}@example.org") for name in names},
    )


def signed_in(app: Flask, email: str) -> Client:
    """Return a new browser of a person with an account."""
    client = Client(app)
    sign_in(client, email)
    return client


def roles_of(team: Team) -> dict[str, str]:
    """Return the role of each member of the agency, by the name used in `Team`."""
    with team.app.app_context():
        found = find_agency(team.public_id)
        assert found
        by_number = {member.user_id: member.role for member in members_of(found)}
    return {name: by_number[number] for name, number in team.numbers.items() if number in by_number}
