"""The files that are the same for all visitors: the questions on paper, and the plan of a made-up agency."""

from __future__ import annotations

from app import clock
from app.content import current
from app.pdf_cache import PdfIdentity, cached_pdf
from reports.documents.html.document import document
from reports.documents.html.worksheet import worksheet
from reports.plan.sample import sample_plan
from reports.team.model import NO_WORK, team_plan


def worksheet_pdf() -> bytes:
    """Return all questions as PDF, rendered once for each version. Raises what `cached_pdf` raises."""
    questionnaire = current().questionnaire
    pdf = PdfIdentity(name="worksheet", assessment_id=None, inputs=(questionnaire.fingerprint,))
    return cached_pdf(pdf, lambda: worksheet(questionnaire))


def sample_plan_pdf() -> bytes:
    """Return the plan of a made-up agency, rendered once a month. Raises what `cached_pdf` raises."""
    questionnaire, day = current().questionnaire, clock.today().replace(day=1)
    inputs = (questionnaire.fingerprint, day.isoformat())
    pdf = PdfIdentity(name="sample-plan", assessment_id=None, inputs=inputs)
    return cached_pdf(pdf, lambda: document(team_plan(sample_plan(questionnaire, day), NO_WORK)))
