"""Plans and comparisons as HTML documents, from a Jinja environment that does not depend on Flask.

`pdf.render` adds the styles and fonts, and turns the HTML into a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

from reports.comparison.model import Comparison
from reports.documents.action_fields import blanks, facts, label_of, ties
from reports.documents.charts.overview import progress_sections_chart, sections_chart
from reports.documents.charts.then_and_now import progress_chart
from reports.documents.crosswalk import crosswalk
from reports.documents.formatting import link_kind, long_date, title_note
from reports.documents.html.answers import answers_by_section, profile_answers, scope_and_people
from reports.documents.html.chapters import (
    comparison_title,
    fits_a_row,
    moves,
    typed_in_comparison,
    typed_in_plan,
)
from reports.documents.html.excerpts import continued_actions, excerpt_of_reason, printed_excerpt
from reports.documents.html.lists import (
    left_out_of_the_guide,
    next_in_line,
    not_counted,
    open_outside,
    settles_first,
)
from reports.documents.html.parts import DocumentPart, PlanPart, explains_rules, parts, several_on_a_page
from reports.documents.html.printable import direction, loses_characters, printable, shortened
from reports.documents.html.references import references
from reports.documents.html.tracker import tracker, tracker_headings
from reports.documents.html.training import training_tables
from reports.documents.link_notes import Links
from reports.documents.summary import comparison_summary, nothing_planned, plan_summary, training_none
from reports.documents.to_ask import to_ask
from reports.plan.explanations import strengths_heading
from reports.plan.translations import translations
from reports.team.fields import LEAD
from reports.team.model import TeamPlan

TEMPLATES = Path(__file__).parents[3] / "templates"
# The rest of what is to find out are names, so that the list is a page.
MOST_EVIDENCE = 24
LINK_SCHEMES = frozenset({"http", "https", "mailto"})


def document(team: TeamPlan, comparison: Comparison | None = None, part: PlanPart = "full") -> str:
    """Return the plan with the team's work, and what changed since another assessment, as HTML.

    `part` leaves out the other parts. `pdf.render` adds the styles, which it loads only once.
    """
    plan, language = team.plan, team.plan.questionnaire.language
    printed = parts(team, comparison, part)
    typed = (*typed_in_plan(team), *(typed_in_comparison(comparison) if comparison else ()))
    return (
        environment(language)
        .get_template("report/document.html")
        .render(
            plan=plan,
            team=team,
            work=plan.questionnaire.texts.work,
            texts=plan.questionnaire.texts.plan,
            rules=plan.questionnaire.rules,
            parts=printed,
            nothing_planned=nothing_planned(team),
            comparison=comparison,
            lost_characters=any(loses_characters(text) for text in typed),
            **_of_the_summary(team, comparison),
            **_of_the_actions(team),
            **_of_the_appendix(team, comparison),
            **_references(team, printed),
        )
    )


def _of_the_summary(team: TeamPlan, comparison: Comparison | None) -> dict[str, Any]:
    scope, people = scope_and_people(team.plan)
    return {
        "summary": plan_summary(team),
        "scope": scope,
        "people": people,
        "settles_first": settles_first(team.plan),
        "changed": comparison_summary(comparison) if comparison else None,
    }


def _of_the_actions(team: TeamPlan) -> dict[str, Any]:
    questionnaire = team.plan.questionnaire
    return {
        "facts": partial(facts, questionnaire),
        "blanks": partial(blanks, questionnaire),
        "ties": ties(team),
        "several_on_a_page": several_on_a_page(team.plan),
        "explains_rules": explains_rules(team.plan),
        "tracker": tuple(tracker(team)),
        "tracker_headings": tuple(tracker_headings(questionnaire)),
        "continued": continued_actions(team),
        "suggested_lead": label_of(questionnaire, LEAD, decided=False),
    }


def _of_the_appendix(team: TeamPlan, comparison: Comparison | None) -> dict[str, Any]:
    plan = team.plan
    return {
        "moves": moves(comparison) if comparison else (),
        "answers": answers_by_section(team),
        "domains": bool(plan.questionnaire.rules.samhsa_domains),
        "crosswalk": crosswalk(plan),
        "not_counted": not_counted(plan),
        "next_in_line": next_in_line(team),
        "open_outside": open_outside(team),
        "to_ask": to_ask(plan, MOST_EVIDENCE),
        "training": tuple(training_tables(plan)),
        "training_none": training_none(plan),
        "left_out_of_the_guide": left_out_of_the_guide(plan),
        "profile": profile_answers(plan),
    }


def _references(team: TeamPlan, printed: tuple[DocumentPart, ...]) -> dict[str, Any]:
    """Return what is referred to, with codes and numbers only where the list that they lead to is printed."""
    found = references(team)
    chapters = {chapter.id for part in printed for chapter in part.chapters}
    return {
        "references": found.helps,
        "codes": found.codes if "resources" in chapters else {},
        "sources": found.sources,
        "numbers": found.numbers if "how-made" in chapters else {},
        "links": Links(team.plan.questionnaire),
        "link_kind": partial(link_kind, language=team.plan.questionnaire.language),
        "title_note": partial(title_note, language=team.plan.questionnaire.language),
    }


def web_address(url: str) -> str:
    """Return the address if it may be a link in the report (http, https, mailto), else ""."""
    return url if urlsplit(url).scheme in LINK_SCHEMES else ""


@cache  # so that templates are compiled once: all of them take 180 ms
def environment(language: str) -> Environment:
    """Return the environment of the report's templates, in a language such as "en-US"."""
    result = Environment(
        extensions=["jinja2.ext.i18n"],
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (printable, direction, shortened, web_address, printed_excerpt, excerpt_of_reason)
    result.filters.update({function.__name__: function for function in filters})
    result.globals["sections_chart"] = partial(sections_chart, language=language)
    result.globals["strengths_heading"] = partial(strengths_heading, language)
    result.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    result.filters["long_date"] = partial(long_date, language=language)
    return result


def require_macros(environment: Environment, template: str, names: Iterable[str]) -> None:
    """Check that the template has a macro of each of these names. Raises LookupError."""
    loader = environment.loader or FileSystemLoader(TEMPLATES)
    source, _, _ = loader.get_source(environment, template)
    macros = {macro.name for macro in environment.parse(source).find_all(nodes.Macro)}
    missing = sorted(set(names) - macros)
    if missing:
        raise LookupError(f"{template} has no macro for: {', '.join(missing)}")


def comparison_document(comparison: Comparison) -> str:
    """Return the comparison as HTML, without styles: `pdf.render` adds its own."""
    questionnaire = comparison.later.path.questionnaire
    language = questionnaire.language
    return (
        environment(language)
        .get_template("report/comparison_document.html")
        .render(
            comparison=comparison,
            summary=comparison_summary(comparison),
            language=language,
            product=questionnaire.texts.screen.product_name,
            title=comparison_title(comparison),
            lost_characters=any(loses_characters(text) for text in typed_in_comparison(comparison)),
            progress_chart=partial(progress_chart, language=language),
            progress_sections_chart=partial(progress_sections_chart, language=language),
            fits_a_row=fits_a_row,
        )
    )
