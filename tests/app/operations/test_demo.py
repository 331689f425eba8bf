"""Demo data by command."""

import re
from collections.abc import Callable

from flask import Flask

from tests.support.client import Client
from tests.support.full_database import table_contents
from tests.support.people import sign_in

EMPTY = {"questionnaire_text"}


def test_the_demo_can_be_looked_around_in_and_removed(app: Flask, run: Callable[..., object]) -> None:
    output = run("demo").out
    assert "“Demo agency (made up)” is stored. Everything in it is made up." in output
    client = Client(app)
    code = re.search(r"code (\S+)", output)[1]
    home = client.post("/assessments/return", {"code": code})
    history = client.follow(home)
    assert "Demo agency (made up)" in history.text
    links = [str(link.get("href")) for link in history.all("a")]
    plans = {link for link in links if link.endswith("/plan")}
    assert len(plans) >= 3
    for plan in plans:
        client.get(plan)
    comparisons = [link for link in links if re.fullmatch(r"/progress/[^/]+/[^/]+/[^/]+/", link)]
    assert comparisons
    assert "went down" in client.get(comparisons[0]).text.lower()
    refused = run("demo")
    assert (refused.code, "There is a demo already" in refused.err) == (1, True)
    assert run("demo", "--remove").out == "The demo is deleted.\n"
    assert run("demo", "--remove").out == "There is no demo.\n"
    assert {name for name, contents in table_contents(app).items() if contents.rows} <= EMPTY


def test_the_demo_has_an_account_on_request(app: Flask, run: Callable[..., object]) -> None:
    output = run("demo", "--account").out
    client = Client(app)
    sign_in(client, "demo@example.org", re.search(r"password (\S+)", output)[1])
    assert "Demo agency (made up)" in client.get("/agencies/").text
    run("demo", "--remove")
    assert {name for name, contents in table_contents(app).items() if contents.rows} <= EMPTY | {
        "security_event"
    }
