"""The files that the child process makes: functions that a web process can name without what they load.

Each loads its library when it is called, which is in the child. So a child that makes only PDFs is 19 MB
smaller (measured), and no web process holds any of the three libraries.
"""

from __future__ import annotations

from reports.team.model import TeamPlan


def load_pdf_engine() -> None:
    """Load what makes PDFs, before the first of them is asked for."""
    import reports.documents.pdf.render  # noqa: F401


def make_pdf(html: str) -> bytes:
    """Return the PDF of a document. Raises PdfUnavailable, PdfFailed."""
    from reports.documents.pdf.render import pdf

    return pdf(html)


def make_spreadsheet(team: TeamPlan) -> bytes:
    """Return the plan with the team's work as an XLSX file."""
    from reports.documents.xlsx.workbook import spreadsheet

    return spreadsheet(team)


def make_calendar(team: TeamPlan, uid_base: str, revision: int) -> bytes:
    """Return the open dates of the plan as a calendar file; the arguments are those of `ics.calendar`."""
    from reports.documents.ics import calendar

    return calendar(team, uid_base, revision)
