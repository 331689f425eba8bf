"""What screen and paper show of the team's work: filled fields, blank ones, statuses, and true ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from questions.model import Questionnaire
from questions.texts import FieldText
from reports.documents.formatting import long_date
from reports.plan.model import Action
from reports.team.model import DATES, FIELDS, STATUSES, TeamAction, TeamPlan, field_texts, suggested

_STATUS = frozenset({"status", "dropped_reason"})
_TALL = frozenset({"survivor_check", "barrier", "notes"})
# As one reads them; a form asks in the order of reports.team.model.FIELDS.
_READING = (
    *("first_step", "when_then", "measure", "baseline", "owner", "due"),
    *("review", "needs", "survivor_check", "barrier", "notes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A filled field: its id, label and text; `typed` when the team wrote it."""

    id: str
    label: str
    text: str
    typed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A field still to be filled in: its id, what to write, and whether that takes several lines."""

    id: str
    label: str
    tall: bool


def facts(questionnaire: Questionnaire, item: TeamAction) -> tuple[Fact, ...]:
    """Return what is known of an action, as one reads it; its status is not among it."""
    texts, suggestion = field_texts(item.work), field_texts(suggested(item.tool))
    typed = {id_ for id_ in FIELDS if texts[id_] != suggestion[id_]}
    filled = [id_ for id_ in _READING if texts[id_]]
    if item.tool is None or not typed.isdisjoint(DATES):
        return tuple(_fact(questionnaire, item, id_, typed=id_ in typed) for id_ in filled)
    return tuple(
        _suggested_dates(questionnaire, item.tool)
        if id_ == "due"
        else _fact(questionnaire, item, id_, typed=id_ in typed)
        for id_ in filled
        if id_ != "review"
    )


def blanks(questionnaire: Questionnaire, item: TeamAction) -> tuple[Blank, ...]:
    """Return what is still to be said of an action: who leads, too, while it is a suggestion.

    Nothing, when the action is done or dropped.
    """
    if item.work.status in {"done", "dropped"}:
        return ()
    work, texts = questionnaire.texts.work, field_texts(item.work)
    texts["owner"] = "" if texts["owner"] == suggested(item.tool).owner else texts["owner"]
    open_ = {id_: work.fields[id_] for id_ in FIELDS if id_ not in _STATUS and not texts[id_]}
    labels = {id_: words.on_paper or words.label for id_, words in open_.items()}
    if {"barrier", "notes"} <= labels.keys():
        del labels["barrier"]
        labels["notes"] = work.notes_and_barrier
    return tuple(Blank(id=id_, label=label, tall=id_ in _TALL) for id_, label in labels.items())


def ties(team: TeamPlan) -> Mapping[str, str]:
    """Return the sentence on equal points, by action, where the action above is still the tool's."""
    shown = [item.tool for item in (*team.planned, *team.outside)]
    return {
        tool.question.id: tool.equal_points
        for above, tool in pairwise(shown)
        if above and tool and tool.rank == above.rank + 1
    }


def status_counts(team: TeamPlan) -> Mapping[str, int]:
    """Return how many planned actions are at each status, those with any, in the order of the statuses."""
    found = Counter(item.work.status for item in team.planned)
    statuses = team.plan.questionnaire.texts.work.statuses
    return {statuses[id_]: found[id_] for id_ in STATUSES if found[id_]}


def _fact(questionnaire: Questionnaire, item: TeamAction, id_: str, *, typed: bool) -> Fact:
    words: FieldText = questionnaire.texts.work.fields[id_]
    label = words.label if typed else words.suggested or words.label
    value = getattr(item.work, id_)
    return Fact(id=id_, label=label, text=long_date(value) if id_ in DATES else value, typed=typed)


def _suggested_dates(questionnaire: Questionnaire, tool: Action) -> Fact:
    work = questionnaire.texts.work
    text = work.suggested_dates.format(
        due=long_date(tool.due),
        effort=questionnaire.rules.effort[tool.question.effort].lower(),
        reviews=" and ".join(long_date(day) for day in tool.reviews),
    )
    return Fact(id="due", label=work.suggested_dates_label, text=text, typed=False)
