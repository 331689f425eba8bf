"""A plan to one HTML text for the PDF, with its own Jinja environment that knows no Flask.

`document` is what reports.pdf turns into a PDF. `standalone` adds styles and fonts, so that a browser
can show or print the same text.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import document_parts as parts
from reports.charts import stage_chart
from reports.comparison_model import Comparison
from reports.comparison_parts import fits_a_row, typed_texts
from reports.links import Links
from reports.overview_chart import sections_chart
from reports.pdf_text import FONT_FOLDER, direction, loses_characters, printable, shortened
from reports.progress_charts import progress_chart
from reports.summary import plan_summary
from reports.team import TeamPlan
from reports.team_facts import blanks, facts, status_counts, ties
from reports.words import LINK_KINDS, TITLES, long_date, paragraphs

TEMPLATES = Path(__file__).parent.parent / "templates"
STYLES = TEMPLATES / "report" / "report.css"
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
# For the standalone text: family, style, weight, file. In the PDF, the files speak for themselves.
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

    Styles are added by reports.pdf, made ready once.
    """
    plan = team.plan
    typed = (*parts.typed_texts(team), *(typed_texts(comparison) if comparison else ()))
    return (
        environment()
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
            lost_characters=any(loses_characters(text) for text in typed),
            stage_chart=stage_chart,
            sections_chart=sections_chart,
            progress_chart=progress_chart,
            fits_a_row=fits_a_row,
            links=Links(plan.questionnaire),
            link_kinds=LINK_KINDS,
            titles=TITLES,
        )
    )


def standalone(html: str) -> str:
    """Return the same HTML with styles and fonts in it, for a browser on this machine."""
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
def environment() -> Environment:
    """Return the environment of the report's templates."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (printable, direction, shortened, web_address, long_date, paragraphs)
    made.filters.update({function.__name__: function for function in filters})
    return made
