"""The sheets of the plan's spreadsheet: columns and plain values that `workbook` writes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from questions.guide import Place, Resource
from questions.model import Questionnaire
from questions.texts import WorkTexts
from reports.documents.action_fields import status_labels
from reports.documents.crosswalk import answered
from reports.documents.formatting import link_kind, title_note
from reports.documents.json import address
from reports.documents.link_notes import Links
from reports.plan.model import ActionPlan, Help, Opening
from reports.plan.translations import translations
from reports.team.fields import (
    ACTION_FIELDS,
    DATE,
    MIDDLE,
    SHORT,
    WIDE,
    ActionField,
    fields_in_columns,
)
from reports.team.model import TeamAction, TeamPlan

# Widths in characters; those of the fields of an action are in `reports.team.fields`.
NUMBER, WIDEST = 8, 44
# What a team works with comes first: more would be too small on a printed page.
PRINTED_OF_ACTIONS = 4 + sum(field.printed for field in ACTION_FIELDS)
PRINTED_OF_RESOURCES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cell with a link."""

    url: str


Cell = str | int | datetime.date | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, what it says of a thing, and values to choose from."""

    heading: str
    width: int
    value_of: Callable[[Any], Cell]
    choices: tuple[str, ...] = ()


Columns = tuple[Column, ...]


def action_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a TeamAction, those to print first."""
    words, own_why = questionnaire.texts.files.spreadsheet.columns, questionnaire.texts.work.own_why
    return (
        Column(words.place, NUMBER, lambda item: item.position or None),
        Column(words.rank, NUMBER, lambda item: item.tool and item.tool.rank),
        Column(words.section, SHORT, lambda item: item.part.short_title),
        Column(words.change, WIDE, lambda item: item.title),
        *(_work_column(questionnaire.texts.work, field) for field in fields_in_columns()),
        Column(words.move_reason, MIDDLE, lambda item: item.move_reason),
        Column(words.practice, WIDE, lambda item: item.tool and item.tool.goal),
        Column(words.why, WIDEST, lambda item: _why(item) or own_why),
        Column(words.answer, SHORT, lambda item: item.tool and item.tool.finding.answer.label),
        Column(words.points, NUMBER, lambda item: item.tool and item.tool.finding.priority),
        Column(words.band, SHORT, lambda item: item.tool and item.tool.finding.band.label),
        Column(words.note, WIDE, lambda item: item.tool and item.tool.finding.note),
        Column(words.resources, WIDEST, lambda item: item.tool and _resources(item.tool.help)),
        Column(words.not_in_guide, WIDE, lambda item: item.tool and _outside(item.tool.help)),
    )


def strength_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a strength (a Finding)."""
    words, place_of = questionnaire.texts.files.spreadsheet.columns, questionnaire.place_of
    return (
        Column(words.section, MIDDLE, lambda finding: place_of[finding.question.id][0].short_title),
        Column(words.practice, WIDEST, lambda finding: finding.question.text),
        Column(words.answer, MIDDLE, lambda finding: finding.answer.label),
        Column(words.note, WIDEST, lambda finding: finding.note),
    )


def training_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a TrainingNeed."""
    words, questions = questionnaire.texts.files.spreadsheet.columns, questionnaire.questions
    return (
        Column(words.question, WIDE, lambda need: questions[need.cause.question].text),
        Column(words.row, WIDE, lambda need: need.label if need.cause.row else None),
        Column(words.answer, MIDDLE, lambda need: need.answer.label),
        Column(words.resources, WIDEST, lambda need: _resources(need.help)),
        Column(words.not_in_guide, WIDE, lambda need: _outside(need.help)),
    )


def unknown_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a FindOut, with two for the team to fill in."""
    words, place_of = questionnaire.texts.files.spreadsheet.columns, questionnaire.place_of
    return (
        Column(words.section, MIDDLE, lambda item: place_of[item.cause.question][0].short_title),
        Column(words.unknown, WIDEST, lambda item: f"{item.asked} {item.label}"),
        Column(words.evidence, WIDE, lambda item: item.evidence_prompt),
        Column(words.who_to_ask, MIDDLE, lambda item: item.ask or None),
        Column(words.by_when, DATE, lambda item: None),
        Column(words.note, WIDE, lambda item: item.note),
    )


def resource_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a Recommendation, those to print first."""
    words, formats = questionnaire.texts.files.spreadsheet.columns, questionnaire.rules.formats
    sections = {section.number: section.title for section in questionnaire.guide.sections}
    links, language = Links(questionnaire), questionnaire.language
    return (
        Column(words.section, MIDDLE, lambda item: sections[item.resource.section]),
        Column(words.resource, WIDE, lambda item: item.resource.title),
        Column(words.kind, SHORT, lambda item: formats[item.resource.format]),
        Column(words.year, NUMBER, lambda item: item.resource.year),
        Column(words.publisher, MIDDLE, lambda item: item.resource.publisher),
        Column(words.link, WIDE, lambda item: _link(item.resource)),
        Column(words.where_to_look, WIDE, lambda item: _where_to_look(item.resource, links)),
        Column(words.reasons, WIDEST, lambda item: "\n".join(item.reasons)),
        Column(words.link_note, MIDDLE, lambda item: _link_note(item.resource, links, language)),
        Column(words.search_words, MIDDLE, lambda item: item.resource.search_words),
        Column(words.instead, WIDE, lambda item: _instead(item.resource, links)),
        Column(words.about, WIDEST, lambda item: _about(item.resource, language)),
    )


