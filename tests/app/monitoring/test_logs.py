"""The log: lines that help who runs the site, and nothing that people typed."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.monitoring.logs import JsonLine, PlainLine
from tests.support.agency import new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client

MARK = "geheim7"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All lines as the server writes them, at its most talkative."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLine())
    root, ours = logging.getLogger(), logging.getLogger("app")
    before = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def lines_of(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def requests(log: io.StringIO) -> list[dict[str, object]]:
    return [line for line in lines_of(log) if line["message"] == "request"]


def test_a_request_has_a_line_by_its_route_and_the_answer_its_number(
    assessment: Assessment, log: io.StringIO
) -> None:
    response = assessment.client.raw.get(assessment.at("check"))
    (line,) = requests(log)
    assert response.headers["X-Request-ID"] == line["request_id"]
    assert re.fullmatch("[0-9a-f]{16}", str(line["request_id"]))
    assert (line["method"], line["endpoint"], line["status"]) == (
        "GET",
        "/assessments/<public_id>/check",
        200,
    )
    assert 0 < line["ms"] < 10_000
    assert line["level"] == "info"
    assert str(line["time"]).endswith("+00:00")
    assert assessment.public_id not in log.getvalue()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("0123456789abcdef0123456789abcdef", True),
        ("6f1c2c1e-9d5a-4f4e-8a51-0d4c1f1f3b11", True),
        ("short", False),
        ("word " * 5, False),
        ("a" * 41, False),
        ("{}" * 10, False),
    ],
)
def test_a_number_given_by_the_server_before_us_is_taken_if_it_is_sane(
    client: Client, given: str, *, taken: bool
) -> None:
    response = client.raw.get("/", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) is taken


def test_an_internal_error_is_logged_by_place_and_its_page_gives_the_number(
    own_app: Flask, log: io.StringIO
) -> None:
    @own_app.get("/problem/<code>")
    def problem(code: str) -> str:
        try:
            int(code)
        except ValueError as error:
            raise RuntimeError(code) from error
        return code

    page = Client(own_app).get(f"/problem/{MARK}", 500)
    (line,) = [line for line in lines_of(log) if line["level"] == "error"]
    assert (line["message"], line["error"]) == ("an unexpected error", "RuntimeError because of ValueError")
    assert any("tests/app/monitoring/test_logs.py" in place and "in problem" in place for place in line["at"])
    assert f"give them this number: {line['request_id']}" in page.text
    assert MARK not in log.getvalue()


def everything(client: Client) -> None:
    """Send the mark through every form, in every field, and into every address."""
    assessment = Assessment.begin(client)
    token = {"csrf_token": client.token()}
    fields = {"agency", "code", "email", "password", "name", "title", "note", "role", "value", "file"}
    for question in client.questionnaire.questions:
        fields |= {question, f"{question}-note", f"{question}-reason"}
    sent = dict.fromkeys(sorted(fields), MARK) | {"email": f"{MARK}@example.org"}
    for rule in client.app.url_map.iter_rules():
        for public_id in (assessment.public_id, MARK):
            address = rule.rule.replace("<public_id>", public_id)
            address = re.sub("<[^>]+>", MARK, address)
            if "GET" in rule.methods:
                client.raw.get(f"{address}?{MARK}={MARK}", headers={"X-Request-ID": MARK, "User-Agent": MARK})
            else:
                client.raw.post(address, data=sent | token, headers={"Referer": MARK})
    client.raw.open("/", method=MARK.upper())


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_that_is_sent_is_in_the_log(app: Flask, log: io.StringIO) -> None:
    client = Client(app)
    everything(client)
    assert len(requests(log)) > 100
    assert MARK not in log.getvalue().lower()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nor_when_the_database_refuses(app: Flask, log: io.StringIO) -> None:
    client = Client(app)
    assessment = Assessment.begin(client)
    with app.app_context():
        db.session.execute(text("ALTER TABLE answer RENAME COLUMN changed_at TO gone"))
        db.session.commit()
    page = assessment.client.send(assessment.page_of("why-01"), {"why-01-note": MARK})
    assert page.status_code in (500, 503)
    assert [line["message"] for line in lines_of(log) if line["level"] == "error"]
    assert MARK not in log.getvalue()


def test_messages_of_libraries_and_the_server_about_a_request_are_not_logged(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("could not read %s", MARK)
    server = logging.getLogger("gunicorn.error")
    before, server.propagate = server.propagate, True
    server.error("Error handling request %s", f"/assessments/return/{MARK}")
    server.warning(f"Invalid request from ip=127.0.0.1: {MARK}")
    server.error("Worker (pid:%s) was sent SIGKILL!", 7)
    server.propagate = before
    reported = [str(line["message"]) for line in lines_of(log)]
    assert reported[0].startswith("a message of a library: test_logs.py, line ")
    assert reported[1:] == [
        *["a request that could not be read or answered"] * 2,
        "Worker (pid:7) was sent SIGKILL!",
    ]


def test_a_refused_request_is_a_warning(app: Flask, log: io.StringIO) -> None:
    team = new_team(app)
    team.viewer.refused(
        f"{team.address}invitations", {"email": "a@example.org", "role": "viewer"}, status=403
    )
    levels = {line["status"]: line["level"] for line in requests(log)}
    assert (levels[200], levels[403]) == ("info", "warning")


def test_at_a_terminal_the_lines_are_for_people() -> None:
    record = logging.LogRecord("app", logging.INFO, "x.py", 1, "request", (), None)
    record.facts = {"status": 200}
    assert PlainLine().format(record).endswith(" info request logger=app status=200")


def test_under_another_name_there_is_no_page(make_app: MakeApp) -> None:
    browser = make_app(trusted_hosts="example.org, .example.net").test_client()
    for name, status in {"example.org": 200, "a.example.net": 200, "evil.test": 400, "x" * 300: 400}.items():
        assert browser.get("/", headers={"Host": name}).status_code == status
    assert browser.get("/", headers={"Host": "evil.test"}).text == "This site does not have this host name.\n"


@pytest.mark.parametrize(("count", "secure"), [(0, False), (1, True), (2, False)])
def test_only_as_many_servers_before_us_are_believed_as_are_set(
    make_app: MakeApp, count: int, *, secure: bool
) -> None:
    app = make_app(trusted_proxies=count)
    headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
    response = app.test_client().post("/assessments/", headers=headers)
    assert ("Strict-Transport-Security" in response.headers) is secure
