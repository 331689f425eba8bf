"""A comparison of any two assessments to one HTML text, for a PDF of its own."""

from __future__ import annotations

from reports.comparison_model import Comparison
from reports.comparison_parts import comparison_title, fits_a_row, headings, typed_texts
from reports.document import environment
from reports.overview_chart import progress_sections_chart
from reports.pdf_text import loses_characters
from reports.progress_charts import progress_chart
from reports.summary import comparison_summary


def comparison_document(comparison: Comparison) -> str:
    """Return the comparison as HTML, without styles: reports.pdf adds its own, made ready once."""
    questionnaire = comparison.later.path.questionnaire
    return (
        environment()
        .get_template("report/comparison_document.html")
        .render(
            comparison=comparison,
            summary=comparison_summary(comparison),
            headings=tuple(headings(comparison)),
            language=questionnaire.language,
            product=questionnaire.texts.screen.product_name,
            title=comparison_title(comparison),
            lost_characters=any(loses_characters(text) for text in typed_texts(comparison)),
            progress_chart=progress_chart,
            progress_sections_chart=progress_sections_chart,
            fits_a_row=fits_a_row,
        )
    )
