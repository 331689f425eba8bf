"""Changes to a plan by its team: the fields of an action, its place, and actions of the team's own."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.database.answers import Change
from app.database.locking import retry_with_lock
from app.database.plan_work import save_work, work_changes
from app.extensions import db
from app.forms.base import Form
from app.forms.changed_fields import DIGESTS, changed_fields, conflicting_fields, differs_from_shown
from app.forms.edit_conflicts import ConflictingField, conflict_page
from app.forms.field_labels import plan_field_labels
from app.forms.resubmission import CARD
from app.http.remembered_histories import renew
from app.permissions import user_id
from app.plans import bp
from app.plans.cards import named_as_on_card
from app.plans.forms import MoveForm, OwnActionForm, action_form, stored_text
from app.plans.page_view import Panel, panel_of, show_plan
from app.plans.workspace import PlanWorkspace, find, lock_unchanged_work, open_workspace
from questions.text import one_line
from reports.team.edits import add_own, edit, move, remove_own
from reports.team.fields import ACTION_FIELDS, FIELD_BY_ID
from reports.team.model import PlanWork, TeamAction, suggested_fields


def action_conflict_page(workspace: PlanWorkspace, item: TeamAction, form: Form, names: Iterable[str]) -> str:
    """Return the page that shows both values of these fields of an action."""
    words = plan_field_labels(workspace.questionnaire)
    changes = work_changes(workspace.assessment)
    conflicting = [
        ConflictingField(
            field=field,
            about=f"{item.title}: {words[field.name][0]}",
            labels=_dates(field.object_data, stored_text(field))
            if FIELD_BY_ID[field.name].widget == "date"
            else words[field.name][1],
            mine=stored_text(field),
            change=changes.get((item.id, field.name), Change()),
        )
        for field in form
        if field.name in names
    ]
    back = url_for("plans.plan", public_id=workspace.assessment.public_id, _anchor=f"action-{item.id}")
    return conflict_page(workspace.assessment.history, conflicting, back)


def _confirmed(form: Form, item: TeamAction, sent: Collection[str]) -> frozenset[str]:
    """Return the suggestions that were sent as they are stored: saving them decides them.

    `sent` are the fields that were changed. What follows one of them gets a new suggestion: not decided.
    A first step or measure counts as the team's only if the team wrote it.
    """
    asked = {field.id for field in ACTION_FIELDS if field.suggested and field.follows not in sent}
    return frozenset(
        id_
        for id_ in asked & suggested_fields(item.tool)
        if form[id_].raw_data and stored_text(form[id_]) == item.work.texts[id_]
    )


def _dates(*texts: str | None) -> Mapping[str, str]:
    return {text: clock.long_date(datetime.date.fromisoformat(text)) for text in texts if text}


@bp.post("/assessments/<public_id>/plan/actions")
@retry_with_lock
def add_action(public_id: str, *, lock: bool) -> ResponseReturnValue:
    """Add an action of the team's own."""
    workspace = open_workspace(public_id, lock=lock)
    form = OwnActionForm(workspace.questionnaire)
    if not form.validate():
        return _invalid(workspace, Panel(kind="add", form=form))
    section, title = form.section.data, one_line(form.title.data or "")
    work = add_own(workspace.work, section, title)
    added = next(own for own in work.own if (own.section, own.title) == (section, title))
    return _saved(workspace, work, _("Your action is in the plan. You can fill in the rest now."), added.id)


@bp.post("/assessments/<public_id>/plan/actions/<action>")
@retry_with_lock
def save_action(public_id: str, action: str, *, lock: bool) -> ResponseReturnValue:
    """Save what the team changed in an action's fields."""
    workspace = open_workspace(public_id, lock=lock)
    item = workspace.item(action)
    form = action_form(workspace.questionnaire, item)
    shown = request.form.get(DIGESTS, "")
    if not form.validate():
        panel = Panel(kind="edit", item=item, form=form, shown=shown)
        if CARD in request.form:
            panel = replace(panel, kind="card", form=named_as_on_card(workspace.questionnaire, form, item))
        return _invalid(workspace, panel)
    sent = changed_fields(form, shown)
    conflicting = conflicting_fields(form, shown, sent, stored_text)
    changes = form.changes((sent - conflicting) | _confirmed(form, item, sent))
    work = edit(workspace.work, workspace.team.plan, action, changes)
    if conflicting:
        _store(workspace, work)
        return action_conflict_page(workspace, item, form, conflicting), 409
    return _saved(workspace, work, _("Saved."), action)


@bp.post("/assessments/<public_id>/plan/actions/<action>/move")
@retry_with_lock
def move_action(public_id: str, action: str, *, lock: bool) -> ResponseReturnValue:
    """Move an action up or down, out of the plan or into it."""
    workspace = open_workspace(public_id, lock=lock)
    item = workspace.item(action)
    form = MoveForm(workspace.questionnaire, workspace.team, item)
    if not form.validate():
        return _invalid(workspace, Panel(kind="move", item=item, form=form))
    place = form.where()
    if form.order_changed() and place != (item.position or "out"):
        note = _("The order of the plan changed since you opened this. Look at the places again, then save.")
        return _conflict(workspace, Panel(kind="move", item=item, form=form, note=note))
    work = move(workspace.work, workspace.team.plan, action, place, one_line(form.reason.data or ""))
    message = _("Taken out of the plan.") if place == "out" else _("Moved to place %(place)s.", place=place)
    return _saved(workspace, work, message, action)


@bp.post("/assessments/<public_id>/plan/actions/<action>/remove")
@retry_with_lock
def remove_action(public_id: str, action: str, *, lock: bool) -> ResponseReturnValue:
    """Remove an action of the team's own with all its fields; doing so twice is not an error."""
    workspace = open_workspace(public_id, lock=lock)
    workspace.forbid_tool_action(action)
    item = find(workspace.team, action)
    if item and differs_from_shown(action_form(workspace.questionnaire, item), request.form.get(DIGESTS, "")):
        note = _(
            "Someone changed this action since you opened the page. Look at it again before you delete it."
        )
        return _conflict(workspace, panel_of(workspace.team, "remove", item, note))
    return _saved(workspace, remove_own(workspace.work, action), _("The action is deleted."), "")


def _conflict(workspace: PlanWorkspace, panel: Panel) -> ResponseReturnValue:
    return show_plan(workspace.assessment, workspace.team, panel), 409


def _invalid(workspace: PlanWorkspace, panel: Panel) -> ResponseReturnValue:
    return show_plan(workspace.assessment, workspace.team, panel), 422


def _saved(workspace: PlanWorkspace, work: PlanWork, message: str, action: str) -> ResponseReturnValue:
    """Store the work and lead back to the action, which says so; without one, to the list of actions."""
    _store(workspace, work)
    anchor = f"action-{action}" if action else "actions"
    flash(message, anchor)
    return redirect(url_for("plans.plan", public_id=workspace.assessment.public_id, _anchor=anchor))


def _store(workspace: PlanWorkspace, work: PlanWork) -> None:
    if work != workspace.work:
        lock_unchanged_work(workspace)
        save_work(workspace.assessment, workspace.work, work, Change(by_id=user_id(), at=clock.now()))
    renew(workspace.assessment.history, clock.today())
    db.session.commit()
