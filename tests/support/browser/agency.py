"""An agency on the running site, for pages that only its members see."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from app import clock, create_app
from app.config import Settings
from tests.support.agency import Team, new_team
from tests.support.browser.site import Site
from tests.support.client import Client
from tests.support.people import link_in, sent_emails

NOTE = "why-02-note"


@dataclass(frozen=True)
class SharedAgency:
    """The members, and the addresses of what they share, by name."""

    team: Team
    places: Mapping[str, str]

    def become(self, page: Page, site: Site, role: str) -> None:
        """Sign the browser in as this member."""
        client: Client = getattr(self.team, role)
        with client.raw.session_transaction() as session:
            # Else, pages that need a recent sign-in would ask for another one after 15 minutes.
            session["fs_paa"] = clock.now().replace(tzinfo=datetime.UTC).timestamp()
        values = {name: client.raw.get_cookie(name).value for name in ("assessment", "sign_in")}
        page.context.add_cookies(
            [{"name": name, "value": value, "url": site.address} for name, value in values.items()]
        )


def shared_agency(data_dir: Path) -> SharedAgency:
    """Create an agency with a draft, a shared plan, an invitation, and a plan to transfer to it."""
    team = new_team(create_app(Settings(data_dir=data_dir, rate_limits=False)))
    draft, plan, device = team.begin(), team.begin(), team.begin("device")
    for assessment in (draft, plan, device):
        assessment.answer(why_02="not_yet", why_03="started")
    for assessment in (plan, device):
        assessment.finish("Harbor House")
    team.editor.post(plan.at("links"), {"days": "90"})
    link = "".join(team.editor.get(plan.at("links")).by_class("return-code__link")[0].itertext()).strip()
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "viewer"})
    history = team.editor.get(device.at("plan")).link("All self-checks of this agency")
    places = {
        "agency": team.address,
        "draft": draft.address,
        "plan": plan.address,
        "link": urlsplit(link).path,
        "join": link_in(sent_emails(team.app)[-1], "/agencies/join/"),
        "member": team.member("editor"),
        "bring": "/agencies/bring/" + history.split("/")[2],
    }
    return SharedAgency(team, places)
