"""Fixtures for tests of accounts."""

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.people import new_user, sign_in


@pytest.fixture
def person(app: Flask, client: Client) -> Client:
    """A browser where Ana is signed in."""
    new_user(app)
    sign_in(client)
    return client
