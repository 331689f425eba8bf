"""A save does its work once, keeps nobody waiting while it reads, and notices what changed meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.assessments import views
from app.extensions import db
from questions.kinds.stage import StageQuestion
from tests.support.client import Assessment, Client

OTHER = "Theirs, saved in the middle"


@pytest.fixture
def assessment(app: Flask) -> Assessment:
    """A draft with answers."""
    found = Assessment.begin(Client(app))
    found.answer(why_01="not_yet", why_02="started", start_01="mostly")
    return found


def interrupted(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Let something happen in the middle of the next save, after it has read and before it writes."""
    original, turns = views.posted_changes, iter((act,))

    def posted_changes(*given: Any) -> Any:
        found = original(*given)
        next(turns, lambda: None)()
        return found

    monkeypatch.setattr(views, "posted_changes", posted_changes)


def test_each_answer_is_checked_once(assessment: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: Counter[str] = Counter()
    original = StageQuestion.check

    def check(self: StageQuestion, *given: Any) -> Any:
        checks[self.id] += 1
        return original(self, *given)

    monkeypatch.setattr(StageQuestion, "check", check)
    assessment.save("why-01", {"why-01": "not_yet", "why-02": "mostly", "confirmed": "yes"})
    # On the page of why-01 and why-02, what is stored and what was sent; elsewhere, what is stored.
    assert (checks["why-01"], checks["why-02"], checks["start-01"]) == (2, 2, 1)


def test_what_somebody_saves_in_the_middle_of_a_save_is_not_overwritten(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, form = assessment.page_of("why-01"), assessment.get("why-01").form()
    theirs = Client(assessment.client.app)
    with theirs.raw.session_transaction() as session, assessment.client.raw.session_transaction() as mine:
        session.update(mine)
    interrupted(monkeypatch, lambda: theirs.post(page, {"why-01-note": OTHER}))
    conflict = assessment.client.refused(page, {**form, "why-01-note": "Mine"}, 409)
    assert OTHER in conflict.text
    assert assessment.stored()["notes"] == {"why-01": OTHER}


def test_an_assessment_that_is_finished_in_the_middle_of_a_save_does_not_change(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Client(assessment.client.app)
    with theirs.raw.session_transaction() as session, assessment.client.raw.session_transaction() as mine:
        session.update(mine)
    before = assessment.stored()["answers"]
    interrupted(monkeypatch, lambda: theirs.post(assessment.at("finish")))
    assert assessment.save("why-01", {"why-01": "mostly", "confirmed": "yes"}) == assessment.at("plan")
    assert assessment.stored()["answers"] == before


def test_who_only_reads_waits_for_no_writer(app: Flask, client: Client) -> None:
    assessment = Assessment.begin(client)
    with app.app_context(), db.engine.connect() as writer:
        writer.exec_driver_sql("UPDATE assessment SET agency = 'x'")
        assessment.get("why-01")
        assessment.refused("why-01", {"why-01": "nonsense"})
        writer.rollback()
