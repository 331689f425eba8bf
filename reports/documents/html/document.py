"""Plans and comparisons as HTML documents, from a Jinja environment that does not depend on Flask.

`pdf.render` turns the HTML into a PDF. `standalone` adds styles and fonts, so that a browser can show or
print the same document.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

from reports.comparison.model import Comparison
from reports.documents.action_fields import blanks, facts, status_counts, ties
from reports.documents.charts.bars import stage_chart
from reports.documents.charts.overview import progress_sections_chart, sections_chart
from reports.documents.charts.then_and_now import progress_chart
from reports.documents.crosswalk import crosswalk
from reports.documents.formatting import in_order, link_kind, long_date, paragraphs, title_note
from reports.documents.html import chapters as parts
from reports.documents.html.chapters import comparison_title, fits_a_row, headings, typed_in_comparison
from reports.documents.html.characters import FONT_FOLDER
from reports.documents.html.printable import direction, loses_characters, printable, shortened
from reports.documents.link_notes import Links
from reports.documents.summary import comparison_summary, plan_summary
from reports.plan.translations import translations
from reports.team.model import TeamPlan

TEMPLATES = Path(__file__).parents[3] / "templates"
STYLES = TEMPLATES / "report" / "report.css"
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
# For the standalone HTML: family, style, weight, file. For the PDF, the files contain this information.
_FACES = (
    ("Source Sans Pro", "normal", 400, "source-sans-400.ttf"),
    ("Source Sans Pro", "italic", 400, "source-sans-400-italic.ttf"),
    ("Source Sans Pro", "normal", 700, "source-sans-700.ttf"),
    ("Public Sans", "normal", 400, "public-sans-400.ttf"),
    ("Public Sans", "normal", 600, "public-sans-600.ttf"),
    ("Public Sans", "normal", 700, "public-sans-700.ttf"),
)


def document(team: TeamPlan, comparison: Comparison | None = None) -> str:
    """Return the plan with the team's work, and what changed since another assessment, as HTML.

    `pdf.render` adds the styles, which it loads only once.
    """
    plan, language = team.plan, team.plan.questionnaire.language
    typed = (*parts.typed_in_plan(team), *(typed_in_comparison(comparison) if comparison else ()))
    return (
        environment(language)
        .get_template("report/document.html")
        .render(
            plan=plan,
            team=team,
            work=plan.questionnaire.texts.work,
            facts=partial(facts, plan.questionnaire),
            blanks=partial(blanks, plan.questionnaire),
            ties=ties(team),
            status_counts=status_counts(team),
            texts=plan.questionnaire.texts.plan,
            rules=plan.questionnaire.rules,
            chapters=tuple(parts.chapters(team, comparison)),
            comparison=comparison,
            about=parts.about(plan),
            summary=plan_summary(team),
            codes={item.resource.id: f"R{number}" for number, item in enumerate(plan.resources, start=1)},
            by_section=tuple(parts.by_section(plan)),
            reasons=parts.reasons(plan),
            audiences=parts.audiences(plan),
            training=tuple(parts.training_tables(plan)),
            sources=parts.sources_used(plan),
            crosswalk=crosswalk(plan),
            lost_characters=any(loses_characters(text) for text in typed),
            progress_chart=partial(progress_chart, language=language),
            fits_a_row=fits_a_row,
            links=Links(plan.questionnaire),
            link_kind=partial(link_kind, language=language),
            title_note=partial(title_note, language=language),
        )
    )


def standalone(html: str) -> str:
    """Return the same HTML with styles and links to local fonts, for a browser on this machine."""
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: {weight}; "
        f"src: url('{(FONT_FOLDER / file).as_uri()}') }}\n"
        for family, style, weight, file in _FACES
    )
    styles = STYLES.read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>\n{faces}{styles}</style>\n</head>", 1)


def web_address(url: str) -> str:
    """Return the address if it may be a link in the report (http, https, mailto), else ""."""
    return url if urlsplit(url).scheme in LINK_SCHEMES else ""


@cache
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
    filters = (printable, direction, shortened, web_address, paragraphs)
    result.filters.update({function.__name__: function for function in filters})
    result.globals.update({"stage_chart": stage_chart, "sections_chart": sections_chart})
    result.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    for localized in (long_date, in_order):
        result.filters[localized.__name__] = partial(localized, language=language)
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
            headings=tuple(headings(comparison)),
            language=language,
            product=questionnaire.texts.screen.product_name,
            title=comparison_title(comparison),
            lost_characters=any(loses_characters(text) for text in typed_in_comparison(comparison)),
            progress_chart=partial(progress_chart, language=language),
            progress_sections_chart=partial(progress_sections_chart, language=language),
            fits_a_row=fits_a_row,
        )
    )
