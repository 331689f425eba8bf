"""The content that assessments go by, each version once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, select

from app.database.models import QuestionnaireText
from app.database.upserts import insert_into
from app.extensions import db


def keep_questionnaire(fingerprint: str, version: str, files: Mapping[str, str]) -> None:
    """Store the content files under their fingerprint, unless they are stored already."""
    stored = select(QuestionnaireText.fingerprint).where(QuestionnaireText.fingerprint == fingerprint)
    if db.session.execute(stored).first():
        return
    statement = insert_into(cast(Table, QuestionnaireText.__table__)).values(
        fingerprint=fingerprint, version=version, files=dict(files)
    )
    db.session.execute(statement.on_conflict_do_nothing())


def questionnaire_files(fingerprint: str) -> dict[str, str]:
    """Return the content files with this fingerprint. Raises NoResultFound."""
    query = select(QuestionnaireText.files).where(QuestionnaireText.fingerprint == fingerprint)
    return dict(db.session.execute(query).scalar_one())
