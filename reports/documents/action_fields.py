"""What screen and paper show of the team's work: filled fields, blank ones, statuses, and equal points."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from questions.model import Questionnaire
from questions.texts import WorkTexts
from reports.documents.formatting import long_date
from reports.plan.model import ActionPlan
from reports.plan.translations import translations
from reports.team.fields import ACTION_FIELDS, ActionField, fields_to_read, status_ids
from reports.team.model import ActionWork, TeamAction, TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A field with text, and its label. `typed` is true if the team decided it."""

    field: ActionField
    label: str
    text: str
    typed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """An empty field to fill in on paper. `tall` fields take several lines."""

    id: str
    label: str
    tall: bool


def shown_text(questionnaire: Questionnaire, field: ActionField, work: ActionWork) -> str:
    """Return the content of a field as people read it; "" if it is blank."""
    text = work.texts[field.id]
    match field.widget:
        case "date":
            day = datetime.date.fromisoformat(text) if text else None
            return long_date(day, questionnaire.language) if day else ""
        case "status":
            return questionnaire.texts.work.statuses[text]
        case _:
            return text


def status_labels(texts: WorkTexts) -> dict[str, str]:
    """Return the label of each status, in order."""
    return {id_: texts.statuses[id_] for id_ in status_ids()}


def field_label(questionnaire: Questionnaire, item: TeamAction, id_: str) -> str:
    """Return what a field of an action is called: decided or only suggested."""
    return label_of(questionnaire, id_, decided=item.decides(id_))


def label_of(questionnaire: Questionnaire, id_: str, *, decided: bool) -> str:
    """Return what a field is called that the team decided, or that is only suggested."""
    words = questionnaire.texts.work.fields[id_]
    return words.label if decided else words.suggested or words.label


def is_past_due(plan: ActionPlan, item: TeamAction) -> bool:
    """Return whether an open action was due before the plan's day, because its date came along."""
    return not item.work.closed and item.work.due is not None and item.work.due < plan.date


def due_in_words(plan: ActionPlan, item: TeamAction) -> str:
    """Return when an action is due, and that this had passed on the plan's day; "" without a date."""
    language = plan.questionnaire.language
    day = long_date(item.work.due, language) if item.work.due else ""
    past = translations(language).gettext("%(date)s (past)") % {"date": day}
    return past if is_past_due(plan, item) else day


def facts(questionnaire: Questionnaire, item: TeamAction) -> tuple[Fact, ...]:
    """Return the fields of an action that have text, in reading order.

    Outside the plan there are no dates, and a lead only if the team chose one.
    """
    return tuple(
        Fact(
            field=field,
            label=field_label(questionnaire, item, field.id),
            text=shown_text(questionnaire, field, item.work),
            typed=field.id in item.decided,
        )
        for field in fields_to_read()
        if item.work.texts[field.id] and (item.in_plan or _stands_outside(item, field))
    )


def _stands_outside(item: TeamAction, field: ActionField) -> bool:
    return field.widget != "date" and not _is_only_suggested(item, field)


def _is_only_suggested(item: TeamAction, field: ActionField) -> bool:
    return field.suggested and field.id not in item.decided


def blanks(questionnaire: Questionnaire, item: TeamAction) -> tuple[Blank, ...]:
    """Return the fields to fill in on paper, including what is only suggested.

    There are none if the action is done or dropped.
    """
    if item.work.closed:
        return ()
    words = questionnaire.texts.work
    open_ = {
        field.id: field
        for field in ACTION_FIELDS
        if not field.apart and (not item.work.texts[field.id] or _is_only_suggested(item, field))
    }
    labels = {id_: words.fields[id_].on_paper or words.fields[id_].label for id_ in open_}
    shared = {field.on_paper_with for field in open_.values() if field.on_paper_with in open_}
    labels |= dict.fromkeys(shared, words.notes_and_barrier)
    return tuple(
        Blank(id=field.id, label=labels[field.id], tall=field.tall)
        for field in open_.values()
        if field.on_paper_with not in open_
    )


def ties(team: TeamPlan) -> Mapping[str, str]:
    """Return the sentences about equal points by question id, where the tool's order still applies.

    They name the action above, so what is done or dropped, and printed apart, ties with nothing.
    """
    shown = [item.tool for item in (*team.planned, *team.outside) if not item.work.closed]
    return {
        tool.question.id: tool.equal_points
        for above, tool in pairwise(shown)
        if above and tool and tool.rank == above.rank + 1
    }


def status_counts(team: TeamPlan) -> Mapping[str, int]:
    """Return the number of planned actions by status label, without zeros, in the order of the statuses."""
    found = Counter(item.work.status.id for item in team.planned)
    labels = status_labels(team.plan.questionnaire.texts.work)
    return {label: found[id_] for id_, label in labels.items() if found[id_]}
