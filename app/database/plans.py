"""The content an assessment was finished with, and PDFs made before."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.database.models import PlanFile, QuestionnaireText
from app.database.upserts import insert_into
from app.extensions import db


def keep_questionnaire(fingerprint: str, version: str, files: Mapping[str, str]) -> None:
    """Store the content files under their fingerprint, unless they are stored already."""
    _insert_once(QuestionnaireText, fingerprint=fingerprint, version=version, files=dict(files))


def questionnaire_files(fingerprint: str) -> dict[str, str]:
    """Return the content files with this fingerprint. Raises NoResultFound."""
    query = select(QuestionnaireText.files).where(QuestionnaireText.fingerprint == fingerprint)
    return dict(db.session.execute(query).scalar_one())


def find_file(key: str) -> bytes | None:
    """Return the PDF made before under this key, or None."""
    return db.session.execute(select(PlanFile.content).where(PlanFile.key == key)).scalar_one_or_none()


def keep_file(key: str, content: bytes, now: datetime.datetime) -> None:
    """Store a PDF under its key; one stored meanwhile by another process is the same."""
    _insert_once(PlanFile, key=key, content=content, made_at=now)


def _insert_once(table: type[Any], **values: Any) -> None:
    db.session.execute(insert_into(table.__table__).values(**values).on_conflict_do_nothing())
