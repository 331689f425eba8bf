"""Taking a self-check again: a new draft from a finished assessment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.assessments import bp
from app.assessments.drafts import begin_draft
from app.assessments.forms import RetakeForm
from app.assessments.open_actions import open_actions_of
from app.content import answers_from, current, questionnaire_of
from app.database.answers import StoredAnswer, copy_answers, stored_answers
from app.database.assessments import Assessment, drafts_of, leave_out
from app.extensions import db
from app.forms.base import form_page
from app.permissions import require
from questions.versions.migration import migrate_answers, origins

_DOUBLE_CLICK = datetime.timedelta(seconds=5)  # a second draft within this time is unintended


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many questions were added, changed in some way, or removed since a finished assessment."""

    new: int
    other: int
    gone: int

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.other or self.gone)


@bp.route("/assessments/<public_id>/retake", methods=["GET", "POST"])
def retake(public_id: str) -> ResponseReturnValue:
    """Ask whether to start from the last answers or blank; on POST, start.

    A finished assessment never changes, so only the start itself keeps others out.
    """
    assessment = require(public_id, "edit", lock=False)
    if not assessment.finished:
        return redirect(url_for("assessments.resume", public_id=public_id))
    form, open_actions = RetakeForm(), open_actions_of(assessment)
    if request.method == "POST" and form.validate():
        left_out = [action.id for action in open_actions if not form.brings(action.id)]
        answers = _answers_for_start(assessment) if form.start.data == "old" else {}
        assessment = require(public_id, "edit")
        draft = _started_seconds_ago(assessment) or _new_draft(assessment, answers, left_out)
        db.session.commit()
        part, page = current().questionnaire.pages[0]
        return redirect(url_for("assessments.page", public_id=draft.public_id, part=part.id, page=page.id))
    drafts = drafts_of(assessment.history)
    return form_page(
        "assessments/retake.html",
        form,
        assessment=assessment,
        open_draft=drafts[0] if drafts else None,
        changes=_changes_since(assessment),
        open_actions=open_actions,
    )


def _started_seconds_ago(assessment: Assessment) -> Assessment | None:
    """Return a draft that was started from the assessment seconds ago, as by a double click; else None."""
    moment = clock.now() - _DOUBLE_CLICK
    drafts = (draft for draft in drafts_of(assessment.history) if draft.previous_id == assessment.id)
    return next((draft for draft in drafts if draft.started_at > moment), None)


def _new_draft(
    assessment: Assessment, answers: Mapping[str, StoredAnswer], left_out: Iterable[str]
) -> Assessment:
    """Return a new draft from the assessment with these answers, each with the time it has.

    `left_out` are the open actions of its plan that are not to come along.
    """
    draft = begin_draft(previous=assessment, agency=assessment.agency)
    leave_out(draft, left_out)
    copy_answers(draft, answers)
    return draft


def _answers_for_start(source: Assessment) -> dict[str, StoredAnswer]:
    """Return the answers that the current questionnaire can still use.

    What the agency can point to is asked again: old evidence does not show that something changed since.
    """
    return {id_: replace(answer, points_to=False) for id_, answer in reusable_answers(source).items()}


def reusable_answers(source: Assessment) -> dict[str, StoredAnswer]:
    """Return the stored answers of an assessment that the current questionnaire can still use."""
    before, stored = questionnaire_of(source), stored_answers(source)
    migrated = migrate_answers(before, current().questionnaire, answers_from(before, stored)).answers
    usable = {*migrated.by_question, *migrated.notes, *migrated.reasons}
    return {id_: answer for id_, answer in stored.items() if id_ in usable}


def _changes_since(assessment: Assessment) -> Changes:
    before, today = questionnaire_of(assessment), current().questionnaire
    kinds = [origin.kind for origin in origins(before, today).values()]
    new, same = kinds.count("new"), kinds.count("same")
    return Changes(
        new=new, other=len(kinds) - new - same, gone=len(before.questions.keys() - today.questions.keys())
    )
