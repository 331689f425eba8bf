"""The wizard's pages: start, questions, check, finish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.assessments import bp
from app.assessments.check_view import PageUrl, check_view
from app.assessments.drafts import DraftPage, begin_draft, lock_unchanged, open_draft, open_page
from app.assessments.earlier_answers import confirmed, unreviewed
from app.assessments.edit_conflicts import answer_conflict_page, changed_lines, stored_value
from app.assessments.forms import FinishForm, WhereForm
from app.assessments.impact_view import preview_page
from app.assessments.open_actions import coming_along
from app.assessments.page_view import page_view, tell_part_done
from app.assessments.question_forms import page_form, posted_changes
from app.assessments.return_views import ensure_return_code
from app.assessments.start_view import depth_answer, start_view
from app.content import current, path_for
from app.database.answers import StoredAnswer, save_answers
from app.database.assessments import Assessment
from app.database.locking import retry_with_lock
from app.extensions import db
from app.finished_assessments import freeze
from app.forms.base import Form, form_page
from app.forms.changed_fields import DIGESTS, changed_fields, conflicting_fields, field_digests
from app.http.remembered_histories import (
    asks_for_device,
    remember,
    renew,
    set_own_device,
    tell_what_was_closed,
)
from app.permissions import can, memberships, user_id
from questions.path import Path, PathPage, path_of


@bp.get("/")
def start() -> ResponseReturnValue:
    """Show what a self-check is for, and how to start or continue one."""
    tell_what_was_closed()
    return render_template("assessments/start.html", view=start_view())


@bp.get("/assessments/")
def assessments() -> ResponseReturnValue:
    """Redirect to the start page, which lists what this browser may open."""
    return redirect(url_for("assessments.start"))


@bp.post("/assessments/")
def begin() -> ResponseReturnValue:
    """Start a new assessment and go to its first page, or to the first page of the requested part.

    A chosen depth is its first answer, so the page that asks for it is skipped.
    """
    form = _where_form(request.values)
    if not form.validate():
        return _ask_where(form) if form.was_sent else redirect(_where_url())
    agency = form.chosen()
    if form.asks_for_device and agency is None:
        set_own_device(own=form.is_own_device())
    assessment = begin_draft(agency=agency.name if agency else "", agency_id=agency.id if agency else None)
    depth = depth_answer(current().questionnaire, request.values.get("depth", ""))
    save_answers(assessment, depth, clock.now(), user_id())
    db.session.commit()
    remember(assessment.history)
    path, wanted = path_for(assessment, depth), request.args.get("part")
    first = next((page for page in path.pages if page.part.id == wanted), path.first_open_page())
    return redirect(_page_url(assessment, first))


@bp.get("/assessments/where")
def where() -> ResponseReturnValue:
    """Ask whether a new assessment belongs to an agency or to this device, and whose device this is."""
    return _ask_where(_where_form({}))


@bp.get("/assessments/<public_id>/")
def resume(public_id: str) -> ResponseReturnValue:
    """Redirect to the first page with something left to do, else to the check page."""
    draft = open_draft(public_id)
    if not can(draft.assessment, "edit"):
        return redirect(_page_url(draft.assessment, None))
    return redirect(_page_url(draft.assessment, draft.path.first_open_page(unreviewed(draft))))


@bp.get("/assessments/<public_id>/<part>/<page>")
def page(public_id: str, part: str, page: str) -> ResponseReturnValue:
    """Show a page of questions with the stored answers."""
    draft = open_page(public_id, part, page)
    if not can(draft.assessment, "edit"):
        return redirect(_page_url(draft.assessment, None))
    if draft.on_path is None:
        return render_template("assessments/off_path.html", assessment=draft.assessment), 404
    form = page_form(draft)
    return _show(draft, draft.on_path, form, field_digests(form))


@bp.post("/assessments/<public_id>/<part>/<page>")
@retry_with_lock
def save_page(public_id: str, part: str, page: str, *, lock: bool) -> ResponseReturnValue:
    """Save the posted answers, unless their impact has to be confirmed first; go where the button leads."""
    draft = open_page(public_id, part, page, "edit", lock=lock)
    form, shown = page_form(draft), request.form.get(DIGESTS, "")
    if not form.validate():
        return _show(draft, _as_sent(draft, form), form, shown), 422
    sent = changed_fields(form, shown)
    conflicting = conflicting_fields(form, shown, sent, stored_value)
    changes = posted_changes(draft, form, sent - conflicting)
    path = path_of(draft.questionnaire, changes.answers)
    before_saving = preview_page(draft, form, changes.stored, path)
    if before_saving:
        return before_saving
    _store(draft, confirmed(draft, _as_sent(draft, form).questions) | changes.stored)
    renew(draft.assessment.history, clock.today())
    tell_part_done(draft, path)
    next_url = _next_url(draft, path, request.form.get("go", "next"))
    db.session.commit()
    return (answer_conflict_page(draft, form, conflicting), 409) if conflicting else redirect(next_url)


@bp.get("/assessments/<public_id>/check")
def check(public_id: str) -> ResponseReturnValue:
    """Show all answers by part, each with a link to change it."""
    draft = open_draft(public_id)
    view = check_view(draft.path, _url_to_change(draft.assessment), unreviewed(draft), changed_lines(draft))
    return render_template(
        "assessments/check.html",
        assessment=draft.assessment,
        can_upgrade=draft.can_upgrade,
        view=view,
    )


@bp.route("/assessments/<public_id>/finish", methods=["GET", "POST"])
def finish_page(public_id: str) -> ResponseReturnValue:
    """Ask for the name on the plan and a confirmation, then freeze the assessment."""
    draft = open_draft(public_id, "edit")
    form = FinishForm(draft.assessment.agency, draft.questionnaire.rules.agency_limit)
    if request.method != "POST" or not form.validate():
        return form_page(
            "assessments/finish.html",
            form,
            assessment=draft.assessment,
            view=check_view(draft.path, _url_to_change(draft.assessment), unreviewed(draft), {}),
            coming_along=coming_along(draft.assessment),
        )
    freeze(draft.assessment, form.agency.data or "", clock.now(), user_id())
    ensure_return_code(draft.assessment.history)
    flash(_("Your plan is ready."), "finished")
    db.session.commit()
    return redirect(url_for("plans.plan", public_id=public_id))


def _where_form(sent: Mapping[str, str]) -> WhereForm:
    agencies = (membership.agency for membership in memberships("edit"))
    return WhereForm(agencies, sent, asks_for_device=asks_for_device())


def _where_url() -> str:
    return url_for("assessments.where", part=request.args.get("part"), depth=request.values.get("depth"))


def _ask_where(form: WhereForm) -> ResponseReturnValue:
    place = {"part": request.args.get("part"), "depth": request.values.get("depth")}
    return form_page("assessments/where.html", form, place=place)


def _show(draft: DraftPage, here: PathPage, form: Form, shown: str) -> str:
    view = page_view(draft, here, form, shown)
    return render_template(
        "assessments/page.html", assessment=draft.assessment, can_upgrade=draft.can_upgrade, view=view
    )


def _store(draft: DraftPage, answers: Mapping[str, StoredAnswer]) -> None:
    """Store these answers, if nobody changed one of them since the draft was read. Raises Stale."""
    if answers:
        lock_unchanged(draft, answers)
        save_answers(draft.assessment, answers, clock.now(), user_id())


def _as_sent(draft: DraftPage, form: Form) -> PathPage:
    """Return the page with its questions on the path, and questions sent after another tab hid them."""
    part, page = draft.questionnaire.pages[draft.number]
    questions = tuple(
        question
        for question in page.questions
        if question.id in draft.path.visible
        or any(form[name].raw_data for name in question.field_names(draft.questionnaire))
    )
    return PathPage(number=draft.number, part=part, page=page, questions=questions)


def _next_url(draft: DraftPage, path: Path, go: str) -> str:
    """Return where to go after a save: the break page, the check page, the previous page, or the next one."""
    if go == "pause":
        ensure_return_code(draft.assessment.history)
        return url_for("assessments.pause", public_id=draft.assessment.public_id)
    if go == "check" or request.args.get("from") == "check":
        return url_for("assessments.check", public_id=draft.assessment.public_id)
    if go == "back":
        return _page_url(draft.assessment, path.before(draft.number) or draft.on_path)
    return _page_url(draft.assessment, path.after(draft.number))


def _page_url(assessment: Assessment, page: PathPage | None) -> str:
    """Return the URL of a page, or of the check page for None."""
    if page is None:
        return url_for("assessments.check", public_id=assessment.public_id)
    return url_for("assessments.page", public_id=assessment.public_id, part=page.part.id, page=page.page.id)


def _url_to_change(assessment: Assessment) -> PageUrl:
    """Return the function that gives the address of a page from which saving leads back to the check page."""
    place: dict[str, Any] = {"public_id": assessment.public_id, "from": "check"}
    return partial(url_for, "assessments.page", **place)
