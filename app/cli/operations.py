"""Commands for who runs the site: `flask --app app backup`, `restore` and `demo`.

Commands for the keys that seal the database.

Commands for what is kept: `flask --app app purge` and `flask --app app events`.
"""

from __future__ import annotations

import base64
import datetime
import secrets
from importlib import import_module
from pathlib import Path

import click
from flask.cli import with_appcontext

from app import clock
from app.accounts.two_factor import reencrypt_totp_secrets
from app.config import KEY_LENGTH
from app.database.key_rotation import renew_sealed, sealed_columns
from app.database.security_events import events_since, record_event
from app.encryption import CannotOpen
from app.extensions import db
from app.operations.exits import with_tables
from app.retention import count_expired, purge

_FILE = click.Path(path_type=Path, dir_okay=False)

# What does the work is loaded by name: it would take memory of every process that serves.


@click.command("backup")
@click.argument("file", type=_FILE)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write all that is stored to FILE, while the site serves. The keys are not in it."""
    manifest = import_module("app.operations.backup").back_up(file)
    click.echo(f"{file} holds {_told(manifest)}.")
    click.echo(
        "Nobody can read its answers without the keys: keep data-keys and secret-key (or the settings "
        "DATA_KEYS and SECRET_KEY) in another place than the backups."
    )


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Delete all that the database holds.")
@click.option("--without-keys", is_flag=True, help="Even if its answers cannot be read here.")
@with_appcontext
def restore_command(file: Path, *, replace: bool, without_keys: bool) -> None:
    """Put the backup FILE into the database: all of it, or nothing. Stop the site first."""
    manifest = import_module("app.operations.backup").restore(
        file, replace=replace, without_keys=without_keys
    )
    click.echo(f"Restored and compared: {_told(manifest)}.")


@click.command("demo")
@click.option("--account", is_flag=True, help="With an account and an agency in place of a return code.")
@click.option("--remove", is_flag=True, help="Delete the demo with all that belongs to it.")
@with_tables
def demo_command(*, account: bool, remove: bool) -> None:
    """Store a made-up agency to look around in: three finished self-checks, its work on them, a draft."""
    demo = import_module("app.operations.demo")
    if remove:
        click.echo("The demo is deleted." if demo.remove_demo() else "There is no demo.")
        return
    way_in = demo.make_demo(account=account)
    click.echo(f"“{demo.NAME}” is stored. Everything in it is made up.")
    if account:
        click.echo(f"Sign in at /account/login as {demo.EMAIL} with the password {way_in.password}")
    else:
        click.echo(f"Return at /assessments/return with the code {way_in.code}")


def _told(manifest: object) -> str:
    tables = manifest.tables  # type: ignore[attr-defined]  # its class is loaded by name
    return ", ".join(f"{name} {held.rows:,}" for name, held in tables.items() if held.rows) or "no rows"


@click.command("new-key")
def new_key_command() -> None:
    """Print a new key, to put before the others in DATA_KEYS or in the file data-keys, parted by a comma."""
    click.echo(base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode())


@click.command("rotate-keys")
@with_tables
def rotate_keys_command() -> None:
    """Seal all that is stored by the first key. Afterwards the other keys are not needed any more."""
    try:
        count = sum(renew_sealed(column) for column in sealed_columns()) + reencrypt_totp_secrets()
    except CannotOpen:
        raise click.ClickException(
            "Some of what is stored was sealed by a key that is not in the settings. Put that key back, "
            "after the first one, and run this again. What was sealed by the first key stays readable."
        ) from None
    record_event("keys_rotated", clock.now())
    db.session.commit()
    click.echo(f"Sealed by the first key now: {count} more. All else was already.")


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only count what would be deleted.")
@with_tables
def purge_command(*, dry_run: bool) -> None:
    """Delete what is past its end, while the site serves: old drafts, links, logs and files."""
    counts = count_expired(clock.now()) if dry_run else purge(clock.now())
    click.echo("Would be deleted:" if dry_run else "Deleted:")
    for name, count in counts.items():
        click.echo(f"  {name}: {count:,}")


@click.command("events")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1), help="How far back to look.")
@click.option("--kind", default="", help="Only events of this kind, such as sign_in_failed.")
@with_tables
def events_command(days: int, kind: str) -> None:
    """List security events, the newest first: when, what, which account and agency, from which network.

    Accounts and agencies are numbers; equal networks have equal signs. No event holds what anyone wrote.
    """
    for event in events_since(clock.now() - datetime.timedelta(days=days), kind):
        who = f"account {event.user_id}" if event.user_id else "-"
        where = f"agency {event.agency_id}" if event.agency_id else "-"
        click.echo(f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.kind}  {who}  {where}  {event.network or '-'}")
