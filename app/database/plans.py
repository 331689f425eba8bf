"""The content an assessment was finished with, and PDFs made before."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, select

from app.database.assessments import Assessment
from app.database.models import PlanFile, QuestionnaireText
from app.database.upserts import insert_into
from app.extensions import db


def keep_questionnaire(fingerprint: str, version: str, files: Mapping[str, str]) -> None:
    """Store the content files under their fingerprint, unless they are stored already."""
    statement = insert_into(cast(Table, QuestionnaireText.__table__)).values(
        fingerprint=fingerprint, version=version, files=dict(files)
    )
    db.session.execute(statement.on_conflict_do_nothing())


def questionnaire_files(fingerprint: str) -> dict[str, str]:
    """Return the content files with this fingerprint. Raises NoResultFound."""
    query = select(QuestionnaireText.files).where(QuestionnaireText.fingerprint == fingerprint)
    return dict(db.session.execute(query).scalar_one())


def find_file(assessment: Assessment, key: str) -> bytes | None:
    """Return the PDF made before, if it was made from what this key says; else None."""
    query = select(PlanFile.content).where(PlanFile.assessment_id == assessment.id, PlanFile.key == key)
    return db.session.execute(query).scalar_one_or_none()


def keep_file(assessment: Assessment, key: str, content: bytes, now: datetime.datetime) -> None:
    """Store the PDF in place of one made before."""
    statement = insert_into(cast(Table, PlanFile.__table__)).values(
        assessment_id=assessment.id, key=key, content=content, made_at=now
    )
    new = {name: statement.excluded[name] for name in ("key", "content", "made_at")}
    db.session.execute(statement.on_conflict_do_update(index_elements=["assessment_id"], set_=new))
