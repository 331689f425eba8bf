"""Upgrading a draft to a newer version of the questions, after a preview."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.assessments import bp
from app.assessments.check_view import CheckLine, check_line, reasons_of
from app.assessments.drafts import Draft, open_draft
from app.content import answers_from, current, store_current_questionnaire
from app.database.answers import remove_answers
from app.database.assessments import pin
from app.extensions import db
from questions.answers import Answers
from questions.versions.migration import MigratedAnswers, migrate_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeView:
    """What would happen to each answer of a draft, and the version of its questions before and after."""

    before: str
    now: str
    carried_over: tuple[CheckLine, ...]
    dropped: tuple[CheckLine, ...]


@bp.route("/assessments/<public_id>/update", methods=["GET", "POST"])
def update(public_id: str) -> ResponseReturnValue:
    """List which answers the current questions would accept; on POST, upgrade the draft to them."""
    draft = open_draft(public_id, "edit")
    if not draft.can_upgrade:
        return redirect(url_for("assessments.resume", public_id=public_id))
    answers = answers_from(draft.questionnaire, draft.stored)
    migrated = migrate_answers(draft.questionnaire, current().questionnaire, answers)
    if request.method != "POST":
        return render_template(
            "assessments/upgrade.html", assessment=draft.assessment, view=_view(draft, answers, migrated)
        )
    remove_answers(draft.assessment, [item.question for item in migrated.dropped])
    pin(draft.assessment, store_current_questionnaire().fingerprint)
    db.session.commit()
    flash(_("You now have the newest questions."))
    return redirect(url_for("assessments.check", public_id=public_id))


def _view(draft: Draft, answers: Answers, migrated: MigratedAnswers) -> UpgradeView:
    why, dropped = reasons_of(migrated), {item.question for item in migrated.dropped}
    answered = [q for q in draft.questionnaire.questions.values() if q.id in draft.stored]
    lines = [check_line(draft.questionnaire, q, answers, why=why.get(q.id, "")) for q in answered]
    return UpgradeView(
        before=draft.questionnaire.version,
        now=current().questionnaire.version,
        carried_over=tuple(line for line in lines if line.question.id not in dropped),
        dropped=tuple(line for line in lines if line.question.id in dropped),
    )
