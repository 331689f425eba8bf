"""Which questionnaire an assessment uses: the one it was started with, or the one it was upgraded to."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path as Folder

from flask import Flask, current_app

from app.database.answers import StoredAnswer, stored_answers
from app.database.assessments import Assessment, questionnaire_files, store_questionnaire
from questions.answers import Answers, usable_answers
from questions.loading.loader import load, load_pinned, read_folder
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.documents.text_key_check import text_key_problems

_EXTENSION = "questionnaire"


class Current:
    """The current questionnaire and its files, read on first use."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> dict[str, str]:
        """The content files by name."""
        return read_folder(self.folder)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire. Raises ContentError."""
        return load(self.files, text_key_problems)


def serve_content(app: Flask, content: Current) -> None:
    """Make the application serve this questionnaire."""
    app.extensions[_EXTENSION] = content


def current() -> Current:
    """Return the questionnaire that this application serves, with its files."""
    found: Current = current_app.extensions[_EXTENSION]
    return found


def site_name() -> str:
    """Return the name of this site, as its pages, emails and documents print it."""
    return current().questionnaire.texts.screen.product_name


def questionnaire_of(assessment: Assessment) -> Questionnaire:
    """Return the questionnaire that the assessment uses."""
    today = current().questionnaire
    return today if assessment.fingerprint == today.fingerprint else _pinned(assessment.fingerprint)


def store_current_questionnaire() -> Questionnaire:
    """Return the current questionnaire, stored so that an assessment can use it. The caller commits."""
    content = current()
    store_questionnaire(content.questionnaire.fingerprint, content.questionnaire.version, content.files)
    return content.questionnaire


def path_for(assessment: Assessment, stored: dict[str, StoredAnswer] | None = None) -> Path:
    """Return the path of an assessment's answers (those given, or those in the database)."""
    questionnaire = questionnaire_of(assessment)
    rows = stored_answers(assessment) if stored is None else stored
    return path_of(questionnaire, answers_from(questionnaire, rows))


def answers_from(questionnaire: Questionnaire, rows: dict[str, StoredAnswer]) -> Answers:
    """Return stored answers in the form that the core uses."""
    stored = Answers(
        by_question={id_: row.value for id_, row in rows.items()},
        notes={id_: row.note for id_, row in rows.items() if row.note},
        reasons={id_: row.reason for id_, row in rows.items() if row.reason},
        points_to=frozenset(id_ for id_, row in rows.items() if row.points_to),
    )
    return usable_answers(questionnaire, stored)


@lru_cache(maxsize=8)  # reading and checking a version takes 35 ms
def _pinned(fingerprint: str) -> Questionnaire:
    return load_pinned(questionnaire_files(fingerprint), current().files)
