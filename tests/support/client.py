"""A browser for tests: it parses each page strictly and sends the CSRF token with each form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from flask import Flask
from werkzeug.test import TestResponse

from app.content import current
from questions.model import Questionnaire
from tests.support.page import Page, check_headers

Data = Mapping[str, str | Sequence[str]]
TOKEN = re.compile('name="csrf_token" value="([^"]+)"')


class Client:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.raw = app.test_client()
        self._token = ""

    @property
    def questionnaire(self) -> Questionnaire:
        with self.app.app_context():
            return current().questionnaire

    def get(self, address: str, status: int = 200) -> Page:
        """Return the page at this address."""
        return self._page(self.raw.get(address), status)

    def follow(self, address: str) -> Page:
        """Return the page that this address leads to."""
        return self._page(self.raw.get(address, follow_redirects=True), 200)

    def file(self, address: str) -> TestResponse:
        """Return a download."""
        response = self.raw.get(address)
        assert response.status_code == 200, response.status_code
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        check_headers(response)
        return response

    def token(self) -> str:
        """Return the token of this browser's forms."""
        if not self._token:
            self._token = TOKEN.search(self.raw.get("/").text)[1]
        return self._token

    def renew(self) -> None:
        """Get a new token: the last one expired when someone signed in or out."""
        self._token = ""

    def send(self, address: str, data: Data | None = None) -> TestResponse:
        """Send a form with its token and return the bare response."""
        return self.raw.post(address, data={"csrf_token": self.token(), **(data or {})})

    def post(self, address: str, data: Data | None = None) -> str:
        """Send a form that must be accepted; return the address that it redirects to."""
        response = self.send(address, data)
        assert response.status_code == 302, (response.status_code, response.text)
        check_headers(response)
        return response.headers["Location"]

    def refused(self, address: str, data: Data | None = None, status: int = 422) -> Page:
        """Send a form that must be rejected; return the page with the errors."""
        return self._page(self.send(address, data), status)

    def redirect(self, address: str) -> str:
        """Return the address that this one redirects to."""
        response = self.raw.get(address)
        assert response.status_code == 302, response.status_code
        check_headers(response)
        return response.headers["Location"]

    def _page(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (response.status_code, response.headers.get("Location"))
        assert response.mimetype == "text/html"
        return Page(response)


class Assessment:
    """One assessment in one browser."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address

    @classmethod
    def begin(cls, client: Client) -> Assessment:
        """Start a new assessment."""
        begun = client.post("/assessments/", {"device": "own"})
        return cls(client, re.match("/assessments/[^/]+", begun)[0])

    @property
    def public_id(self) -> str:
        return self.address.rpartition("/")[2]

    def at(self, rest: str) -> str:
        """Return an address of this assessment, such as `check`."""
        return f"{self.address}/{rest}"

    def page_of(self, question: str) -> str:
        """Return the address of the page that asks this question."""
        part, page = self.client.questionnaire.place_of[question]
        return self.at(f"{part.id}/{page.id}")

    def get(self, question: str, status: int = 200) -> Page:
        """Return the page that asks this question."""
        return self.client.get(self.page_of(question), status)

    def save(self, question: str, data: Data | None = None, go: str = "next", query: str = "") -> str:
        """Send the page that asks this question, with these fields only; return where it leads."""
        return self.client.post(self.page_of(question) + query, {**(data or {}), "go": go})

    def refused(self, question: str, data: Data) -> Page:
        """Send invalid answers to the page that asks this question; return the page with the errors."""
        return self.client.refused(self.page_of(question), data)

    def answer(self, **answers: str | Sequence[str]) -> None:
        """Save answers by question id, with _ for -."""
        for name, value in answers.items():
            id_ = name.replace("_", "-")
            self.save(id_, {id_: value})

    def change(self, **answers: str | Sequence[str]) -> None:
        """Save changed answers, and confirm the page that previews the change."""
        for name, value in answers.items():
            id_ = name.replace("_", "-")
            self.save(id_, {id_: value, "confirmed": "yes"})

    def stored(self) -> dict[str, Any]:
        """Return the answers on the path, as in the downloaded file."""
        return dict(yaml.safe_load(self.client.file(self.at("answers.yaml")).text))

    def finish(self, agency: str = "Harbor House") -> Page:
        """Finish and return the plan's page."""
        assert self.client.post(self.at("finish"), {"agency": agency}) == self.at("plan")
        return self.client.get(self.at("plan"))


def history_of(assessment: Assessment) -> str:
    """Return the id of the history of a finished assessment."""
    return assessment.client.get(assessment.at("plan")).link("All self-checks of this agency").split("/")[2]


def finish_with_two_actions(assessment: Assessment) -> Assessment:
    """Finish an assessment: a plan of two actions, with a third outside."""
    assessment.answer(pf_capacity="n2_3", pf_size="s1_5", pf_services=["residential"])
    assessment.answer(start_06="not_yet", harm_07="not_yet", start_05="mostly", harm_01="not_yet")
    assessment.finish()
    return assessment


def team(plan: Assessment) -> dict[str, dict[str, Any]]:
    """Return the plan's actions as the JSON has them, by id, the planned first in the team's order."""
    data = json.loads(plan.client.file(plan.at("plan.json")).data)
    return {item["id"]: item for item in data["team"]}


def planned(plan: Assessment) -> list[str]:
    """Return the ids of the actions in the plan, in the team's order."""
    return [id_ for id_, item in team(plan).items() if item["in_plan"]]


def two_finished(first: Assessment) -> dict[str, str]:
    """Finish the assessment and a second one; return the ids for the addresses of their history."""
    first.answer(why_01="mostly", why_02="started")
    first.finish()
    address = first.client.post(first.at("retake"), {"start": "old"})
    second = Assessment(first.client, "/".join(address.split("/")[:3]))
    second.answer(why_01="not_yet")
    second.finish()
    return {"public_id": history_of(first), "earlier": first.public_id, "later": second.public_id}
