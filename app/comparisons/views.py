"""The history page; and comparisons of two finished assessments: page, PDF, JSON, and the look-back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.comparisons import bp
from app.comparisons.forms import ComparisonForm, LookBackForm, look_back_form, question_of, stored_stage
from app.comparisons.history_view import history_view
from app.database.answers import Change
from app.database.assessments import Assessment, finished_of
from app.database.locking import Stale, retry_with_lock
from app.database.look_backs import look_back_changes, look_backs, save_look_backs
from app.extensions import db
from app.finished_assessments import comparison_cache_inputs, comparison_of
from app.forms.base import form_errors
from app.forms.changed_fields import DIGESTS, changed_fields, conflicting_fields, field_digests
from app.forms.edit_conflicts import ConflictingField, conflict_page
from app.http.files import attachment
from app.http.rate_limits import costly
from app.pdf_cache import PdfIdentity, cached_pdf, warm_up
from app.permissions import AssessmentNotFound, can, require_history, user_id
from reports.documents.html.document import comparison_document
from reports.documents.json import comparison_json


@bp.get("/progress/<public_id>/compare")
def choose(public_id: str) -> ResponseReturnValue:
    """Ask which two to compare, then lead to their comparison, in their order in time."""
    history = require_history(public_id)
    form = ComparisonForm(finished_of(history), request.args)
    if request.args and form.validate():
        later, earlier = form.pair()
        return redirect(_address(public_id, earlier, later))
    page = render_template("comparisons/choose.html", history=history, form=form, errors=form_errors(form))
    return page, 422 if form.errors else 200


@bp.get("/progress/<public_id>/<earlier>/<later>/")
def comparison(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Show what changed between the two."""
    before, after = _pair(public_id, earlier, later)
    warm_up()
    found = comparison_of(before, after)
    form = look_back_form(found) if can(after, "edit") else None
    return render_template(
        "comparisons/comparison.html",
        earlier=before,
        later=after,
        comparison=found,
        look_back=form,
        shown=field_digests(form) if form else "",
    )


@bp.get("/progress/<public_id>/<earlier>/<later>/comparison.pdf")
@costly
def comparison_pdf(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Send the comparison as PDF."""
    before, after = _pair(public_id, earlier, later)
    facts = comparison_cache_inputs(before, after)
    pdf = PdfIdentity(
        name=f"comparison with {before.id}", assessment_id=after.id, inputs=facts, earlier_id=before.id
    )
    content = cached_pdf(pdf, lambda: comparison_document(comparison_of(before, after)))
    return attachment(content, "application/pdf", after, "progress", "pdf")


@bp.get("/progress/<public_id>/<earlier>/<later>/comparison.json")
def comparison_as_json(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Send the comparison as JSON."""
    before, after = _pair(public_id, earlier, later)
    text = json.dumps(comparison_json(comparison_of(before, after)), ensure_ascii=False, indent=2)
    return attachment(text.encode(), "application/json", after, "progress", "json")


@bp.post("/progress/<public_id>/<earlier>/<later>/look-back")
@retry_with_lock
def look_back(public_id: str, earlier: str, later: str, *, lock: bool) -> ResponseReturnValue:
    """Save where the agency now thinks it stood back then, beside its first answers."""
    require_history(public_id, "edit", lock=lock)
    before, after = _pair(public_id, earlier, later)
    stored = look_backs(before, after)
    form, shown = look_back_form(comparison_of(before, after)), request.form.get(DIGESTS, "")
    sent = changed_fields(form, shown)
    conflicting = conflicting_fields(form, shown, sent, stored_stage)
    changes = look_back_changes(before, after)
    changed = form.changed(sent - conflicting)
    require_history(public_id, "edit")
    if look_backs(before, after) != stored:
        raise Stale
    save_look_backs(before, after, changed, Change(by_id=user_id(), at=clock.now()))
    db.session.commit()
    back = _address(public_id, before, after) + "#moved_down"
    if conflicting:
        return conflict_page(after.history, list(_conflicting(form, conflicting, changes)), back), 409
    flash(_("Saved."))
    return redirect(back)


def _conflicting(
    form: LookBackForm, names: Iterable[str], changes: Mapping[str, Change]
) -> Iterator[ConflictingField]:
    for field in form:
        if field.name in names:
            yield ConflictingField(
                field=field,
                about=field.label.text,
                labels=field.choices,
                mine=stored_stage(field),
                change=changes.get(question_of(field), Change()),
            )


def _pair(public_id: str, earlier: str, later: str) -> tuple[Assessment, Assessment]:
    """Return two finished assessments of a history, the earlier first. Raises AssessmentNotFound."""
    finished = finished_of(require_history(public_id))  # the last first
    by_id = {assessment.public_id: assessment for assessment in finished}
    before, after = by_id.get(earlier), by_id.get(later)
    if before is None or after is None or finished.index(before) <= finished.index(after):
        raise AssessmentNotFound
    return before, after


def _address(public_id: str, earlier: Assessment, later: Assessment) -> str:
    return url_for(
        "comparisons.comparison", public_id=public_id, earlier=earlier.public_id, later=later.public_id
    )


@bp.get("/progress/<public_id>/")
def history(public_id: str) -> ResponseReturnValue:
    """Show the assessments that belong together, the newest first, a few at a time."""
    found = require_history(public_id)
    view = history_view(found, request.args.get("page", 1, type=int))
    return render_template("comparisons/history.html", history=found, view=view)
