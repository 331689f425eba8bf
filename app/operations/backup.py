"""Backup and restore: everything stored, in one file that any of our databases can write and read.

A zip with a JSON Lines file per table and a manifest of each table's row count and SHA-256. The keys are
never in it.
"""

from __future__ import annotations

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
from app.database.key_rotation import keys_in_use
from app.database.tables import revisions, schema_revision
from app.encryption import encryptor
from app.extensions import db
from app.operations.backup_rows import (
    Contents,
    clear,
    digest_lines,
    fill,
    is_empty,
    lines_of,
    snapshot,
    stored_tables,
)
from app.operations.exits import NO_SCHEMA, CommandError, UsageError
from app.operations.migrate import downgrade, upgrade
from app.private_files import sync_folder

_FORMAT = 1
_MANIFEST = "manifest.json"


class Manifest(BaseModel):
    """The contents of a backup: its time, schema revision, and the digest of each table.

    `keys` are the fingerprints of the keys that its values need; of an earlier schema, those of the settings.
    """

    model_config = ConfigDict(extra="forbid")

    format: int
    made_at: str
    revision: str
    keys: tuple[str, ...]
    tables: dict[str, Contents]


def back_up(path: Path) -> tuple[Manifest, dict[str, int]]:
    """Write everything stored to a file that only its owner can read. The site may run.

    Return its manifest, and how many values need each key that is missing here.

    The file is read back before it replaces one of the same name. Raises CommandError, UsageError.
    """
    try:
        with _replacing(path) as file:
            manifest, missing = _write(file)
            file.flush()
            os.fsync(file.fileno())
            if _verify(Path(file.name)) != manifest:
                raise CommandError(["The backup could not be read back as written, so it was discarded."])
    except OSError as error:
        raise UsageError([f"{path}: {error.strerror}"]) from error
    return manifest, missing


def restore(path: Path, *, replace: bool, without_keys: bool) -> Manifest:
    """Restore a backup into the database, all or nothing, and verify it. Raises CommandError, UsageError."""
    manifest = _verify(path)
    missing = set(manifest.keys) - encryptor().fingerprints
    if missing and not without_keys:
        raise UsageError([_NO_KEY.format(path=path, keys=", ".join(sorted(missing)))])
    if manifest.revision not in revisions():
        raise UsageError([f"{path}: it was made by a newer version of the site. Install that version first."])
    with _schema_at(manifest.revision), zipfile.ZipFile(path) as archive:
        try:
            with db.engine.begin() as connection:
                _replace_all(connection, archive, manifest, replace=replace)
        except DBAPIError as error:
            # Its own message would quote what is stored.
            raise CommandError(
                [f"The database rejected the backup ({type(error.orig).__name__}). Nothing was changed."]
            ) from None
    return manifest


_NO_KEY = (
    "{path}: its answers are encrypted with a key that is not among this site’s DATA_KEYS "
    "(fingerprints: {keys}). "
    "Put back the file data-keys, or the setting, that was in use then; without it nobody can read them. "
    "To restore anyway: --without-keys"
)
_NOT_EMPTY = "The database is not empty. To replace everything in it with the backup: --replace"
_NOT_EMPTY_OLDER = (
    "The backup is from an earlier version of the site. It can only be restored into an empty database, "
    "where it is upgraded: set DATABASE_URL to a new one, or DATA_DIR to a new folder."
)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a new file for its owner only; it takes this name on success, and is deleted on failure."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
    sync_folder(path.parent)


def _write(file: IO[bytes]) -> tuple[Manifest, dict[str, int]]:
    with snapshot(db.engine) as connection, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        revision = schema_revision(connection)
        if revision not in revisions():
            raise CommandError([NO_SCHEMA])
        keys = _keys_in_use(connection, str(revision))
        contents = {}
        for table in stored_tables(connection):
            with archive.open(_name(table.name), "w", force_zip64=True) as member:
                contents[table.name] = digest_lines(lines_of(connection, table), member.write)
        manifest = Manifest(
            format=_FORMAT,
            made_at=clock.now().isoformat(timespec="seconds"),
            revision=str(revision),
            keys=tuple(sorted(keys)),
            tables=contents,
        )
        archive.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
    here = encryptor().fingerprints
    return manifest, {key: count for key, count in keys.items() if key not in here}


def _verify(path: Path) -> Manifest:
    """Return the manifest of a backup that holds what it says. Raises UsageError."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
            contents = {name: _contents_of(archive, name) for name in manifest.tables}
    except OSError as error:
        raise UsageError([f"{path}: {error.strerror}"]) from error
    except (zipfile.BadZipFile, KeyError, ValidationError, EOFError) as error:
        raise UsageError([f"{path}: this is not one of our backups, or it is damaged."]) from error
    if manifest.format != _FORMAT or contents != manifest.tables:
        raise UsageError([f"{path}: it is damaged: its contents do not match its manifest."])
    return manifest


def _contents_of(archive: zipfile.ZipFile, table: str) -> Contents:
    with archive.open(_name(table)) as member:
        return digest_lines(member)


@contextmanager
def _schema_at(revision: str) -> Iterator[None]:
    """Bring the schema to that revision, and afterwards back to the current one."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy of Werkzeug
    with db.engine.connect() as connection:
        now = schema_revision(connection)
        if now is not None and revision != revisions()[-1] and not is_empty(connection):
            raise CommandError([_NOT_EMPTY_OLDER])
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
    """Replace everything stored with the backup, then compare the two."""
    if not replace and not is_empty(connection):
        raise CommandError([_NOT_EMPTY])
    clear(connection)
    tables = stored_tables(connection)
    if {table.name for table in tables} != set(manifest.tables):
        raise CommandError(["The backup and the database have different tables. Nothing was changed."])
    for table in tables:
        with archive.open(_name(table.name)) as member:
            fill(connection, table, member)
    stored = {table.name: digest_lines(lines_of(connection, table)) for table in tables}
    if stored != manifest.tables:
        wrong = ", ".join(name for name in stored if stored[name] != manifest.tables[name])
        raise CommandError([f"What was stored differs from the backup, in: {wrong}. Nothing was changed."])


def _name(table: str) -> str:
    return f"{table}.jsonl"


def _keys_in_use(connection: Connection, revision: str) -> dict[str, int]:
    """Return how many values each key encrypted; of an earlier schema, the keys of the settings."""
    if revision == revisions()[-1]:
        return keys_in_use(connection)
    return dict.fromkeys(encryptor().fingerprints, 0)
