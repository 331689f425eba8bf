"""Permanent deletion of rows and of the files created from them. The caller commits, then wipes."""

from __future__ import annotations

import contextlib

from sqlalchemy import delete, exists, select

from app.database.account_tables import AgencyRow, InvitationRow, User
from app.database.assessments import Assessment, History
from app.database.tables import AssessmentRow, CachedFile, HistoryRow, table_of
from app.extensions import db

_assessment = table_of(AssessmentRow)
_history = table_of(HistoryRow)
_file = table_of(CachedFile)
_invitation = table_of(InvitationRow)
_WAIT = 1000  # milliseconds for connections that still read the old pages


def delete_assessment(assessment: Assessment) -> None:
    """Delete an assessment and everything that belongs to it; its history too, if that is then empty."""
    _forget_files(assessment.history)
    db.session.execute(delete(_assessment).where(_assessment.c.id == assessment.id))
    left = exists().where(_assessment.c.history_id == _history.c.id)
    db.session.execute(delete(_history).where(_history.c.id == assessment.history.id, ~left))


def delete_history(history: History) -> None:
    """Delete a history: all its assessments with their work, look-backs, links and files."""
    db.session.execute(delete(_history).where(_history.c.id == history.id))


def delete_agency(agency_id: int) -> None:
    """Delete an agency: its histories, members, and invitations. People keep their accounts."""
    db.session.execute(delete(AgencyRow).where(AgencyRow.id == agency_id))


def delete_account(user_id: int, email: str) -> None:
    """Delete an account with its passkeys and memberships, and invitations to its email address."""
    db.session.execute(delete(_invitation).where(_invitation.c.email == email))
    db.session.execute(delete(User).where(User.id == user_id))


def wipe() -> None:
    """Overwrite deleted content in SQLite's write-ahead log. No transaction may be open.

    The pages themselves were filled with zeros (PRAGMA secure_delete), but the log holds the old ones until
    it is written back and truncated. Readers can delay that; then the next deletion or daily purge does it.
    PostgreSQL has its own way, VACUUM.
    """
    db.session.close()
    if db.engine.dialect.name != "sqlite":
        return
    with contextlib.closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {before}")


def _forget_files(history: History) -> None:
    """Delete the cached files of a history: plans and comparisons mention earlier assessments too."""
    its = select(_assessment.c.id).where(_assessment.c.history_id == history.id)
    db.session.execute(delete(_file).where(_file.c.assessment_id.in_(its)))
