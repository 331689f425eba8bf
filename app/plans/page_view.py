"""The view of the plan's page: the team's plan, and the form that is open on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import get_flashed_messages, render_template, request
from wtforms import Field

from app.database.assessments import Assessment, previous_of
from app.forms.base import Form, FormError, form_errors
from app.forms.changed_fields import field_digests
from app.http.remembered_histories import working_code
from app.permissions import can
from app.plans.download_views import download_links
from app.plans.forms import DateField, MoveForm, OwnActionForm, action_form
from app.plans.workspace import find
from questions.texts import WorkTexts
from reports.documents.action_fields import Fact, facts, missing_facts, ties
from reports.documents.html.chapters import plan_headings
from reports.documents.summary import basis_sentence, training_none, urgent_sentence
from reports.plan.model import ActionPlan
from reports.team.model import TeamAction, TeamPlan

KINDS = ("edit", "move", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The form that is open: `kind` is edit, move, remove or add, and `item` is its action.

    `note` says why a form that was sent came back although it is valid.
    """

    kind: str = ""
    item: TeamAction | None = None
    form: Form | None = None
    shown: str = ""
    note: str = ""

    @property
    def errors(self) -> tuple[FormError, ...]:
        """The errors of its form."""
        return form_errors(self.form) if self.form else ()

    def over(self, item: TeamAction) -> str:
        """Return the kind of the form that is open at this action, "" for none."""
        return self.kind if item == self.item else ""


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """The page of a plan. Viewers see no form. `downloads` are label and address of each file."""

    assessment: Assessment
    team: TeamPlan
    panel: Panel
    may_work: bool
    downloads: tuple[tuple[str, str], ...]

    @property
    def plan(self) -> ActionPlan:
        """The tool's plan."""
        return self.team.plan

    @property
    def work(self) -> WorkTexts:
        """The texts of the team's work, of the plan's day."""
        return self.plan.questionnaire.texts.work

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings of the plan's parts, which are those of the PDF."""
        return plan_headings(self.plan.questionnaire.language)

    @property
    def basis(self) -> str:
        """How much the plan knows."""
        return basis_sentence(self.plan)

    @property
    def urgent(self) -> str:
        """How many actions are urgent; "" for none."""
        return urgent_sentence(self.plan)

    @property
    def training_none(self) -> str:
        """Why no training need is listed."""
        return training_none(self.plan)

    @cached_property
    def ties(self) -> Mapping[str, str]:
        """The sentence on equal points by action."""
        return ties(self.team)

    def opens(self, item: TeamAction) -> bool:
        """Return whether a form is open at the action, or a message about it was just flashed."""
        messages = get_flashed_messages(category_filter=[f"action-{item.id}"])
        return bool(self.panel.over(item) or messages)

    def hint(self, field: Field) -> str:
        """Return the hint of a field of an action; of a date, how to type it too."""
        hint = self.work.fields[field.name].hint
        return f"{hint} {self.work.date_hint}".strip() if isinstance(field, DateField) else hint

    def facts(self, item: TeamAction) -> tuple[Fact, ...]:
        """Return what is known of an action."""
        return facts(self.plan.questionnaire, item)

    def missing_facts(self, item: TeamAction) -> tuple[Fact, ...]:
        """Return what to say of the action's blank fields."""
        return missing_facts(self.plan.questionnaire, item)


def show_plan(assessment: Assessment, team: TeamPlan, panel: Panel) -> str:
    """Return the page."""
    return render_template(
        "plans/plan.html",
        assessment=assessment,
        previous=previous_of(assessment),
        plan=team.plan,
        code=working_code(assessment.history),
        view=PlanView(
            assessment=assessment,
            team=team,
            panel=panel,
            may_work=can(assessment, "edit"),
            downloads=download_links(assessment.public_id),
        ),
    )


def requested_panel(team: TeamPlan) -> Panel:
    """Return what the address asks to open: `?edit=`, `?move=` or `?remove=` an action, or `?add=1`."""
    if "add" in request.args:
        return Panel(kind="add", form=OwnActionForm(team.plan.questionnaire))
    kind = next((kind for kind in KINDS if kind in request.args), "")
    item = find(team, request.args.get(kind, ""))
    if item is None or (kind == "remove" and item.tool):
        return Panel()
    return panel_of(team, kind, item)


def panel_of(team: TeamPlan, kind: str, item: TeamAction, note: str = "") -> Panel:
    """Return a panel open at an action."""
    questionnaire = team.plan.questionnaire
    if kind == "edit":
        form = action_form(questionnaire, item)
        return Panel(kind=kind, item=item, form=form, shown=field_digests(form))
    if kind == "move":
        return Panel(kind=kind, item=item, form=MoveForm(questionnaire, team, item))
    return Panel(kind=kind, item=item, shown=field_digests(action_form(questionnaire, item)), note=note)
