"""What people write is unreadable in the database, and keys can be changed."""

import base64
import os

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.config import Settings
from app.database.key_rotation import check_keys, encrypted_columns
from app.encryption import DecryptionError, Encryptor
from app.extensions import db
from tests.support.client import Client, Sitting

MARK = "Zanzibar lantern"
ENCRYPTED = {"answer", "plan_work", "look_back", "kept_file", "outgoing_email"}


def new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


OLD, NEW = new_key(), new_key()


@given(st.binary())
def test_encrypted_content_decrypts_and_never_looks_the_same_twice(content: bytes) -> None:
    one = Encryptor([OLD])
    first, second = one.encrypt(content), one.encrypt(content)
    assert first != second
    assert one.decrypt(first) == one.decrypt(second) == content


def test_older_keys_decrypt_and_the_newest_encrypts() -> None:
    before, both = Encryptor([OLD]), Encryptor([NEW, OLD])
    encrypted = before.encrypt(b"note")
    assert both.decrypt(encrypted) == b"note"
    changed = both.reencrypt(encrypted)
    assert changed is not None
    assert both.reencrypt(changed) is None
    assert Encryptor([NEW]).decrypt(changed) == b"note"
    with pytest.raises(DecryptionError):
        Encryptor([NEW]).decrypt(encrypted)


def test_tampered_content_does_not_decrypt() -> None:
    one = Encryptor([OLD])
    encrypted = one.encrypt(b"a note that was changed")
    for changed in (encrypted[:-1], b"", encrypted[:40] + b"A" * 8 + encrypted[48:]):
        with pytest.raises(DecryptionError):
            one.decrypt(changed)


def as_stored(app: Flask) -> str:
    """Return every row of the encrypted tables as text."""
    with app.app_context():
        rows = [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for table in sorted(ENCRYPTED)
            for row in db.session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
        ]
    return repr(rows)


@pytest.fixture
def written(stored_app: Flask) -> Sitting:
    """A finished assessment with notes, work on its plan, and a PDF."""
    sitting = Sitting.begin(Client(stored_app))
    sitting.save("start-01", {"start-01": "not_yet", "start-01-note": MARK})
    sitting.finish()
    sitting.client.post(f"/assessments/{sitting.public_id}/plan/actions/start-01", {"owner": MARK})
    sitting.client.file(f"/assessments/{sitting.public_id}/plan.pdf")
    return sitting


def test_every_text_that_people_write_is_encrypted(stored_app: Flask, written: Sitting) -> None:
    with stored_app.app_context():
        assert {column.table.name for column in encrypted_columns()} == ENCRYPTED
    stored = as_stored(stored_app)
    assert "start-01" in stored
    assert not [word for word in (MARK, "not_yet", "%PDF") if word in stored]
    assert MARK in written.client.get(f"/assessments/{written.public_id}/plan").text


def test_after_a_rotation_the_old_key_is_not_needed(stored_app: Flask, written: Sitting) -> None:
    old = stored_app.config["DATA_KEYS"][0]
    stored_app.extensions["encryptor"] = Encryptor([NEW, old])
    run = stored_app.test_cli_runner().invoke
    assert "Encrypted with the first key: 3 more" in run(args=["rotate-keys"]).stdout
    assert "Encrypted with the first key: 0 more" in run(args=["rotate-keys"]).stdout
    stored_app.extensions["encryptor"] = Encryptor([NEW])
    assert MARK in written.client.get(f"/assessments/{written.public_id}/plan").text


def test_a_missing_key_is_reported_and_nothing_is_lost(stored_app: Flask, written: Sitting) -> None:
    stored_app.extensions["encryptor"], before = Encryptor([NEW]), encryptor_of(stored_app)
    result = stored_app.test_cli_runner().invoke(args=["rotate-keys"])
    assert (result.exit_code, "a key that is not in the settings" in result.stderr) == (1, True)
    stored_app.extensions["encryptor"] = before
    assert MARK in written.client.get(f"/assessments/{written.public_id}/plan").text


def test_with_other_keys_the_server_does_not_start(stored_app: Flask, written: Sitting) -> None:
    stored_app.extensions["encryptor"] = Encryptor([NEW])
    with stored_app.app_context(), pytest.raises(DecryptionError):
        check_keys()


def test_a_new_key_can_go_into_the_settings(app: Flask) -> None:
    key = app.test_cli_runner().invoke(args=["new-key"]).stdout.strip()
    assert Settings(data_keys=f"{key}, {OLD}").flask_config()["DATA_KEYS"] == (key, OLD)


@pytest.mark.parametrize("keys", ["short", f"{OLD},x", "ä" * 44], ids=["short", "second", "letters"])
def test_a_malformed_key_is_rejected(keys: str) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        Settings(data_keys=keys)


def encryptor_of(app: Flask) -> Encryptor:
    found: Encryptor = app.extensions["encryptor"]
    return found
