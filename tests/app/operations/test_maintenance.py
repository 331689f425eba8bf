"""What the server does by itself, whether or not anyone visits."""

from __future__ import annotations

import datetime
import threading
import time

import pytest
from flask import Flask

from app.extensions import db
from app.mail.messages import Email
from app.mail.outbox import enqueue
from app.operations import maintenance
from tests.support.application import MakeApp
from tests.support.mail_server import app_with_smtp, post_office

MINUTE = datetime.timedelta(minutes=1)


def test_a_waiting_email_is_sent_on_a_site_that_nobody_visits(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "_PAUSE", 0.05)
    monkeypatch.setattr(maintenance, "_EVERY", dict.fromkeys(maintenance._EVERY, MINUTE * 0))
    with post_office() as server:
        app = app_with_smtp(make_app, server.port)
        with app.app_context():
            enqueue(Email("ana@example.org", "Subject", "Text"))
            db.session.commit()
        stop = maintenance.start(app)
        for _ in range(200):
            if server.taken:
                break
            time.sleep(0.05)
        stop.set()
        for thread in threading.enumerate():
            if thread.name == "maintenance":
                thread.join()
        assert [letter["To"] for letter in server.taken] == ["ana@example.org"]


def test_each_task_has_its_own_time_and_an_error_ends_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def often(_app: Flask) -> None:
        done.append("often")
        raise RuntimeError

    def seldom(_app: Flask) -> None:
        done.append("seldom")

    every = {often: MINUTE, seldom: 5 * MINUTE}
    monkeypatch.setattr(maintenance, "_EVERY", every)
    due_at = {task: pause.total_seconds() for task, pause in every.items()}
    for minute in range(6):
        maintenance.do_what_is_due(app, due_at, minute * 60)
    assert done == ["often"] * 5 + ["seldom"]
    assert "often failed" in caplog.text
