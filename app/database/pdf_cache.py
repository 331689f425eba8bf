"""PDFs made before, each under a key that says all that it was made from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import cast

from sqlalchemy import Table, delete, select

from app.database.assessments import Assessment
from app.database.dialects import insert_into
from app.database.tables import KeptFile
from app.extensions import db


def find_file(key: str) -> bytes | None:
    """Return the file made before from what this key says; else None."""
    return db.session.execute(select(KeptFile.content).where(KeptFile.key == key)).scalar_one_or_none()


def files_of(assessment: Assessment) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file kept with an assessment, one at a time."""
    keys = select(KeptFile.key).where(KeptFile.assessment_id == assessment.id).order_by(KeptFile.name)
    for key in db.session.execute(keys).scalars().all():
        query = select(KeptFile.name, KeptFile.content).where(KeptFile.key == key)
        yield from ((row.name, row.content) for row in db.session.execute(query))


def keep_file(key: str, name: str, assessment_id: int | None, content: bytes, now: datetime.datetime) -> None:
    """Store a file in place of the one of this name made before (for the assessment, or for the site)."""
    before = delete(KeptFile).where(
        KeptFile.name == name, KeptFile.assessment_id.is_not_distinct_from(assessment_id)
    )
    db.session.execute(before.where(KeptFile.key != key))
    statement = insert_into(cast(Table, KeptFile.__table__)).values(
        key=key, name=name, assessment_id=assessment_id, content=content, made_at=now
    )
    db.session.execute(statement.on_conflict_do_nothing())
