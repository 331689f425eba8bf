"""From the essentials to the whole self-check: in the same draft or, after the plan, in a new one."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.assessments import bp
from app.assessments.drafts import begin_draft
from app.assessments.retake_views import reusable_answers
from app.assessments.start_view import depth_answer
from app.content import questionnaire_of
from app.database.answers import save_answers
from app.database.assessments import Assessment
from app.extensions import db
from app.permissions import require, user_id


@bp.post("/assessments/<public_id>/whole")
def ask_the_rest(public_id: str) -> ResponseReturnValue:
    """Ask everything from now on; every answer stays. Of a finished self-check, begin a new one with them."""
    assessment = require(public_id, "edit")
    draft = _deeper(assessment) if assessment.finished else assessment
    questionnaire = questionnaire_of(draft)
    depth = depth_answer(questionnaire, questionnaire.whole_depth)
    save_answers(draft, depth, clock.now(), user_id())
    db.session.commit()
    flash(_("All your answers are here. These are the remaining questions."))
    return redirect(url_for("assessments.resume", public_id=draft.public_id))


def _deeper(finished: Assessment) -> Assessment:
    """Return a new draft of the same history with the same answers, of which none has to be confirmed."""
    draft = begin_draft(previous=finished, agency=finished.agency)
    save_answers(draft, reusable_answers(finished), clock.now(), user_id())
    return draft
