"""Commands for the keys that seal the database."""

from __future__ import annotations

import base64
import secrets

import click

from app import clock
from app.accounts.second_step import seal_anew
from app.config import KEY_LENGTH
from app.database.events import record_event
from app.database.rotation import renew_sealed, sealed_columns
from app.extensions import db
from app.sealing import CannotOpen
from app.stopping import with_tables


@click.command("new-key")
def new_key_command() -> None:
    """Print a new key, to put before the others in DATA_KEYS or in the file data-keys, parted by a comma."""
    click.echo(base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode())


@click.command("rotate-keys")
@with_tables
def rotate_keys_command() -> None:
    """Seal all that is stored by the first key. Afterwards the other keys are not needed any more."""
    try:
        count = sum(renew_sealed(column) for column in sealed_columns()) + seal_anew()
    except CannotOpen:
        raise click.ClickException(
            "Some of what is stored was sealed by a key that is not in the settings. Put that key back, "
            "after the first one, and run this again. What was sealed by the first key stays readable."
        ) from None
    record_event("keys_rotated", clock.now())
    db.session.commit()
    click.echo(f"Sealed by the first key now: {count} more. All else was already.")
