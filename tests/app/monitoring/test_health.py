"""The addresses that monitors ask."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from tests.support.application import UNREACHABLE_DATABASE, MakeApp
from tests.support.client import Client


def test_it_is_well_and_ready(app: object) -> None:
    client = Client(app)
    response = client.raw.get("/healthz")
    assert response.status_code == 200
    assert response.json == {"status": "ok", "questionnaire": client.questionnaire.version}
    assert response.headers["Cache-Control"] == "no-store"
    ready = client.raw.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "ok")


def test_it_is_neither_without_tables_or_without_a_database(make_app: MakeApp) -> None:
    states = {"": "its schema is of another version", UNREACHABLE_DATABASE: "no answer"}
    for url, state in states.items():
        app = make_app(database_url=url, migrated=False)
        response = app.test_client().get("/healthz")
        assert response.status_code == 503
        assert response.json == {"status": "the database does not answer"}
        ready = app.test_client().get("/readyz")
        assert ready.status_code == 503
        assert ready.json["database"] == state


def test_it_is_not_ready_with_tables_of_another_version(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {
        "status": "not ready",
        "database": "its schema is of another version",
        "content": "ok",
        "pdf": response.json["pdf"],
        "mail": "ok",
        "purge": "ok",
    }


def test_it_is_not_ready_with_content_that_has_errors(make_app: MakeApp, tmp_path: Path) -> None:
    response = make_app(content=tmp_path / "nothing").test_client().get("/readyz")
    assert (response.status_code, response.json["content"]) == (503, "has errors")


@pytest.mark.parametrize("header", ["", "Bearer nonsense", "Bearer geheim-geheim-geheim ", "Bearer ÿ"])
def test_nothing_is_measured_for_strangers(make_app: MakeApp, header: str) -> None:
    assert make_app().test_client().get("/metrics", headers={"Authorization": header}).status_code == 404
    app = make_app(metrics_token="geheim-geheim-geheim")
    assert app.test_client().get("/metrics", headers={"Authorization": header}).status_code == 401
