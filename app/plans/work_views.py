"""The team's work on its plan: what it says of an action, its place, and actions of its own."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import remember_again, user_id
from app.database.work import last_change, save_work
from app.extensions import db
from app.plans.contested import contested_page
from app.plans.desk import Desk, find, open_desk
from app.plans.forms import MoveForm, OwnActionForm, action_form, kept, one_line
from app.plans.page import Panel, panel_of, show_plan
from app.questionnaires import current
from app.shown import FIELD, changed_since, conflicting, sent_fields
from reports.team.edits import add_own, edit, move, remove_own
from reports.team.model import PlanWork

bp = Blueprint("plan_work", __name__, url_prefix="/assessments/<public_id>/plan/actions")


@bp.post("")
def add(public_id: str) -> ResponseReturnValue:
    """Add an action of the team's own."""
    desk = open_desk(public_id)
    form = OwnActionForm(desk.questionnaire)
    if not form.validate():
        return _refused(desk, Panel(kind="add", form=form))
    section, title = form.section.data, one_line(form.title)
    work = add_own(desk.work, section, title)
    added = next(own for own in work.own if (own.section, own.title) == (section, title))
    return _saved(desk, work, "Your action is in the plan. You can fill in the rest now.", added.id)


@bp.post("/<action>")
def save(public_id: str, action: str) -> ResponseReturnValue:
    """Save what the team changed in an action's fields."""
    desk = open_desk(public_id)
    item = desk.item(action)
    form = action_form(desk.questionnaire, item)
    shown = request.form.get(FIELD, "")
    if not form.validate():
        return _refused(desk, Panel(kind="edit", item=item, form=form, shown=shown))
    contested = conflicting(form, shown, kept)
    changes = form.changes(sent_fields(form, shown) - contested)
    work = edit(desk.work, desk.team.plan, action, changes)
    if contested:
        before = last_change(desk.assessment)
        _store(desk, work)
        return contested_page(desk, before, item, form, contested), 409
    return _saved(desk, work, "Saved.", action)


@bp.post("/<action>/move")
def move_it(public_id: str, action: str) -> ResponseReturnValue:
    """Move an action up or down, out of the plan or into it."""
    desk = open_desk(public_id)
    item = desk.item(action)
    form = MoveForm(desk.questionnaire, desk.team, item)
    if not form.validate():
        return _refused(desk, Panel(kind="move", item=item, form=form))
    place = form.where()
    if form.order_changed() and place != (item.position or "out"):
        note = current().questionnaire.texts.conflicts.order_changed
        return _again(desk, Panel(kind="move", item=item, form=form, note=note))
    work = move(desk.work, desk.team.plan, action, place, one_line(form.reason))
    said = "Taken out of the plan." if place == "out" else f"Moved to place {place}."
    return _saved(desk, work, said, action)


@bp.post("/<action>/remove")
def remove(public_id: str, action: str) -> ResponseReturnValue:
    """Remove an action of the team's own, with all that was said of it; one that is gone stays so."""
    desk = open_desk(public_id)
    desk.refuse_tools(action)
    item = find(desk.team, action)
    if item and changed_since(action_form(desk.questionnaire, item), request.form.get(FIELD, "")):
        note = current().questionnaire.texts.conflicts.changed_before_removal
        return _again(desk, panel_of(desk.team, "remove", item, note))
    return _saved(desk, remove_own(desk.work, action), "The action is removed.", "")


def _again(desk: Desk, panel: Panel) -> ResponseReturnValue:
    return show_plan(desk.assessment, desk.team, panel), 409


def _refused(desk: Desk, panel: Panel) -> ResponseReturnValue:
    return show_plan(desk.assessment, desk.team, panel), 422


def _saved(desk: Desk, work: PlanWork, said: str, action: str) -> ResponseReturnValue:
    """Store the work and lead back to the action, which says so; without one, to the list of actions."""
    _store(desk, work)
    anchor = f"action-{action}" if action else "actions"
    flash(said, anchor)
    return redirect(url_for("plans.plan", public_id=desk.assessment.public_id, _anchor=anchor))


def _store(desk: Desk, work: PlanWork) -> None:
    if work != desk.work:
        save_work(desk.assessment, work, clock.now(), user_id())
    remember_again(desk.assessment.history, clock.today())
    db.session.commit()
