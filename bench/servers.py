"""The applications measured: ours, and a bare Flask that does the least a durable save can do."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from functools import cached_property

from flask import Flask, request

from app import create_app
from app.config import read_settings
from app.questionnaires import Current
from questions.load import CONTENT_FOLDER, load
from questions.model import Page, Questionnaire, StageQuestion

SIX = 6


class _SixOnAPage(Current):
    """Our questionnaire with ten pages of six questions, the shape that similar systems were given."""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire, its practices regrouped."""
        return _regrouped(load(self.files))


def six_on_a_page() -> Flask:
    """Return our application with pages of six questions."""
    app = create_app()
    app.extensions["questionnaire"] = _SixOnAPage(CONTENT_FOLDER)
    return app


def ours() -> Flask:
    """Return our application as it is."""
    return create_app()


def floor() -> Flask:
    """Return a bare Flask: one durable row a request, then a page of fixed text."""
    app = Flask(__name__)
    path = read_settings().data_dir / "floor.sqlite"
    page = "<!DOCTYPE html><title>Page</title>" + "<input type=radio>" * 36

    kept = threading.local()

    def connection() -> sqlite3.Connection:
        if hasattr(kept, "connection"):
            return kept.connection
        kept.connection = found = sqlite3.connect(path, isolation_level=None, timeout=10)
        found.execute("PRAGMA journal_mode = WAL")
        found.execute("PRAGMA synchronous = FULL")
        found.execute("CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, value TEXT)")
        return found

    @app.route("/", methods=["GET", "POST"])
    def index() -> str:
        if request.method == "POST":
            connection().execute("INSERT INTO answer (value) VALUES (?)", [str(request.form)])
        return page

    return app


def _regrouped(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with its practices, unconditional, on pages of six."""
    asked = questionnaire.questions.values()
    practices = [
        replace(question, show_when=None) for question in asked if isinstance(question, StageQuestion)
    ]
    groups = [tuple(practices[i : i + SIX]) for i in range(0, len(practices) - SIX + 1, SIX)]
    pages = tuple(Page(id=f"p{i}", title=f"Page {i}", questions=group) for i, group in enumerate(groups))
    profile, first, *_, training = questionnaire.parts
    return replace(questionnaire, parts=(profile, replace(first, pages=pages), training))
