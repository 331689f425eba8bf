"""The sheets of the plan's spreadsheet, one for each part of it, after a summary."""

from __future__ import annotations

from collections.abc import Iterator

from questions.guide import Place, Resource
from questions.model import Questionnaire
from reports.documents.crosswalk import answered
from reports.documents.formatting import link_kind, title_note
from reports.documents.json import address
from reports.documents.link_notes import Links
from reports.documents.summary import training_none
from reports.documents.xlsx.action_sheets import actions_sheet, details_sheet, help_sheet, other_actions_sheet
from reports.documents.xlsx.model import (
    NUMBER,
    WIDEST,
    Column,
    Columns,
    LinkCell,
    Sheet,
    lines,
    sheet,
    web_link,
)
from reports.documents.xlsx.summary_sheet import summary_sheet
from reports.plan.model import ActionPlan, Help, Opening
from reports.plan.translations import translations
from reports.team.fields import DATE, MIDDLE, SHORT, WIDE
from reports.team.model import TeamPlan


def sheets(team: TeamPlan) -> tuple[Sheet, ...]:
    """Return the sheets of a plan with the team's work."""
    plan, questionnaire = team.plan, team.plan.questionnaire
    texts, words = questionnaire.texts.plan, questionnaire.texts.files.spreadsheet
    names = words.sheets
    parts = (
        actions_sheet(team),
        details_sheet(team),
        help_sheet(team),
        other_actions_sheet(team),
        sheet(names.strengths, strength_columns(questionnaire), plan.strengths, texts.strengths_none),
        sheet(names.training, training_columns(questionnaire), plan.training, training_none(plan)),
        sheet(names.find_out, unknown_columns(questionnaire), plan.find_out_first, texts.find_out_none),
        sheet(names.resources, resource_columns(questionnaire), plan.resources, words.none),
        sheet(names.not_in_plan, left_out_columns(questionnaire), plan.not_recommended, words.none),
        *_crosswalk(plan, words.none),
    )
    return (summary_sheet(team, parts), *parts)


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
    """Return the columns of a Recommendation."""
    words, formats = questionnaire.texts.files.spreadsheet.columns, questionnaire.rules.formats
    sections = {section.number: section.title for section in questionnaire.guide.sections}
    links, language = Links(questionnaire), questionnaire.language
    return (
        Column(words.section, MIDDLE, lambda item: sections[item.resource.section]),
        Column(words.resource, WIDE, lambda item: item.resource.title),
        Column(words.kind, SHORT, lambda item: formats[item.resource.format]),
        Column(words.publisher, MIDDLE, lambda item: item.resource.publisher),
        Column(words.year, NUMBER, lambda item: item.resource.year),
        Column(words.link, WIDE, lambda item: _link(item.resource, links)),
        Column(words.instead, MIDDLE, lambda item: _label(_instead(item.resource, links))),
        Column(words.where_to_look, MIDDLE, lambda item: _label(item.resource.look_at)),
        Column(words.search_words, MIDDLE, lambda item: item.resource.search_words),
        Column(words.reasons, WIDE, lambda item: "\n".join(item.reasons)),
        Column(words.about, WIDEST, lambda item: _about(item.resource, links, language)),
    )


def left_out_columns(questionnaire: Questionnaire) -> Columns:
    """Return the columns of a NotRecommended."""
    words = questionnaire.texts.files.spreadsheet.columns
    return (
        Column(words.resource, WIDEST, lambda item: item.resource.title),
        Column(words.why_not, WIDEST, lambda item: item.why),
        Column(words.would_bring, WIDEST, lambda item: item.would_bring),
    )


def _resources(help_: Help) -> str:
    """Return what can be opened for the guide's resources, then what the guide lacks, one per line."""
    found = (_opening(opening) for opening in help_.openings if opening.resource)
    titles = (chosen.resource.title for chosen in help_.not_online)
    return lines(*found, *titles, help_.guide_gap, help_.nothing_opens)


def _outside(help_: Help) -> str:
    nowhere = (c.supplement.title for c in help_.supplements if not c.opening)
    return lines(*(_opening(opening) for opening in help_.openings if not opening.resource), *nowhere)


def _opening(opening: Opening) -> str:
    return " ".join(filter(None, (f"{opening.title}: {opening.url}", opening.use, opening.caution)))


def _about(resource: Resource, links: Links, language: str) -> str:
    """Return what it is, what to mind, and what is known about its link."""
    kind = link_kind(resource.link.kind, language) if resource.link else ""
    tested = links.note(resource.link.url) if resource.link else ""
    note = title_note(resource.title_is, language)
    said = (resource.about, resource.caution, resource.caveat, note, kind, tested, links.retired(resource))
    return lines(*said)


def _link(resource: Resource, links: Links) -> LinkCell | None:
    """Return the link to the resource, else to what can be used instead, else to where to look."""
    places = (_instead(resource, links), resource.look_at)
    urls = (address(resource), *(place.url for place in places if place), resource.publisher_site)
    return web_link(next(filter(None, urls), ""))


def _instead(resource: Resource, links: Links) -> Place | None:
    return resource.substitute or links.successor(resource)


def _label(place: Place | None) -> str:
    return place.label if place else ""


def _crosswalk(plan: ActionPlan, none: str) -> Iterator[Sheet]:
    """Yield the sheet of SAMHSA's domains and principles, if the version names the domains."""
    if plan.questionnaire.rules.samhsa_domains:
        yield sheet("SAMHSA", crosswalk_columns(plan.questionnaire), tuple(answered(plan)), none)


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
            lambda f: lines(*(rules.samhsa_domains[id_] for id_ in f.question.samhsa_domains)),
        ),
        Column(
            _("SAMHSA principles"),
            WIDE,
            lambda f: lines(*(rules.samhsa_principles[id_] for id_ in f.question.samhsa_principles)),
        ),
        Column(words.evidence, WIDE, lambda finding: finding.question.evidence_prompt),
        Column(words.note, WIDE, lambda finding: finding.note),
    )
