"""The address that monitors ask."""

from tests.app.client import Client
from tests.app.conftest import MakeApp


def test_it_is_well_on_each_database(stored_app: object) -> None:
    client = Client(stored_app)
    response = client.raw.get("/healthz")
    assert response.status_code == 200
    assert response.json == {"status": "ok", "questionnaire": client.questionnaire.version}
    assert response.headers["Cache-Control"] == "no-store"


def test_it_is_not_well_without_tables_or_without_a_database(make_app: MakeApp) -> None:
    nowhere = "postgresql://user:geheim@127.0.0.1:1/none"
    for app in (make_app(migrated=False), make_app(database_url=nowhere, migrated=False)):
        response = app.test_client().get("/healthz")
        assert response.status_code == 503
        assert response.json == {"status": "the database does not answer"}
