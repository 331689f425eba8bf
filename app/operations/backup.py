"""Backup and restore: all that is stored, in one file that goes from any of our databases to any other.

A zip with a file of lines for each table, and a manifest that says how many rows and which SHA-256 each
has. Keys are never in it. Loaded only by the commands that need it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from flask import current_app
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app import clock
from app.database.schema_revision import revision_of, revisions
from app.extensions import db
from app.operations.backup_rows import (
    Contents,
    clear,
    counted,
    fill,
    is_empty,
    lines_of,
    snapshot,
    stored_tables,
)
from app.operations.exits import NO_TABLES, BadInput, Stop
from app.operations.migrate import downgrade, upgrade
from app.private_files import sync_folder

_FORMAT = 1
_MANIFEST = "manifest.json"


class Manifest(BaseModel):
    """What a backup holds: its time, the form of its tables, marks of the keys, what each table has."""

    model_config = ConfigDict(extra="forbid")

    format: int
    made_at: str
    revision: str
    keys: tuple[str, ...]
    tables: dict[str, Contents]


def back_up(path: Path) -> Manifest:
    """Write all that is stored to a file for its owner only, and return what it holds. Others go on saving.

    The file is read again before it takes the place of one of this name. Raises Stop, BadInput.
    """
    try:
        with _in_place_of(path) as file:
            manifest = _written(file)
            file.flush()
            os.fsync(file.fileno())
            if _checked(Path(file.name)) != manifest:
                raise Stop(["The backup could not be read again as it was written. It was not kept."])
    except OSError as error:
        raise BadInput([f"{path}: {error.strerror}"]) from error
    return manifest


def restore(path: Path, *, replace: bool, without_keys: bool) -> Manifest:
    """Put what a backup holds into the database, all or nothing, and compare. Raises Stop, BadInput."""
    manifest = _checked(path)
    missing = set(manifest.keys) - set(_marks())
    if missing and not without_keys:
        raise BadInput([_NO_KEY.format(path=path, keys=", ".join(sorted(missing)))])
    if manifest.revision not in revisions():
        raise BadInput([f"{path}: it was made by a newer version of the site. Install that version first."])
    with _tables_as_of(manifest.revision), zipfile.ZipFile(path) as archive:
        try:
            with db.engine.begin() as connection:
                _replace_all(connection, archive, manifest, replace=replace)
        except DBAPIError as error:
            # Its own message would quote what is stored.
            raise Stop(
                [f"The database did not take it ({type(error.orig).__name__}). It is as it was."]
            ) from None
    return manifest


_NO_KEY = (
    "{path}: its answers are sealed with a key that is not among this site’s DATA_KEYS (marks: {keys}). "
    "Put back the file data-keys, or the setting, that was in use then; without it nobody can read them. "
    "To restore all the same: --without-keys"
)
_NOT_EMPTY = "The database is not empty. To put the backup in place of all that it holds: --replace"
_NOT_EMPTY_OLDER = (
    "The backup is from an earlier version of the site. It can only go into an empty database, "
    "where it is brought up to date: name a new one in DATABASE_URL, or a new DATA_DIR."
)


@contextmanager
def _in_place_of(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file for the owner only; it takes this name once all is well, and vanishes else."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
    sync_folder(path.parent)


def _written(file: IO[bytes]) -> Manifest:
    with snapshot(db.engine) as connection, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        revision = revision_of(connection)
        if revision not in revisions():
            raise Stop([NO_TABLES])
        contents = {}
        for table in stored_tables(connection):
            with archive.open(_name(table.name), "w", force_zip64=True) as member:
                contents[table.name] = counted(lines_of(connection, table), member.write)
        manifest = Manifest(
            format=_FORMAT,
            made_at=clock.now().isoformat(timespec="seconds"),
            revision=str(revision),
            keys=_marks(),
            tables=contents,
        )
        archive.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def _checked(path: Path) -> Manifest:
    """Return what a backup says it holds, if it does hold it. Raises BadInput."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
            found = {name: _held(archive, name) for name in manifest.tables}
    except OSError as error:
        raise BadInput([f"{path}: {error.strerror}"]) from error
    except (zipfile.BadZipFile, KeyError, ValidationError, EOFError) as error:
        raise BadInput([f"{path}: this is no backup of ours, or it is damaged."]) from error
    if manifest.format != _FORMAT or found != manifest.tables:
        raise BadInput([f"{path}: it is damaged; what it holds is not what was written."])
    return manifest


def _held(archive: zipfile.ZipFile, table: str) -> Contents:
    with archive.open(_name(table)) as member:
        return counted(member)


@contextmanager
def _tables_as_of(revision: str) -> Iterator[None]:
    """Give the tables the form that they had at that revision; afterwards, that of this version again."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy of Werkzeug
    with db.engine.connect() as connection:
        now = revision_of(connection)
        if now is not None and revision != revisions()[-1] and not is_empty(connection):
            raise Stop([_NOT_EMPTY_OLDER])
    if now is not None and now > revision:
        downgrade(app, revision)
    else:
        upgrade(app, revision)
    try:
        yield
    finally:
        upgrade(app)


def _replace_all(
    connection: Connection, archive: zipfile.ZipFile, manifest: Manifest, *, replace: bool
) -> None:
    """Put the backup in place of what is stored, then compare the two."""
    if not replace and not is_empty(connection):
        raise Stop([_NOT_EMPTY])
    clear(connection)
    tables = stored_tables(connection)
    if {table.name for table in tables} != set(manifest.tables):
        raise Stop(["The backup has other tables than the database. Nothing was changed."])
    for table in tables:
        with archive.open(_name(table.name)) as member:
            fill(connection, table, member)
    stored = {table.name: counted(lines_of(connection, table)) for table in tables}
    if stored != manifest.tables:
        wrong = ", ".join(name for name in stored if stored[name] != manifest.tables[name])
        raise Stop([f"What was stored is not what the backup holds, in: {wrong}. The database is as it was."])


def _name(table: str) -> str:
    return f"{table}.jsonl"


def _marks() -> tuple[str, ...]:
    """Return a mark of each key, by which to know it but not to find it."""
    return tuple(hashlib.sha256(key.encode()).hexdigest()[:12] for key in current_app.config["DATA_KEYS"])
