"""The view of the plan's page: the team's plan, and the form that is open on it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask import get_flashed_messages, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field

from app import clock
from app.database.assessments import Assessment, previous_of
from app.forms.base import Form, FormError, form_errors
from app.forms.changed_fields import field_digests
from app.http.remembered_histories import working_code
from app.permissions import can
from app.plans.addresses import PlanAddresses, own_addresses
from app.plans.cards import Card, card_facts, closed_card, open_card, standing
from app.plans.chapters import Chapter, chapters
from app.plans.download_views import download_links
from app.plans.forms import MoveForm, OwnActionForm, action_form, field_hint
from app.plans.workspace import find
from questions.texts import WorkTexts
from reports.documents.action_fields import Fact, label_of, ties
from reports.documents.charts.bars import key_of, shown_shares
from reports.documents.html.training import TrainingTable, training_tables
from reports.documents.summary import (
    basis_sentence,
    nothing_planned,
    then_foundation,
    training_none,
    urgent_sentence,
)
from reports.documents.to_ask import ToAsk, to_ask
from reports.plan.model import ActionPlan
from reports.team.fields import FIELD_BY_ID, LEAD
from reports.team.model import TeamAction, TeamPlan

KINDS = ("show", "edit", "move", "remove")
# How many of the actions after the plan are in sight; the others are folded away.
IN_SIGHT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What is open: `kind` is edit, move, remove, add, or card for a form, show for an action without one.

    `item` is its action. `note` says why a form that was sent came back although it is valid.
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
    addresses: PlanAddresses
    today: datetime.date

    @property
    def plan(self) -> ActionPlan:
        """The tool's plan."""
        return self.team.plan

    @property
    def work(self) -> WorkTexts:
        """The texts of the team's work, of the plan's day."""
        return self.plan.questionnaire.texts.work

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The pages beside the plan."""
        return chapters(self.plan, self.addresses)

    @property
    def to_ask(self) -> tuple[ToAsk, ...]:
        """What to find out, by whom to ask."""
        return to_ask(self.plan)

    @property
    def basis(self) -> str:
        """How much the plan knows."""
        return basis_sentence(self.plan)

    @property
    def nothing_planned(self) -> str:
        """Why there is no action to work on; "" if there is one."""
        return nothing_planned(self.team)

    @property
    def then_foundation(self) -> str:
        """Which action comes after a plan of one because other work depends on it; "" for none."""
        return then_foundation(self.team)

    @property
    def urgent(self) -> str:
        """How many actions are urgent; "" for none."""
        return urgent_sentence(self.team)

    @property
    def suggested_lead(self) -> str:
        """What a lead is called that is only suggested."""
        return label_of(self.plan.questionnaire, LEAD, decided=False)

    @property
    def training(self) -> tuple[TrainingTable, ...]:
        """The training needs by question, those with the same answer and the same help together."""
        return tuple(training_tables(self.plan))

    @property
    def training_none(self) -> str:
        """Why no training need is listed."""
        return training_none(self.plan)

    @property
    def standing(self) -> str:
        """How far the team is, in one line; "" without an action."""
        return ", ".join(standing(self.team, self.today))

    @property
    def key(self) -> tuple[tuple[Markup, str], ...]:
        """The key of the bars of all sections: the swatch of each answer, and its label."""
        return key_of(shown_shares(self.plan.sections))

    @cached_property
    def ties(self) -> Mapping[str, str]:
        """The sentence on equal points by action."""
        return ties(self.team)

    @property
    def further(self) -> tuple[tuple[TeamAction, ...], tuple[TeamAction, ...]]:
        """The actions after the plan: those in sight, and those folded away."""
        cut = IN_SIGHT if len(self.team.outside) > IN_SIGHT + 1 else None
        return self.team.outside[:cut], self.team.outside[cut:] if cut else ()

    @property
    def unfolds(self) -> bool:
        """Whether one of the actions that are folded away is open."""
        return any(self.opens(item) for item in self.further[1])

    def opens(self, item: TeamAction) -> bool:
        """Return whether the action is open, has a form open, or has just been changed."""
        messages = get_flashed_messages(category_filter=[f"action-{item.id}"])
        return bool(self.panel.over(item) or messages)

    def card(self, item: TeamAction) -> Card:
        """Return the card of an action. While a form is open, no other card has one."""
        if self.panel.over(item) == "card":
            return replace(
                closed_card(self.plan.questionnaire, item, self.today),
                form=self.panel.form,
                shown=self.panel.shown,
                suffix="",
            )
        if self.may_work and item.in_plan and self.panel.kind in {"", "show"}:
            return open_card(self.plan.questionnaire, item, self.today)
        return closed_card(self.plan.questionnaire, item, self.today)

    def facts(self, item: TeamAction) -> tuple[Fact, ...]:
        """Return what is known of an action beside what its card shows."""
        return card_facts(self.plan.questionnaire, item)

    def reason(self, item: TeamAction) -> str:
        """Return in a word why an action has its place: the reason in a composed plan, else its band."""
        if item.tool is None:
            return self.work.own_tag
        return item.tool.place.label if item.tool.place else item.tool.finding.band.label

    def hint(self, field: Field) -> str:
        """Return the hint of a field of an action; of a date, how to type it too."""
        hint = field_hint(field.name)
        how_to_type = _("Type it as month/day/year, such as 3/31/2026, or as 2026-03-31.")
        return f"{hint} {how_to_type}".strip() if FIELD_BY_ID[field.name].widget == "date" else hint


def show_plan(assessment: Assessment, team: TeamPlan, panel: Panel) -> str:
    """Return the page of the plan."""
    return render_template(
        "plans/plan.html",
        assessment=assessment,
        previous=previous_of(assessment),
        plan=team.plan,
        code=working_code(assessment.history),
        view=plan_view(assessment, team, panel),
    )


def plan_view(assessment: Assessment, team: TeamPlan, panel: Panel) -> PlanView:
    """Return the view of a plan for those who may open the self-check."""
    return PlanView(
        assessment=assessment,
        team=team,
        panel=panel,
        may_work=can(assessment, "edit"),
        downloads=download_links(assessment.public_id),
        addresses=own_addresses(assessment.public_id),
        today=clock.today(),
    )


def requested_panel(team: TeamPlan, *, may_work: bool) -> Panel:
    """Return what the address opens: `?show=`, `?edit=`, `?move=`, `?remove=` an action; or `?add=`."""
    if may_work and "add" in request.args:
        return Panel(kind="add", form=OwnActionForm(team.plan.questionnaire))
    kind = next((kind for kind in KINDS[: None if may_work else 1] if kind in request.args), "")
    item = find(team, request.args.get(kind, ""))
    if item is None or (kind == "remove" and item.tool):
        return Panel()
    return panel_of(team, kind, item)


def panel_of(team: TeamPlan, kind: str, item: TeamAction, note: str = "") -> Panel:
    """Return a panel open at an action."""
    questionnaire = team.plan.questionnaire
    if kind == "show":
        return Panel(kind=kind, item=item)
    if kind == "edit":
        form = action_form(questionnaire, item)
        return Panel(kind=kind, item=item, form=form, shown=field_digests(form))
    if kind == "move":
        return Panel(kind=kind, item=item, form=MoveForm(questionnaire, team, item))
    return Panel(kind=kind, item=item, shown=field_digests(action_form(questionnaire, item)), note=note)
