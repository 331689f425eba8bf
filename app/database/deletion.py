"""Deleting for real: rows, and files made from them. The caller commits, then wipes."""

from __future__ import annotations

import contextlib
from typing import cast

from sqlalchemy import Table, delete, exists, select

from app.database.account_tables import AgencyRow, InvitationRow, User
from app.database.assessments import Assessment, History, discard
from app.database.tables import AssessmentRow, HistoryRow, KeptFile
from app.extensions import db

_assessment = cast(Table, AssessmentRow.__table__)
_history = cast(Table, HistoryRow.__table__)
_file = cast(Table, KeptFile.__table__)
_invitation = cast(Table, InvitationRow.__table__)
_WAIT = 1000  # milliseconds for those who read the old pages of the file


def delete_assessment(assessment: Assessment) -> None:
    """Delete an assessment with all that goes with it; its history too, if that was all of it."""
    _forget_files(assessment.history)
    discard(assessment)
    left = exists().where(_assessment.c.history_id == _history.c.id)
    db.session.execute(delete(_history).where(_history.c.id == assessment.history.id, ~left))


def delete_history(history: History) -> None:
    """Delete a history: all its assessments and their work, look-backs, links and files."""
    db.session.execute(delete(_history).where(_history.c.id == history.id))


def delete_agency(agency_id: int) -> None:
    """Delete an agency: its histories, members, and invitations. People keep their accounts."""
    db.session.execute(delete(AgencyRow).where(AgencyRow.id == agency_id))


def delete_account(user_id: int, email: str) -> None:
    """Delete an account with its passkeys and memberships, and invitations to its e-mail address."""
    db.session.execute(delete(_invitation).where(_invitation.c.email == email))
    db.session.execute(delete(User).where(User.id == user_id))


def wipe() -> None:
    """Write over what was deleted before in the file of SQLite and its log; no transaction may be open.

    The pages themselves were filled with zeros (PRAGMA secure_delete); the log still holds them as they
    were, until it is written back and cut. Readers can hold that up: then the next deletion, or the purge of
    the day, does it. PostgreSQL has its own way, VACUUM.
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
    """Delete the files of a history: a plan or a comparison tells of the assessments before it too."""
    its = select(_assessment.c.id).where(_assessment.c.history_id == history.id)
    db.session.execute(delete(_file).where(_file.c.assessment_id.in_(its)))
