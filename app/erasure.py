"""Deleting a self-check, an account or an agency with everything about it: rows, files, and emails.

People do so on their own pages, administrators by command, and the purge when nobody has used them for years.
The caller notes the event, commits, and wipes.
"""

from __future__ import annotations

from app.database.agencies import Agency, agencies_depending_on, members_of, memberships_of
from app.database.assessments import Assessment, History, assessments_of
from app.database.deletion import delete_account, delete_agency, delete_assessment, delete_history
from app.database.share_links import withdraw_links_by
from app.mail.outbox import About, delete_emails
from app.permissions import roles_with


def depending_agencies(user_id: int) -> tuple[list[Agency], list[Agency]]:
    """Return the agencies that nobody else can manage: those without other members, and the rest.

    The first go with the account; the rest need another owner first.
    """
    depending = agencies_depending_on(user_id, roles_with("manage"))
    alone = [agency for agency in depending if len(members_of(agency)) == 1]
    return alone, [agency for agency in depending if agency not in alone]


def erase_assessment(assessment: Assessment) -> None:
    """Delete an assessment; its history too, if that is then empty."""
    delete_assessment(assessment)
    delete_emails(About(assessment_id=assessment.id))


def erase_history(history: History) -> None:
    """Delete a history with all its assessments."""
    assessments = assessments_of([history.public_id])
    delete_history(history)
    for assessment in assessments:
        delete_emails(About(assessment_id=assessment.id))


def erase_agency(agency: Agency) -> None:
    """Delete an agency. Its members keep their accounts."""
    delete_agency(agency.id)
    delete_emails(About(agency_id=agency.id))


def erase_account(user_id: int, email: str) -> None:
    """Delete an account, and its links to plans of agencies, which stay: see `depending_agencies`."""
    withdraw_links_by(user_id, [membership.agency.id for membership in memberships_of(user_id)])
    delete_account(user_id, email)
    delete_emails(About(user_id=user_id), email)
