"""What the plan's spreadsheet holds, sheet by sheet: plain values. reports.spreadsheet writes them down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.sheet_columns import (
    PRINTED_OF_ACTIONS,
    PRINTED_OF_RESOURCES,
    Cell,
    Columns,
    action_columns,
    left_out_columns,
    resource_columns,
    strength_columns,
    training_columns,
    unknown_columns,
)
from reports.team import TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. `printed` is how many of its columns go on paper; `none` is said when it has no rows."""

    name: str
    columns: Columns
    rows: tuple[tuple[Cell, ...], ...]
    none: str
    printed: int


def sheets(team: TeamPlan) -> tuple[Sheet, ...]:
    """Return the sheets of a plan with the team's work, one for each part of it."""
    plan, questionnaire = team.plan, team.plan.questionnaire
    texts, words = questionnaire.texts.plan, questionnaire.texts.files.spreadsheet
    names, actions = words.sheets, action_columns(questionnaire)
    no_action = texts.nothing_answered if plan.nothing_answered else texts.actions_none
    none_planned = questionnaire.texts.work.none_planned if team.outside else no_action
    return (
        _sheet(names.actions, actions, team.planned, none_planned, PRINTED_OF_ACTIONS),
        _sheet(names.other_actions, actions, team.outside, words.none, PRINTED_OF_ACTIONS),
        _sheet(names.strengths, strength_columns(questionnaire), plan.strengths, texts.strengths_none),
        _sheet(names.training, training_columns(questionnaire), plan.training, texts.training_none),
        _sheet(names.find_out, unknown_columns(questionnaire), plan.find_out_first, texts.find_out_none),
        _sheet(
            names.resources, resource_columns(questionnaire), plan.resources, words.none, PRINTED_OF_RESOURCES
        ),
        _sheet(names.not_in_plan, left_out_columns(questionnaire), plan.not_recommended, words.none),
    )


def _sheet(name: str, columns: Columns, items: Iterable[object], none: str, printed: int = 0) -> Sheet:
    return Sheet(
        name=name,
        columns=columns,
        rows=tuple(tuple(column.value_of(item) for column in columns) for item in items),
        none=none,
        printed=printed or len(columns),
    )
