"""The shipped content, in place of the sample that tests of code read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from questions.loading.loader import load, read_folder
from questions.model import Questionnaire


@pytest.fixture(scope="session")
def content() -> Mapping[str, str]:
    """The shipped content files, text by name."""
    return read_folder()


@pytest.fixture(scope="session")
def questionnaire(content: Mapping[str, str]) -> Questionnaire:
    """The shipped questionnaire."""
    return load(content)
