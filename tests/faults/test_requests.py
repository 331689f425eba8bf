"""Ten thousand requests that no browser would send: never an internal error, never another's data."""

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.database.assessments import find_assessment
from tests.support.agency import Team, new_team, signed_in
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.people import new_user

REQUESTS = 10_000
SIGNED_IN_FOR = 250
SECRET = "Quillfeather"
METHODS = ["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"]
PIECES = [
    "..",
    "../../etc/passwd",
    "%2e%2e%2f",
    "%00",
    "%ff",
    "%c0%af",
    "{{7*7}}",
    "' OR 1=1 --",
    "x" * 300,
    "-1",
    "0",
    "99999999999999999999",
    "null",
    "why-01",
    "profile",
    "own-1",
    "AAAAAAAAAAAAAAAA",
    "ünïcode",
    "a/b",
    ";",
    "?",
    "plan.pdf",
]
VALUES = [
    *PIECES,
    "",
    "not_yet",
    "\x00",
    "\ud800",
    "x" * 2001,
    "x" * 100_000,
    "<script>",
    "1e999",
    "[]",
    "yes",
]
FIELDS = [
    "csrf_token",
    "why-01",
    "why-01-note",
    "agency",
    "code",
    "go",
    "shown",
    "confirmed",
    "email",
    "password",
]
FIELDS += [
    "name",
    "role",
    "owner",
    "due",
    "status",
    "move",
    "title",
    "file",
    "next",
    "token",
    "keep",
    "choice",
    "q",
]
HEADERS = [
    {},
    {},
    {},
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "' OR 1=1, \x7f"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "application/json"},
    {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"},
    {"Content-Length": "-5"},
    {"Content-Length": "9" * 30},
    {"Transfer-Encoding": "chunked"},
    {"Cookie": "assessment=forged; assessment=" + "x" * 3000},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Range": "bytes=9999999999-"},
    {"If-Modified-Since": "yesterday"},
    {"Accept-Language": "\xff" * 100},
    {"Referer": "javascript:alert(1)"},
    {"Authorization": "Basic " + "A" * 500},
    {"X-Request-ID": "<script>"},
]

pytestmark = pytest.mark.faults


class Attacker:
    """Tries everything at every address: without an account, and as the owner of another agency."""

    def __init__(self, team: Team, victim: Assessment) -> None:
        self._app, self._chance = team.app, random.Random(20261124)
        self._anonymous = Client(self._app)
        own = Assessment.begin(self._anonymous).public_id
        self._ids = [
            own,
            victim.public_id,
            team.public_id,
            history_of(victim),
            *map(str, team.numbers.values()),
        ]
        self._rules = [rule for rule in self._app.url_map.iter_rules() if rule.endpoint != "static"]

    def requests(self) -> Iterator[tuple[Rule, TestResponse]]:
        """Send each made-up request; yield what it aimed at, and the answer."""
        for number in range(REQUESTS):
            if number % SIGNED_IN_FOR == 0:
                self._stranger = self._new_stranger(f"stranger-{number}@example.org")
                self._tokens = ["", "nonsense", self._stranger.token(), self._anonymous.token()]
            rule = self._rules[number % len(self._rules)]
            yield rule, self._send(rule)

    def _new_stranger(self, email: str) -> Client:
        """Return somebody with an account and an agency: the one before may have deleted them by now."""
        new_user(self._app, email)
        stranger = signed_in(self._app, email)
        stranger.post("/agencies/", {"name": "Another House"})
        return stranger

    def _send(self, rule: Rule) -> TestResponse:
        method = self._chance.choice([*sorted(rule.methods or ()), self._chance.choice(METHODS)])
        headers = {**self._chance.choice(HEADERS)}
        data: Any = self._form() if self._chance.random() < 0.8 else self._noise()
        if not isinstance(data, dict):
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        strangers = [self._stranger.raw, self._stranger.raw, self._anonymous.raw, self._app.test_client()]
        client = self._chance.choice(strangers)
        return client.open(self._address(rule), method=method, data=data, headers=headers, buffered=True)

    def _address(self, rule: Rule) -> str:
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self._piece(found[1]), rule.rule)
        query = (
            f"?{self._chance.choice(FIELDS)}={quote(self._value())}" if self._chance.random() < 0.3 else ""
        )
        return path + query

    def _piece(self, name: str) -> str:
        known = [*self._ids, "why", "basics", "why-01"]
        piece = self._chance.choice([*known, *known, self._chance.choice(PIECES)])
        return piece if "%" in piece else quote(piece, safe="")

    def _value(self) -> str:
        return self._chance.choice(VALUES).encode("utf-8", "replace").decode()

    def _form(self) -> dict[str, list[str]]:
        count = self._chance.choice([0, 1, 2, 4, 12])
        form = {
            self._chance.choice(FIELDS): [self._value()] * self._chance.choice([1, 1, 2])
            for _ in range(count)
        }
        if self._chance.random() < 0.9:
            form["csrf_token"] = [self._chance.choice([*self._tokens, *self._tokens[2:] * 3])]
        return form

    def _noise(self) -> bytes:
        return self._chance.choice(
            [b"", b"%", b"\xff\xfe\x00", b"=" * 3000, b"&" * 3000, b"a=%ED%A0%80", b"{"]
        )


def history_of(assessment: Assessment) -> str:
    """Return the id of the history that an assessment belongs to."""
    with assessment.client.app.app_context():
        found = find_assessment(assessment.public_id)
        assert found
        return found.history.public_id


@pytest.fixture
def team(make_app: MakeApp) -> Team:
    """An agency, and the owner of another, at a site without rate limits."""
    app = make_app(rate_limits=False)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return new_team(app)


@pytest.fixture
def victim(team: Team) -> Assessment:
    """An assessment of the agency that holds a secret."""
    assessment = team.begin()
    assessment.save("why-01", {"why-01": "not_yet", "why-01-note": SECRET})
    assessment.finish(SECRET)
    return assessment


def test_no_request_breaks_the_site_or_reads_what_another_wrote(team: Team, victim: Assessment) -> None:
    before, broken, leaked = victim.stored(), [], []
    for rule, answer in Attacker(team, victim).requests():
        if answer.status_code >= 500 and answer.status_code != 503:
            broken.append((rule.rule, answer.status_code, answer.request.full_path[:200]))
        if SECRET.encode() in answer.get_data():
            leaked.append((rule.rule, answer.request.full_path[:200]))
    assert (broken, leaked) == ([], [])
    assert victim.stored() == before
