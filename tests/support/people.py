"""People with accounts, for every test that needs one."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from flask import Flask
from flask_security import hash_password

from app import clock
from app.accounts.datastore import datastore
from app.extensions import db
from tests.support.client import Client

EMAIL = "ana@harbor-house.org"
PASSWORD = "a long walk by the river"


def new_user(app: Flask, email: str = EMAIL, name: str = "Ana", password: str = PASSWORD) -> int:
    """Store an account with a confirmed email address; return its id."""
    with app.app_context():
        user = datastore().create_user(
            email=email,
            name=name,
            password=_hash(password),
            active=True,
            confirmed_at=clock.now(),
            created_at=clock.now(),
        )
        db.session.commit()
        return int(user.id)


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> None:
    """Sign in with a password, to an account that has no second step."""
    client.post("/account/login", {"email": email, "password": password})
    client.renew()


def age_sign_in(client: Client) -> None:
    """Make the sign-in of this browser 16 minutes old: it counts as recent for 15."""
    with client.raw.session_transaction() as session:
        session["fs_paa"] -= 16 * 60


def sent_emails(app: Flask) -> list[EmailMessage]:
    """Return the emails that were sent, the oldest first."""
    return emails_in(app.config["MAIL_FOLDER"])


def emails_in(folder: Path) -> list[EmailMessage]:
    """Return the emails in this folder, the oldest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def link_in(letter: EmailMessage, place: str = "/account/") -> str:
    """Return the first link in an email that leads to this place, without the host."""
    return re.findall(rf"http://[^/\s]+({place}\S*)", letter.get_content())[0]


@cache
def _hash(password: str) -> str:
    """Return the hash of a password; cached, because hashing is slow on purpose."""
    return str(hash_password(password))
