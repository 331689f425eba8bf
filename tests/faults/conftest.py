"""Fixtures of the tests of failing machines: each kind of database in turn."""

import pytest
from flask import Flask

from tests.support.application import MakeApp


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database: on PostgreSQL, one with all tables."""
    return "" if request.param == "sqlite" else request.getfixturevalue("new_postgres")()


@pytest.fixture
def stored_app(make_app: MakeApp, database_url: str) -> Flask:
    """The application on that database."""
    return make_app(database_url=database_url)
