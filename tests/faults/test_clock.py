"""A clock that jumps: nothing that was saved is lost, and no order of rows depends on it alone."""

import datetime

import pytest
from flask import Flask

from app import clock
from tests.support.client import Assessment, Client

pytestmark = pytest.mark.faults

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC).replace(tzinfo=None)
JUMPS = [datetime.timedelta(days=days) for days in (-4000, -1, 4000)]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch):
    def to(when: datetime.datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: when)

    to(NOW)
    return to


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_draft_is_continued_and_finished_after_the_clock_moved(
    stored_app: Flask, set_clock, jump: datetime.timedelta
) -> None:
    assessment = Assessment.begin(Client(stored_app))
    assessment.save("why-01", {"why-01": "not_yet", "why-01-note": "before"})
    set_clock(NOW + jump)
    assessment.save("why-02", {"why-02": "mostly"})
    assessment.save("why-01", {"why-01": "started", "confirmed": "yes"})
    assert assessment.stored()["answers"] == {"why-01": "started", "why-02": "mostly"}
    assert assessment.stored()["notes"] == {"why-01": "before"}
    assert "Harbor House" in assessment.finish().text
    assessment.client.file(assessment.at("plan.pdf"))


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_retake_and_a_comparison_after_the_clock_moved(
    stored_app: Flask, set_clock, jump: datetime.timedelta
) -> None:
    first = Assessment.begin(Client(stored_app))
    first.answer(why_01="not_yet")
    first.finish()
    set_clock(NOW + jump)
    address = first.client.post(first.at("retake"), {"start": "old"})
    assert address.startswith("/assessments/")
    second = Assessment(first.client, "/".join(address.split("/")[:3]))
    second.change(why_01="mostly")
    assert "Harbor House" in second.finish().text
    first.client.follow(f"/assessments/{second.public_id}/plan")
