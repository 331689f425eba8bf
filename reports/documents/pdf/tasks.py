"""The tasks of the child process: functions that a web process can import without their libraries.

Each function loads its library when it is called, in the child. So a child that generates only PDFs is 19 MB
smaller (measured), and no web process loads any of the three libraries.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.team.dates import PlanDate
from reports.team.model import TeamPlan


def load_pdf_engine() -> None:
    """Load the PDF library before the first request for a PDF."""
    import reports.documents.pdf.render  # noqa: F401


def make_pdf(html: str) -> bytes:
    """Return the PDF of a document. Raises PdfUnavailable, PdfFailed."""
    from reports.documents.pdf.render import pdf

    return pdf(html)


def make_spreadsheet(team: TeamPlan) -> bytes:
    """Return the plan with the team's work as an XLSX file."""
    from reports.documents.xlsx.workbook import spreadsheet

    return spreadsheet(team)


def make_calendar(
    team: TeamPlan, dates: Sequence[PlanDate], uid_base: str, revision: int, address: str = ""
) -> bytes:
    """Return dates of the plan as a calendar file; the arguments are those of `ics.calendar`."""
    from reports.documents.ics import calendar

    return calendar(team, dates, uid_base, revision, address)
