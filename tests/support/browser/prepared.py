"""What is stored before pages are looked at: drafts, and an agency that assessed itself more than once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import abort
from flask_wtf.csrf import CSRFError
from playwright.sync_api import APIRequestContext, Browser, StorageState

from app import create_app
from app.config import Settings
from app.pdf_cache import BeingMade
from app.permissions import AgencyNotFound, AssessmentNotFound
from app.plans.views import LinkNotFound
from reports.documents.pdf.errors import PdfBusy, PdfFailed
from tests.support.browser.example_agencies import Answer
from tests.support.client import Assessment, Client
from tests.support.second_version import second_version_files

Form = Mapping[str, Answer]
SAVED: dict[str, Form] = {
    "profile/about": {"pf-scope": "whole", "pf-who-roles": ["direct", "supervisor"]},
    "profile/services": {"pf-services": ["intake", "residential"], "pf-trafficking": ["sex", "labor"]},
    "why/children": {"why-06": "not_yet", "why-06-note": "From another year"},
    "profile/people": {"pf-populations": ["men", "women"]},
    "start/leaders": {"start-01": "not_yet", "start-01-note": "Ask\nthe board", "start-09": "not_sure"},
    "harm/interviews": {"harm-01": "not_yet", "harm-02": "started", "harm-03": "part_of_work"},
    "capacity/partners": {"cap-08": "not_applicable", "cap-08-reason": "Not our work"},
    "training/by-job": {"tr-roles-leaders": "none", "tr-roles-legal": "not_sure"},
    "training/barriers": {"tr-barriers": ["coverage", "cost"]},
}
# At the second time: one practice up, one down, one known that was not.
CHANGED: dict[str, Form] = {
    "start/leaders": {"start-01": "mostly", "start-09": "started"},
    "harm/interviews": {"harm-01": "not_yet", "harm-02": "not_yet", "harm-03": "part_of_work"},
}
# What the server answers when something goes wrong that a visitor cannot bring about.
RAISED: dict[str, Exception] = {
    "no_assessment": AssessmentNotFound(),
    "no_agency": AgencyNotFound(),
    "no_link": LinkNotFound(),
    "being_made": BeingMade(),
    "no_pdf": PdfFailed(),
    "pdf_busy": PdfBusy(),
    "session_ended": CSRFError(),
}
TEMPLATES = Path(__file__).parents[3] / "templates"
ERRORS = sorted(path.stem for path in (TEMPLATES / "errors").glob("*.html"))


@dataclass(frozen=True)
class Prepared:
    """The cookies of a browser that may open all of it, and where it is: addresses and ids by name."""

    state: StorageState
    places: Mapping[str, str]


class Sender:
    """Sends forms as a browser does, without one."""

    def __init__(self, request: APIRequestContext) -> None:
        self._request = request
        self._token = re.search('name="csrf_token" value="([^"]+)"', request.get("/").text())[1]

    def post(self, path: str, form: Form | None = None) -> str:
        """Send a form; return where it leads."""
        body = urlencode({"csrf_token": self._token, **(form or {})}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = self._request.post(path, data=body, headers=headers, max_redirects=0)
        return response.headers["location"]

    def begin(self, forms: Mapping[str, Form]) -> str:
        """Begin a self-check and save these pages; return its address."""
        return self._fill(self.post("/assessments/", {"device": "own"}), forms)

    def finish(self, address: str, agency: str) -> str:
        """Finish a self-check; return its address."""
        self.post(f"{address}/finish", {"agency": agency})
        return address

    def again(self, finished: str, forms: Mapping[str, Form]) -> str:
        """Begin the next self-check with the last answers, change these pages; return its address."""
        return self._fill(self.post(f"{finished}/retake", {"start": "old"}), forms)

    def own_action(self, finished: str) -> str:
        """Add an action of the team's own; return its id."""
        form = {"title": "A quiet corner in the waiting room", "section": "harm"}
        return self.post(f"{finished}/plan/actions", form).partition("#action-")[2]

    def history(self, finished: str) -> str:
        """Return the address of the history that a finished self-check is in."""
        return self._link(finished, "/progress/[^/]+/")

    def comparison(self, finished: str) -> str:
        """Return the address of the comparison of a finished self-check with the one before."""
        return self._link(finished, "/progress/[^/]+/[^/]+/[^/]+/")

    def _link(self, finished: str, form: str) -> str:
        return re.search(f'href="({form})"', self._request.get(f"{finished}/plan").text())[1]

    def _fill(self, first_page: str, forms: Mapping[str, Form]) -> str:
        address = re.match("/assessments/[^/]+", first_page)[0]
        for place, form in forms.items():
            self.post(f"{address}/{place}", {**form, "confirmed": "yes"})
        return address


def prepare(browser: Browser, site: str) -> Prepared:
    """Store a draft with a return code, an agency with two finished and a third begun, and one with many."""
    with browser.new_context(base_url=site) as context:
        sender = Sender(context.request)
        draft = sender.begin(SAVED)
        sender.post(f"{draft}/pause")
        finished = sender.finish(sender.begin(SAVED), "Lantern Youth Shelter")
        own_action = sender.own_action(finished)
        second = sender.finish(sender.again(finished, CHANGED), "Lantern Youth Shelter")
        again = sender.again(second, {})
        many = sender.finish(sender.begin({}), "An agency with a long name " * 4)
        for _ in range(6):
            many = sender.finish(sender.again(many, {}), "")
        places = {
            "draft": draft,
            "finished": finished,
            "second": second,
            "again": again,
            "own_action": own_action,
            "history": sender.history(finished),
            "history_of_many": sender.history(many),
            "comparison": sender.comparison(second),
        }
        return Prepared(state=context.storage_state(), places=places)


def outdated(data_dir: Path, folder: Path) -> tuple[str, str]:
    """Begin a self-check by other questions than today's; return its address and its return code."""
    folder.mkdir(exist_ok=True)
    for name, text in second_version_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    client = Client(create_app(Settings(data_dir=data_dir), folder))
    assessment = Assessment.begin(client)
    assessment.answer(pf_scope="whole", pf_who_roles=["partner"], start_09="not_yet", harm_01="started")
    page = client.get(client.post(assessment.at("pause")))
    return assessment.address, page.by_class("return-code__code")[0].text


def error_page(data_dir: Path, name: str) -> tuple[int, str]:
    """Return the status and the HTML that the application answers when this goes wrong."""
    app = create_app(Settings(data_dir=data_dir))
    app.add_url_rule("/fail", view_func=lambda: _fail(name))
    response = app.test_client().get("/fail")
    return response.status_code, response.text


def _fail(name: str) -> str:
    """Go wrong in this way."""
    if name in RAISED:
        raise RAISED[name]
    if name == "500":
        raise RuntimeError("An internal error")
    return abort(int(name))
