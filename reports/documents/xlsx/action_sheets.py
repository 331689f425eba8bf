"""The sheets of actions: what the team works with, the details, what can help, and the other actions."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from questions.model import Questionnaire
from questions.texts import WorkTexts
from reports.documents.action_fields import status_labels
from reports.documents.summary import nothing_planned
from reports.documents.xlsx.model import NUMBER, WIDEST, Cell, Column, Columns, Sheet, lines, sheet, web_link
from reports.plan.translations import translations
from reports.team.fields import MIDDLE, SHORT, WIDE, ActionField, fields_in_columns, fields_outside
from reports.team.model import TeamAction, TeamPlan


class Helpful(NamedTuple):
    """What can help with an action: something to open, or a sentence about it."""

    item: TeamAction
    title: str
    url: str
    about: str


def actions_sheet(team: TeamPlan) -> Sheet:
    """Return the planned actions with what the team fills in most, in at most 14 columns."""
    questionnaire, texts = team.plan.questionnaire, team.plan.questionnaire.texts
    columns = (*_named(questionnaire), *_work_columns(texts.work, main=True))
    made = sheet(texts.files.spreadsheet.sheets.actions, columns, team.planned, nothing_planned(team))
    headings = [column.heading for column in columns]
    fields = texts.work.fields
    return replace(
        made, due=headings.index(fields["due"].label), status=headings.index(fields["status"].label)
    )


def details_sheet(team: TeamPlan) -> Sheet:
    """Return everything else about the planned actions."""
    questionnaire = team.plan.questionnaire
    words, own_why = questionnaire.texts.files.spreadsheet, questionnaire.texts.work.own_why
    columns = (
        *_named(questionnaire),
        _section(questionnaire),
        Column(words.columns.why, WIDEST, lambda item: _why(item) or own_why),
        *_finding_columns(questionnaire),
        *_work_columns(questionnaire.texts.work, main=False),
        _moved(questionnaire),
    )
    name = translations(questionnaire.language).gettext("More on the actions")
    return sheet(name, columns, team.planned, words.none)


def help_sheet(team: TeamPlan) -> Sheet:
    """Return what can help with each planned action, one thing a row, with its link."""
    questionnaire = team.plan.questionnaire
    words, _ = questionnaire.texts.files.spreadsheet, translations(questionnaire.language).gettext
    columns = (
        *_named(questionnaire, lambda helpful: helpful.item),
        Column(words.columns.resources, WIDE, lambda helpful: helpful.title),
        Column(words.columns.link, WIDE, lambda helpful: web_link(helpful.url)),
        Column(_("How it helps"), WIDEST, lambda helpful: helpful.about),
    )
    return sheet(words.columns.resources, columns, _helpful(team), words.none)


def other_actions_sheet(team: TeamPlan) -> Sheet:
    """Return the actions outside the plan: with a lead if the team chose one, and without dates.

    The reason for a move comes before what may be long.
    """
    questionnaire = team.plan.questionnaire
    words, texts = questionnaire.texts.files.spreadsheet, questionnaire.texts.work
    shown = fields_outside()
    columns = (
        _section(questionnaire),
        Column(words.columns.change, WIDE, lambda item: item.title),
        *_finding_columns(questionnaire),
        *(_decided(texts, field) for field in shown if not field.tall),
        _moved(questionnaire),
        *(_decided(texts, field) for field in shown if field.tall),
    )
    return sheet(words.sheets.other_actions, columns, team.outside, words.none)


def _itself(item: TeamAction) -> TeamAction:
    return item


def _named(questionnaire: Questionnaire, item_of: Callable[[Any], TeamAction] = _itself) -> Columns:
    """Return the columns that name an action: its place, and what will change."""
    words = questionnaire.texts.files.spreadsheet.columns
    return (
        Column(words.place, NUMBER, lambda thing: item_of(thing).position or None),
        Column(words.change, WIDE, lambda thing: item_of(thing).title),
    )


def _section(questionnaire: Questionnaire) -> Column:
    heading = questionnaire.texts.files.spreadsheet.columns.section
    return Column(heading, SHORT, lambda item: item.part.short_title)


def _moved(questionnaire: Questionnaire) -> Column:
    heading = questionnaire.texts.files.spreadsheet.columns.move_reason
    return Column(heading, MIDDLE, lambda item: item.move_reason)


def _finding_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns about the answer behind an action; the team's own actions have none."""
    words = questionnaire.texts.files.spreadsheet.columns
    goal = translations(questionnaire.language).gettext("Goal")
    return (
        Column(goal, WIDE, lambda item: item.tool and item.tool.goal),
        Column(words.answer, SHORT, lambda item: item.tool and item.tool.finding.answer.label),
        Column(words.band, SHORT, lambda item: item.tool and item.tool.finding.band.label),
        Column(words.note, MIDDLE, lambda item: item.tool and item.tool.finding.note),
    )


def _work_columns(texts: WorkTexts, *, main: bool) -> Columns:
    """Return the columns of the team's fields. What is only suggested has a column of its own."""
    return tuple(column for field in fields_in_columns(main=main) for column in _columns(texts, field))


def _columns(texts: WorkTexts, field: ActionField) -> Iterator[Column]:
    words, labels = texts.fields[field.id], status_labels(texts)
    if field.widget == "status":
        choices = tuple(labels.values())
        yield Column(words.label, field.width, lambda item: labels[item.work.status.id], choices)
    elif words.suggested:
        yield Column(words.label, field.width, lambda item: _value(item, field, decided=True))
        yield Column(words.suggested, field.width, lambda item: _value(item, field, decided=False))
    else:
        yield Column(words.label, field.width, lambda item: _work(item, field))


def _decided(texts: WorkTexts, field: ActionField) -> Column:
    """Return the column of a field outside the plan, where nobody works by a suggested lead."""
    width = WIDE if field.widget == "lines" else MIDDLE  # fewer columns share the page here
    if field.suggested:
        return Column(texts.fields[field.id].label, width, lambda item: _value(item, field, decided=True))
    return Column(texts.fields[field.id].label, width, lambda item: _work(item, field))


def _value(item: TeamAction, field: ActionField, *, decided: bool) -> Cell:
    """Return the content of a field if it is the team's decision, or if it is a suggestion; else None."""
    return _work(item, field) if item.decides(field.id) == decided else None


def _work(item: TeamAction, field: ActionField) -> str | datetime.date | None:
    return item.work.date(field.id) if field.widget == "date" else item.work.texts[field.id]


def _why(item: TeamAction) -> str:
    return f"{item.tool.because} {item.tool.if_next}".strip() if item.tool else ""


def _helpful(team: TeamPlan) -> Iterator[Helpful]:
    """Yield what can be opened, then what is not online, then what is said about it, for each action."""
    for item in team.planned:
        if item.tool is None:
            continue
        help_ = item.tool.help
        for opening in help_.openings:
            yield Helpful(item, opening.title, opening.url, lines(opening.use, opening.caution))
        nowhere = [chosen.resource.title for chosen in help_.not_online]
        nowhere += [chosen.supplement.title for chosen in help_.supplements if not chosen.opening]
        for title in nowhere:
            yield Helpful(item, title, "", "")
        for sentence in filter(None, (help_.guide_gap, help_.nothing_opens)):
            yield Helpful(item, "", "", sentence)
