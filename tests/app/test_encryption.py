"""What people write is unreadable in the database, and keys can be changed."""

import base64
import json
import os
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.config import Settings
from app.database.answers import stored_answers
from app.database.assessments import find_assessment
from app.database.encrypted_types import EncryptedBytes
from app.encryption import DecryptionError, Encryptor, MissingKey, key_fingerprint, use_keys
from app.extensions import db, metadata
from app.operations.maintenance import NotReady, prepare
from tests.support.client import Assessment, Client
from tests.support.full_database import run

MARK = "Zanzibar lantern"
PLACE = b"answer 1"
COLUMNS = [
    column
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, EncryptedBytes)
]


def new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


OLD, NEW = new_key(), new_key()


@given(st.binary())
def test_encrypted_content_decrypts_and_never_looks_the_same_twice(content: bytes) -> None:
    one = Encryptor([OLD])
    first, second = one.encrypt(content, PLACE), one.encrypt(content, PLACE)
    assert first != second
    assert one.decrypt(first, PLACE) == one.decrypt(second, PLACE) == content


@given(st.integers(0, 200_000))
def test_the_length_of_what_is_stored_shows_only_one_of_a_few_sizes(length: int) -> None:
    one = Encryptor([OLD])
    overhead = len(one.encrypt(b"", PLACE)) - 512
    size = len(one.encrypt(b"x" * length, PLACE)) - overhead
    assert size in (512, 2048, 8192) or size % 65536 == 0


def test_older_keys_decrypt_and_the_newest_encrypts() -> None:
    before, both = Encryptor([OLD]), Encryptor([NEW, OLD])
    encrypted = before.encrypt(b"note", PLACE)
    assert both.decrypt(encrypted, PLACE) == b"note"
    changed = both.reencrypt(encrypted, PLACE)
    assert changed is not None
    assert both.reencrypt(changed, PLACE) is None
    assert Encryptor([NEW]).decrypt(changed, PLACE) == b"note"
    with pytest.raises(MissingKey, match=key_fingerprint(OLD)):
        Encryptor([NEW]).decrypt(encrypted, PLACE)


def test_tampered_or_moved_content_does_not_decrypt() -> None:
    one = Encryptor([OLD])
    encrypted = one.encrypt(b"a note that was changed", PLACE)
    for changed in (encrypted[:-1], b"", encrypted[:40] + b"A" * 8 + encrypted[48:], b"\2" + encrypted[1:]):
        with pytest.raises(DecryptionError):
            one.decrypt(changed, PLACE)
    with pytest.raises(DecryptionError):
        one.decrypt(encrypted, b"answer 2")


def test_a_keyed_digest_needs_the_key() -> None:
    one = Encryptor([OLD])
    assert one.digest("a guess") == Encryptor([OLD, NEW]).digest("a guess")
    assert len({one.digest("a guess"), one.digest("another"), Encryptor([NEW]).digest("a guess")}) == 3


def as_stored(app: Flask) -> str:
    """Return every row of the encrypted tables as text."""
    with app.app_context():
        rows = [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for table in sorted({column.table.name for column in COLUMNS})
            for row in db.session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
        ]
    return repr(rows)


@pytest.fixture
def written(app: Flask) -> Assessment:
    """A finished assessment with notes, work on its plan, and a PDF."""
    assessment = Assessment.begin(Client(app))
    assessment.save("start-01", {"start-01": "not_yet", "start-01-note": MARK})
    assessment.finish()
    assessment.client.post(f"/assessments/{assessment.public_id}/plan/actions/start-01", {"owner": MARK})
    assessment.client.file(f"/assessments/{assessment.public_id}/plan.pdf")
    return assessment


def test_every_text_that_people_write_is_encrypted(app: Flask, written: Assessment) -> None:
    stored = as_stored(app)
    assert "start-01" in stored
    assert not [word for word in (MARK, "not_yet", "%PDF-1.") if word in stored]
    assert MARK in written.client.get(f"/assessments/{written.public_id}/plan").text


def test_each_encrypted_column_binds_its_values_to_its_own_name() -> None:
    assert COLUMNS
    for column in COLUMNS:
        assert (column.type.table, column.type.column) == (column.table.name, column.name)


def test_an_answer_moved_to_another_row_is_not_accepted(app: Flask) -> None:
    assessment = Assessment.begin(Client(app))
    assessment.answer(why_01="not_yet", why_02="part_of_work")
    with app.app_context():
        move = "UPDATE answer SET content = (SELECT content FROM answer WHERE question_id = 'why-02')"
        db.session.execute(text(move))
        db.session.commit()
        with pytest.raises(DecryptionError):
            stored_answers(find_assessment(assessment.public_id))


@pytest.fixture
def rekeyed(app: Flask, written: Assessment) -> tuple[Flask, str, str]:
    """The application with a new key before the one that encrypted everything, after one more save."""
    old = app.config["DATA_KEYS"][0]
    use_keys(app, [NEW, old])
    Assessment.begin(written.client).answer(why_01="started")
    return app, key_fingerprint(old), old


def test_after_a_rotation_the_old_key_is_not_needed(
    rekeyed: tuple[Flask, str, str], written: Assessment
) -> None:
    app, _, _ = rekeyed
    assert "Encrypted with the first key: 3 more" in run(app, "rotate-keys").out
    assert "Encrypted with the first key: 0 more" in run(app, "rotate-keys").out
    use_keys(app, [NEW])
    prepare(app)
    assert MARK in written.client.get(f"/assessments/{written.public_id}/plan").text
    written.client.file(f"/assessments/{written.public_id}/plan.pdf")


def test_a_key_in_use_that_is_missing_stops_the_start_and_a_rotation_and_is_named(
    rekeyed: tuple[Flask, str, str],
) -> None:
    app, fingerprint, _ = rekeyed
    use_keys(app, [NEW])
    with pytest.raises(NotReady, match=rf"{fingerprint} \(3 values\)"):
        prepare(app)
    rotation = run(app, "rotate-keys")
    assert (rotation.code, fingerprint in rotation.err) == (1, True)


def test_a_backup_names_the_keys_that_it_needs_and_warns_of_a_missing_one(
    rekeyed: tuple[Flask, str, str], tmp_path: Path
) -> None:
    app, fingerprint, old = rekeyed
    use_keys(app, [NEW])
    file = tmp_path / "backup.zip"
    backup = run(app, "backup", file)
    assert (backup.code, fingerprint in backup.err) == (1, True)
    with zipfile.ZipFile(file) as archive:
        keys = json.loads(archive.read("manifest.json"))["keys"]
    assert keys == sorted([fingerprint, key_fingerprint(NEW)])
    refused = run(app, "restore", file, "--replace")
    assert (refused.code, fingerprint in refused.err) == (2, True)
    use_keys(app, [old, NEW])
    assert run(app, "restore", file, "--replace").code == 0


def test_a_new_key_can_go_into_the_settings(app: Flask) -> None:
    key = app.test_cli_runner().invoke(args=["new-key"]).stdout.strip()
    assert Settings(data_keys=f"{key}, {OLD}").flask_config()["DATA_KEYS"] == (key, OLD)


@pytest.mark.parametrize("keys", ["short", f"{OLD},x", "ä" * 44], ids=["short", "second", "letters"])
def test_a_malformed_key_is_rejected(keys: str) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        Settings(data_keys=keys)
