"""Cached PDFs, each under a key that is a keyed digest of everything it depends on."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator

from sqlalchemy import delete, select

from app.database.assessments import Assessment
from app.database.dialects import insert_into
from app.database.encrypted_types import InRow
from app.database.tables import CachedFile, table_of
from app.encryption import MissingKey
from app.extensions import db


def find_file(key: str) -> bytes | None:
    """Return the cached file with this key, or None."""
    found = db.session.execute(select(CachedFile.content).where(CachedFile.key == key)).scalar_one_or_none()
    return None if found is None else bytes(found.decrypt(key))


def has_file(key: str) -> bool:
    """Return whether there is a file with this key, without reading it."""
    return db.session.execute(select(CachedFile.key).where(CachedFile.key == key)).first() is not None


def files_of(assessment: Assessment) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each cached file of an assessment, one at a time.

    A file of a key that was removed is left out: it can be created again.
    """
    keys = select(CachedFile.key).where(CachedFile.assessment_id == assessment.id).order_by(CachedFile.name)
    for key in db.session.execute(keys).scalars().all():
        query = select(CachedFile.name, CachedFile.content).where(CachedFile.key == key)
        for row in db.session.execute(query):
            with contextlib.suppress(MissingKey):
                yield row.name, row.content.decrypt(key)


def store_file(
    key: str, name: str, assessment_id: int | None, content: bytes, now: datetime.datetime
) -> None:
    """Cache a file; it replaces an older one of this name (for the assessment, or for the site)."""
    before = delete(CachedFile).where(
        CachedFile.name == name, CachedFile.assessment_id.is_not_distinct_from(assessment_id)
    )
    db.session.execute(before.where(CachedFile.key != key))
    statement = insert_into(table_of(CachedFile)).values(
        key=key, name=name, assessment_id=assessment_id, content=InRow(content, key), made_at=now
    )
    db.session.execute(statement.on_conflict_do_nothing())
