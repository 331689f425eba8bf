"""The PDF of a plan: made when the plan's page was shown and edits rest, or when someone asks for it."""

from __future__ import annotations

from functools import partial

from app import clock
from app.database.assessments import Assessment, by_id
from app.database.plan_work import work_changes
from app.finished_assessments import comparison_with_previous, load_team_plan, plan_cache_inputs
from app.http import making_ahead
from app.pdf_cache import PdfIdentity, cached_pdf, is_cached
from reports.documents.html.document import document
from reports.documents.html.parts import PlanPart

# Who saves one action is likely to save the next one too.
REST = 5.0


def plan_pdf(assessment: Assessment, part: PlanPart = "full") -> bytes:
    """Return the PDF or a part of it: made before, or a new one. Raises what `cached_pdf` raises."""
    return cached_pdf(
        _identity(assessment, part),
        lambda: document(load_team_plan(assessment), comparison_with_previous(assessment), part),
    )


def make_ahead(assessment: Assessment) -> None:
    """Have the PDF made soon: after the plan's page was shown, the next click is likely for it."""
    making_ahead.soon(f"plan {assessment.id}", partial(_make, assessment.id))


def _make(assessment_id: int) -> float:
    """Make the PDF, or return how many seconds of rest after the last edit are still to come."""
    assessment = by_id(assessment_id)
    if assessment is None:  # deleted meanwhile
        return 0
    edits = [change.at for change in work_changes(assessment).values() if change.at]
    rested = (clock.now() - max(edits)).total_seconds() if edits else REST
    if 0 <= rested < REST:
        return REST - rested
    if not is_cached(_identity(assessment, "full")):
        plan_pdf(assessment)
    return 0


def _identity(assessment: Assessment, part: PlanPart) -> PdfIdentity:
    return PdfIdentity(
        # A cached file replaces an older one of its name: a part must not replace the whole.
        name="plan" if part == "full" else f"plan-{part}",
        assessment_id=assessment.id,
        inputs=(*plan_cache_inputs(assessment), part),
        earlier_id=assessment.previous_id,
    )
