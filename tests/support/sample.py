"""The content for tests of code: a published version, so that edits of questions/content do not break them.

What is said of the shipped content stands in tests/content. A test of something that this version lacks uses
NEWER_FOLDER.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from questions.loading.loader import load_pinned, read_folder
from questions.model import Part, Questionnaire
from questions.versions.releases import PUBLISHED_FOLDER

VERSION = "1.1.2"
SAMPLE_FOLDER = PUBLISHED_FOLDER / VERSION
# It has two depths, topics, composed plans, and room for reviewers as well.
NEWER_FOLDER = PUBLISHED_FOLDER / "2.0.1"


def sample_files() -> dict[str, str]:
    """Return the content files, text by name."""
    return read_folder(SAMPLE_FOLDER)


@cache
def small_questionnaire() -> Questionnaire:
    """Return the sample with two practices a section, for what holds for every content, in less time.

    One of the two is conditional where the section has such a practice.
    """
    sample = sample_questionnaire()
    return replace(sample, parts=tuple(_shortened(part) if part.practices else part for part in sample.parts))


def _shortened(part: Part) -> Part:
    conditional = [practice for practice in part.practices if practice.show_when]
    chosen = [part.practices[0], *(conditional or part.practices[1:])[:1]]
    pages = (replace(page, questions=tuple(q for q in page.questions if q in chosen)) for page in part.pages)
    return replace(part, pages=tuple(page for page in pages if page.questions))


@cache
def sample_questionnaire() -> Questionnaire:
    """Return the questionnaire."""
    return load_pinned(sample_files(), newer=read_folder())
