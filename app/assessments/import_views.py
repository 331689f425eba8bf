"""Starting a draft from a file of answers. Nothing is stored until the person has seen what does not fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app import clock
from app.assessments import bp
from app.assessments.check_view import CheckLine, check_line, reasons_of
from app.assessments.drafts import begin_draft
from app.content import current
from app.database.answers import StoredAnswer, as_stored, save_answers
from app.database.assessments import Assessment
from app.extensions import db
from app.forms.base import translated
from app.forms.privacy_warning import describe_all
from app.http.remembered_histories import asks_for_device, remember, set_own_device
from app.permissions import user_id
from questions.answers import Answers
from questions.answers_file.decoding import MAX_BYTES, text_of_file
from questions.answers_file.parser import AnswersFile, AnswersFileError
from questions.model import Questionnaire
from questions.privacy.answers import private_texts
from questions.text import Message
from questions.versions.migration import MigratedAnswers, migrate_answers
from questions.versions.releases import answers_of_any_version
from reports.documents.json import answers_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file that was read: its own answers, and those that the current questions accept."""

    source: Questionnaire
    file: AnswersFile
    migrated: MigratedAnswers

    @property
    def text(self) -> str:
        """The file's content, for the form that confirms it."""
        data = answers_data(self.source, self.file.agency, self.file.date, self.file.answers)
        return json.dumps(data, ensure_ascii=False)


@bp.get("/assessments/load")
def load_page() -> ResponseReturnValue:
    """Ask for the file."""
    return _ask_for_file(())


@bp.post("/assessments/load")
def load() -> ResponseReturnValue:
    """Start a draft with the answers of the file; ask first if some do not fit or look like client data."""
    try:
        loaded = _read(_sent())
    except AnswersFileError as error:
        return _ask_for_file([translated(problem) for problem in error.problems]), 422
    dropped, warnings = _dropped_lines(loaded), _privacy_warnings(loaded)
    if (dropped or warnings) and "agreed" not in request.form:
        return render_template(
            "assessments/import_review.html", loaded=loaded, dropped=dropped, warnings=warnings
        )
    draft = begin_draft(agency=loaded.file.agency)
    _store(draft, loaded.migrated.answers)
    db.session.commit()
    if "own" in request.form:
        set_own_device(own=True)
    remember(draft.history)
    count = len(loaded.migrated.answers.by_question)
    flash(
        ngettext(
            "We loaded %(num)d answer from your file. Review it, then finish.",
            "We loaded %(num)d answers from your file. Review them, then finish.",
            count,
        )
    )
    return redirect(url_for("assessments.check", public_id=draft.public_id))


def _ask_for_file(errors: Sequence[str]) -> str:
    return render_template("assessments/import.html", errors=errors, asks_for_device=asks_for_device())


def _sent() -> str:
    """Return the text of the uploaded file, or of the one that was confirmed. Raises AnswersFileError."""
    if "agreed" in request.form:
        return request.form["agreed"]
    file = request.files.get("file")
    if file is None or not file.filename:
        raise AnswersFileError([Message("Choose a file first.")])
    return text_of_file(file.read(MAX_BYTES + 1))


def _read(text: str) -> Loaded:
    today = current().questionnaire
    source, file = answers_of_any_version(today, text)
    if not (file.answers.by_question or file.answers.notes):
        raise AnswersFileError([Message("There are no answers in this file.")])
    return Loaded(source=source, file=file, migrated=migrate_answers(source, today, file.answers))


def _dropped_lines(loaded: Loaded) -> tuple[CheckLine, ...]:
    """Return the answers of the file that the current questions do not accept whole, with the reason."""
    source, answers = loaded.source, loaded.file.answers
    reasons = reasons_of(loaded.migrated)
    return tuple(check_line(source, source.questions[id_], answers, why=why) for id_, why in reasons.items())


def _privacy_warnings(loaded: Loaded) -> list[tuple[str, str]]:
    """Return the place of each text that looks like client data, and what it looks like."""
    found = private_texts(loaded.file.agency, loaded.file.answers, clock.today())
    return describe_all(loaded.source, found)


def _store(draft: Assessment, answers: Answers) -> None:
    ids = dict.fromkeys([*answers.by_question, *answers.notes, *answers.reasons, *answers.points_to])
    stored = {
        id_: StoredAnswer(
            value=as_stored(answers.by_question.get(id_)),
            note=answers.notes.get(id_, ""),
            reason=answers.reasons.get(id_, ""),
            points_to=id_ in answers.points_to,
        )
        for id_ in ids
    }
    save_answers(draft, stored, clock.now(), user_id())
