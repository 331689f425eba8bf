"""The content for tests of code: a published version, so that edits of questions/content do not break them.

What is said of the shipped content stands in tests/content. A test of something that this version lacks
needs a newer one: raise VERSION to it.
"""

from __future__ import annotations

from functools import cache

from questions.loading.loader import load_pinned, read_folder
from questions.model import Questionnaire
from questions.versions.releases import PUBLISHED_FOLDER

VERSION = "1.1.2"
SAMPLE_FOLDER = PUBLISHED_FOLDER / VERSION


def sample_files() -> dict[str, str]:
    """Return the content files, text by name."""
    return read_folder(SAMPLE_FOLDER)


@cache
def sample_questionnaire() -> Questionnaire:
    """Return the questionnaire."""
    return load_pinned(sample_files(), newer=read_folder())
