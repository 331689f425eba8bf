"""The database: the same on SQLite and on PostgreSQL."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text

from app.database.tables import AnswerRow, AssessmentRow, CachedFile
from app.extensions import db
from app.operations.migrate import alembic
from tests.support.client import Assessment, Client
from tests.support.page import text_of


@pytest.fixture
def in_context(app: Flask) -> Iterator[None]:
    """Inside the application."""
    with app.app_context():
        yield


def test_answers_are_saved_changed_cleared_and_finished(client: Client) -> None:
    assessment = Assessment.begin(client)
    assessment.save("why-01", {"why-01": "not_yet", "why-01-note": "👩\u200d👧 «ü» \x00", "why-02": "mostly"})
    assessment.save("why-01", {"why-01": "started", "why-02": ""})
    assessment.answer(pf_services=["", "legal"])
    assessment.save("tr-topics", {"tr-topics-peers": "some"})
    assert assessment.stored()["answers"] == {
        "pf-services": ["legal"],
        "why-01": "started",
        "tr-topics": {"peers": "some"},
    }
    assert assessment.stored()["notes"] == {"why-01": "👩\u200d👧 «ü»"}
    assessment.finish("Harbor House")
    Assessment.begin(client).finish("Another, with the same content")
    first = client.file(assessment.at("plan.pdf")).data
    assert client.file(assessment.at("plan.pdf")).data == first
    assert "Harbor House" in client.get("/").text


def test_a_return_code_is_found(client: Client) -> None:
    assessment = Assessment.begin(client)
    page = client.get(assessment.save("pf-scope", go="pause"))
    code = text_of(page.by_class("return-code__code")[0])
    assert Client(client.app).post("/assessments/return", {"code": code}) == assessment.at("")


def test_two_writers_at_the_same_moment_lose_nothing(client: Client) -> None:
    """Both read, change and write the same matrix answer: each its own rows."""
    assessment = Assessment.begin(client)
    cookie = client.raw.get_cookie("assessment").value
    token, address = client.token(), assessment.page_of("tr-topics")
    rows = ["effects", "strengths", "signs_response", "interviewing", "screening", "peers", "privacy"]
    together, statuses = threading.Barrier(len(rows)), []

    def write(row: str) -> None:
        browser = client.app.test_client()
        browser.set_cookie("assessment", cookie)
        together.wait()
        response = browser.post(address, data={"csrf_token": token, f"tr-topics-{row}": "few"})
        statuses.append(response.status_code)

    threads = [threading.Thread(target=write, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * len(rows)
    assert assessment.stored()["answers"] == {"tr-topics": dict.fromkeys(rows, "few")}


@pytest.mark.usefixtures("in_context")
def test_the_tables_are_what_the_models_say() -> None:
    assert alembic.compare_metadata() == []


@pytest.mark.usefixtures("in_context")
def test_every_migration_goes_up_down_and_up_again() -> None:
    alembic.downgrade("base")
    assert db.engine.dialect.has_table(db.session.connection(), "assessment") is False
    db.session.rollback()
    alembic.upgrade()
    assert alembic.compare_metadata() == []


def test_typed_text_does_not_reach_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    assessment = Assessment.begin(Client(app))
    assessment.get("why-01")
    with app.app_context():
        db.session.execute(
            text("ALTER TABLE answer ADD COLUMN extra INTEGER NOT NULL DEFAULT 0 CHECK (extra > 0)")
        )
        db.session.commit()
    page = assessment.client.refused(assessment.page_of("why-01"), {"why-01-note": "A private note"}, 500)
    assert page.h1 == "Something went wrong on our side"
    assert "IntegrityError" in caplog.text or "CheckViolation" in caplog.text
    assert "A private note" not in caplog.text


def test_the_pdf_of_a_deleted_assessment_is_deleted_with_its_answers(app: Flask) -> None:
    assessment = Assessment.begin(Client(app))
    assessment.answer(why_01="not_yet")
    assessment.finish()
    assessment.client.file(assessment.at("plan.pdf"))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CachedFile)) == 1
        db.session.execute(delete(AssessmentRow))
        db.session.commit()
        for table in (CachedFile, AnswerRow):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
