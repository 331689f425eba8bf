"""Fixtures for tests of plans."""

import pytest

from tests.support.client import Assessment


@pytest.fixture
def plan(assessment: Assessment) -> Assessment:
    """A finished assessment. Tests of the team's work have one with more actions."""
    assessment.answer(why_01="not_yet", why_02="started")
    assessment.finish()
    return assessment