def left_out_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a NotRecommended."""
    words = questionnaire.texts.files.spreadsheet.columns
    return (
        Column(words.resource, WIDEST, lambda item: item.resource.title),
        Column(words.why_not, WIDEST, lambda item: item.why),
        Column(words.would_bring, WIDEST, lambda item: item.would_bring),
    )


def _work_column(texts: WorkTexts, field: ActionField) -> Column:
    """Return the column of a field of the team's work; that of the status has a list to choose from."""
    heading, labels = texts.fields[field.id].label, status_labels(texts)
    match field.widget:
        case "status":
            return Column(heading, field.width, lambda item: labels[item.work.status], tuple(labels.values()))
        case "date":
            return Column(heading, field.width, lambda item: item.work.date(field.id))
        case _:
            return Column(heading, field.width, lambda item: item.work.texts[field.id])


def _why(item: TeamAction) -> str:
    return _lines(f"{item.tool.because} {item.tool.if_next}".strip(), item.tool.sum) if item.tool else ""


def _resources(help_: Help) -> str:
    """Return what can be opened for the guide's resources, then what the guide lacks, one per line."""
    found = (_opening(opening) for opening in help_.openings if opening.resource)
    titles = (chosen.resource.title for chosen in help_.not_online)
    return _lines(*found, *titles, help_.guide_gap, help_.nothing_opens)


def _outside(help_: Help) -> str:
    nowhere = (c.supplement.title for c in help_.supplements if not c.opening)
    return _lines(*(_opening(opening) for opening in help_.openings if not opening.resource), *nowhere)


def _opening(opening: Opening) -> str:
    return " ".join(filter(None, (f"{opening.title}: {opening.url}", opening.use, opening.caution)))


def _about(resource: Resource, language: str) -> str:
    note = title_note(resource.title_is, language)
    return _lines(resource.about, resource.caution, resource.caveat, note)


def _link(resource: Resource) -> Link | None:
    url = address(resource)
    return Link(url=url) if url else None


def _link_note(resource: Resource, links: Links, language: str) -> str:
    """Return the kind of the link, the result of its last test, and whether the resource is retired."""
    if resource.link is None:
        return links.retired(resource)
    kind = link_kind(resource.link.kind, language)
    return _lines(kind, links.note(resource.link.url), links.retired(resource))


def _where_to_look(resource: Resource, links: Links) -> str:
    """Return where to look for an item that has no working link."""
    return "" if links.leads(resource) else _lines(_place(resource.look_at), resource.publisher_site)


def _instead(resource: Resource, links: Links) -> str:
    return _place(resource.substitute or links.successor(resource))


def _lines(*texts: str) -> str:
    """Return the texts that are not empty, one per line."""
    return "\n".join(filter(None, texts))


def _place(place: Place | None) -> str:
    return ": ".join(filter(None, (place.label, place.url))) if place else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. `printed` is the number of columns to print; `none` is the message for no rows."""

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
    no_action = texts.nothing_answered if plan.has_no_answers else texts.actions_none
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
        *_crosswalk(plan, words.none),
    )


def _crosswalk(plan: ActionPlan, none: str) -> Iterator[Sheet]:
    """Yield the sheet of SAMHSA's domains and principles, if the version names the domains."""
    if plan.questionnaire.rules.samhsa_domains:
        yield _sheet("SAMHSA", crosswalk_columns(plan.questionnaire), tuple(answered(plan)), none)


def crosswalk_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a practice with its domains and principles (a Finding)."""
    words, rules = questionnaire.texts.files.spreadsheet.columns, questionnaire.rules
    place_of, _ = questionnaire.place_of, translations(questionnaire.language).gettext
    return (
        Column(words.section, MIDDLE, lambda finding: place_of[finding.question.id][0].short_title),
        Column(words.practice, WIDE, lambda finding: finding.question.short),
        Column(words.answer, MIDDLE, lambda finding: finding.answer.label),
        Column(
            _("SAMHSA domains"),
            WIDE,
            lambda f: _lines(*(rules.samhsa_domains[id_] for id_ in f.question.samhsa_domains)),
        ),
        Column(
            _("SAMHSA principles"),
            WIDE,
            lambda f: _lines(*(rules.samhsa_principles[id_] for id_ in f.question.samhsa_principles)),
        ),
        Column(words.evidence, WIDE, lambda finding: finding.question.evidence_prompt),
        Column(words.note, WIDE, lambda finding: finding.note),
    )


def _sheet(name: str, columns: Columns, items: Iterable[object], none: str, printed: int = 0) -> Sheet:
    return Sheet(
        name=name,
        columns=columns,
        rows=tuple(tuple(column.value_of(item) for column in columns) for item in items),
        none=none,
        printed=printed or len(columns),
    )
