"""Our application, as it is and with pages of six questions."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from flask import Flask

from app import create_app
from app.content import Current, serve_content
from questions.loading.loader import CONTENT_FOLDER, load
from questions.model import Page, Questionnaire

SIX = 6


class _SixOnAPage(Current):
    """Our questionnaire with ten pages of six questions, the shape used to measure similar systems."""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire with its practices regrouped."""
        return _regrouped(load(self.files))


def six_on_a_page() -> Flask:
    """Return our application with pages of six questions."""
    app = create_app()
    serve_content(app, _SixOnAPage(CONTENT_FOLDER))
    return app


def ours() -> Flask:
    """Return our application as it is."""
    return create_app()


def _regrouped(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with its practices, without conditions, on pages of six."""
    practices = [replace(practice, show_when=None) for practice in questionnaire.practices]
    groups = [tuple(practices[i : i + SIX]) for i in range(0, len(practices) - SIX + 1, SIX)]
    pages = tuple(Page(id=f"p{i}", title=f"Page {i}", questions=group) for i, group in enumerate(groups))
    profile, first, *_, training = questionnaire.parts
    return replace(questionnaire, parts=(profile, replace(first, pages=pages), training))
