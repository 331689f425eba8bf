"""Backup and restore: everything, on both kinds of database and between them, or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.operations.backup_rows import digest_lines, lines_of, snapshot, stored_tables
from app.operations.migrate import downgrade
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.full_database import fill, run, table_contents


@pytest.fixture
def full(app: Flask) -> Flask:
    """An application with something in every table that a backup keeps."""
    fill(app)
    return app


@pytest.fixture
def new_place(make_app: MakeApp, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Flask]:
    """Make an application with the same keys on a new database of a kind."""

    def make(kind: str, *, migrated: bool = False) -> Flask:
        if kind == "postgresql":
            url = request.getfixturevalue("new_postgres")(migrated=migrated)
        else:
            url = f"sqlite:///{tmp_path / 'another.sqlite'}"
        return make_app(database_url=url, migrated=migrated)

    return make


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restored_backup_equals_its_original_on_any_database(
    full: Flask, new_place: Callable[..., Flask], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "backup.zip"
    made = run(full, "backup", file)
    assert (made.code, made.err) == (0, "")
    assert "Nobody can read its answers without the keys" in made.out
    place = new_place(kind)
    restored = run(place, "restore", file)
    assert (restored.code, restored.err) == (0, "")
    assert table_contents(place) == table_contents(full)
    # New rows get new numbers, and encrypted values can be read.
    assessment = Assessment.begin(Client(place))
    assessment.answer(why_01="started")
    assert assessment.stored()["answers"] == {"why-01": "started"}


def test_a_backup_is_private_and_holds_neither_keys_nor_typed_text(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("an older one")
    assert run(full, "backup", file).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    with zipfile.ZipFile(file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        names = {name.removesuffix(".jsonl") for name in archive.namelist()}
        for table, listed in json.loads(archive.read("manifest.json"))["tables"].items():
            content = archive.read(f"{table}.jsonl")
            assert listed == {"rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
    assert names & {"kept_file", "rate_limit", "alembic_version"} == set()
    for secret in (*full.config["DATA_KEYS"], full.config["SECRET_KEY"], "a second line"):
        assert secret.encode() not in everything


def test_a_backup_shows_one_moment_while_others_save(full: Flask, tmp_path: Path) -> None:
    """Rows that are added once it has begun are not in it, and nobody waits for it."""
    with full.app_context(), snapshot(db.engine) as connection:
        tables = {table.name: table for table in stored_tables(connection)}
        before = digest_lines(lines_of(connection, tables["history"]))

        def begin() -> None:
            Assessment.begin(Client(full))

        visitor = threading.Thread(target=begin)
        visitor.start()
        visitor.join(5)
        assert not visitor.is_alive()
        assert digest_lines(lines_of(connection, tables["history"])) == before
        assert digest_lines(lines_of(connection, tables["assessment"])).rows == 5
    assert table_contents(full)["history"].rows == before.rows + 1


def test_a_database_in_use_is_replaced_only_with_the_option(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    run(full, "backup", file)
    before = table_contents(full)
    Assessment.begin(Client(full))
    since = table_contents(full)
    refused = run(full, "restore", file)
    assert refused.code == 1
    assert "The database is not empty" in refused.err
    assert table_contents(full) == since
    assert run(full, "restore", file, "--replace").code == 0
    assert table_contents(full) == before


def test_a_backup_of_earlier_tables_is_brought_up_to_date(
    make_app: MakeApp, new_place: Callable[..., Flask], tmp_path: Path
) -> None:
    app = make_app()
    assessment = Assessment.begin(Client(app))
    assessment.save("why-01", {"why-01": "mostly", "why-01-note": "ours"})
    file = tmp_path / "backup.zip"
    downgrade(app, "0003")
    assert run(app, "backup", file).code == 0
    with zipfile.ZipFile(file) as archive:
        assert b'"note":"ours"' in archive.read("answer.jsonl")
    for migrated in (False, True):
        place = new_place("sqlite", migrated=migrated)
        with place.app_context():
            db.session.execute(text("DROP TABLE IF EXISTS unrelated"))
            db.session.rollback()
        if migrated:
            refused = run(place, "restore", file, "--replace")
            assert "from an earlier version of the site" in refused.err
            continue
        assert run(place, "restore", file).code == 0
        client = Client(place)
        with client.raw.session_transaction() as session, assessment.client.raw.session_transaction() as was:
            session.update(was)
        assert Assessment(client, assessment.address).stored()["notes"] == {"why-01": "ours"}


def changed(file: Path, name: str, content: bytes | None) -> Path:
    """Return a copy of a backup in which one member is another, or missing."""
    copy = file.with_suffix(".changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(member, content)
    return copy


def test_a_damaged_backup_is_rejected_before_anything_changes(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    run(full, "backup", file)
    before = table_contents(full)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-100])
    flipped = tmp_path / "flipped.zip"
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    flipped.write_bytes(data)
    newer = json.dumps(manifest | {"revision": "9999"}).encode()
    fewer = json.dumps(manifest | {"tables": dict(list(manifest["tables"].items())[1:])}).encode()
    strange = json.dumps(manifest | {"keys": ["0123456789ab"]}).encode()
    cases = [
        (tmp_path / "missing.zip", None, "No such file"),
        (cut, None, "this is not one of our backups, or it is damaged"),
        (flipped, None, "damaged"),
        (file, ("answer.jsonl", b"{}\n"), "it is damaged"),
        (file, ("answer.jsonl", None), "not one of our backups, or it is damaged"),
        (file, ("manifest.json", b"{}"), "not one of our backups, or it is damaged"),
        (file, ("manifest.json", newer), "made by a newer version"),
        (file, ("manifest.json", strange), "encrypted with a key that is not among"),
        (file, ("manifest.json", fewer), "different tables"),
    ]
    for path, change, words in cases:
        refused = run(full, "restore", changed(path, *change) if change else path, "--replace")
        assert refused.code in (1, 2), words
        assert words in refused.err
        assert table_contents(full) == before


def test_a_backup_can_be_restored_before_its_keys_are_here(
    full: Flask, new_place: Callable[..., Flask], tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    run(full, "backup", file)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    elsewhere = changed(file, "manifest.json", json.dumps(manifest | {"keys": ["0123456789ab"]}).encode())
    place = new_place("sqlite")
    assert run(place, "restore", elsewhere).code == 2
    assert run(place, "restore", elsewhere, "--without-keys").code == 0
    assert table_contents(place) == table_contents(full)


def test_a_place_that_cannot_be_written_leaves_nothing(full: Flask, tmp_path: Path) -> None:
    refused = run(full, "backup", tmp_path / "no folder" / "backup.zip")
    assert (refused.code, "No such file or directory" in refused.err) == (2, True)
    assert run(full, "backup", "/dev/full/x").code == 2
    assert os.listdir(tmp_path) == ["data"] or "no folder" not in os.listdir(tmp_path)  # noqa: PTH208


@pytest.mark.parametrize("command", ["backup x.zip", "demo", "rotate-keys", "purge", "events"])
def test_a_command_reports_missing_tables(make_app: MakeApp, command: str) -> None:
    result = run(make_app(migrated=False), *command.split())
    assert result.code == 1
    assert (
        result.err
        == "The database does not have the schema of this version. Start the site once, then try again.\n"
    )


def test_a_command_reports_a_database_that_does_not_answer(make_app: MakeApp) -> None:
    result = run(make_app(database_url="postgresql://nobody@127.0.0.1:1/none", migrated=False), "events")
    assert result.code == 1
    assert result.err.startswith("The database does not answer: ")
