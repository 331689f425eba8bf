"""What screen and paper show of the team's work: filled fields, blank ones, statuses, and equal points."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from questions.model import Questionnaire
from questions.texts import WorkTexts
from reports.documents.formatting import long_date, long_dates
from reports.plan.model import Action
from reports.team.fields import ACTION_FIELDS, STATUSES, ActionField, fields_to_read
from reports.team.model import ActionWork, TeamAction, TeamPlan, suggested

_SUGGESTED_DATES = frozenset({"due", "review"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A field with text: its id, label and text. `typed` is true if the team wrote the text."""

    id: str
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
    return {status: texts.statuses[status] for status in STATUSES}


def facts(questionnaire: Questionnaire, item: TeamAction) -> tuple[Fact, ...]:
    """Return the fields of an action that have text, in reading order."""
    texts, suggestion = item.work.texts, suggested(item.tool).texts
    typed = {id_ for id_, text in texts.items() if text != suggestion[id_]}
    filled = [field for field in fields_to_read() if texts[field.id]]
    if item.tool is None or not typed.isdisjoint(_SUGGESTED_DATES):
        return tuple(_fact(questionnaire, item, field, typed=field.id in typed) for field in filled)
    return tuple(
        _suggested_dates(questionnaire, item.tool)
        if field.id == "due"
        else _fact(questionnaire, item, field, typed=field.id in typed)
        for field in filled
        if field.id != "review"
    )


def missing_facts(questionnaire: Questionnaire, item: TeamAction) -> tuple[Fact, ...]:
    """Return the blank fields that the page mentions for a planned action; the text is a hint, or ""."""
    if not item.in_plan:
        return ()
    words = questionnaire.texts.work.fields
    blank = (field for field in ACTION_FIELDS if not item.work.texts[field.id])
    return tuple(
        Fact(
            id=field.id,
            label=words[field.id].label,
            text=words[field.id].hint if field.if_blank == "hint" else "",
            typed=False,
        )
        for field in blank
        if field.if_blank != "nothing"
    )


def blanks(questionnaire: Questionnaire, item: TeamAction) -> tuple[Blank, ...]:
    """Return the fields to fill in on paper, including the owner while only a suggestion is there.

    There are none if the action is done or dropped.
    """
    if item.work.closed:
        return ()
    words, work = questionnaire.texts.work, item.work
    suggested_owner = work.owner == suggested(item.tool).owner
    open_ = [
        field
        for field in ACTION_FIELDS
        if not field.apart and (not work.texts[field.id] or (field.id == "owner" and suggested_owner))
    ]
    labels = {field.id: words.fields[field.id].on_paper or words.fields[field.id].label for field in open_}
    if {"barrier", "notes"} <= labels.keys():
        del labels["barrier"]
        labels["notes"] = words.notes_and_barrier
    return tuple(
        Blank(id=field.id, label=labels[field.id], tall=field.tall) for field in open_ if field.id in labels
    )


def ties(team: TeamPlan) -> Mapping[str, str]:
    """Return the sentences about equal points by question id, where the tool's order still applies."""
    shown = [item.tool for item in (*team.planned, *team.outside)]
    return {
        tool.question.id: tool.equal_points
        for above, tool in pairwise(shown)
        if above and tool and tool.rank == above.rank + 1
    }


def status_counts(team: TeamPlan) -> Mapping[str, int]:
    """Return the number of planned actions by status label, without zeros, in the order of the statuses."""
    found = Counter(item.work.status for item in team.planned)
    labels = team.plan.questionnaire.texts.work.statuses
    return {labels[status]: found[status] for status in STATUSES if found[status]}


def _fact(questionnaire: Questionnaire, item: TeamAction, field: ActionField, *, typed: bool) -> Fact:
    words = questionnaire.texts.work.fields[field.id]
    label = words.label if typed else words.suggested or words.label
    return Fact(id=field.id, label=label, text=shown_text(questionnaire, field, item.work), typed=typed)


def _suggested_dates(questionnaire: Questionnaire, tool: Action) -> Fact:
    work, language = questionnaire.texts.work, questionnaire.language
    text = work.suggested_dates.format(
        due=long_date(tool.due, language),
        effort=questionnaire.rules.effort[tool.question.effort].lower(),
        reviews=long_dates(tool.reviews, language),
    )
    return Fact(id="due", label=work.suggested_dates_label, text=text, typed=False)
