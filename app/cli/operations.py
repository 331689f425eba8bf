"""Commands for administrators: backup, restore, demo, keys, purge, reminders, events, and a test of email."""

from __future__ import annotations

import base64
import datetime
import secrets
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.config import KEY_LENGTH
from app.content import site_name
from app.database.key_rotation import (
    delete_cached_files,
    encrypted_columns,
    missing_keys,
    reencrypt_column,
)
from app.database.security_events import events_since, record_event
from app.extensions import db
from app.mail.delivery import MailNotSent, deliver, uses_smtp
from app.mail.messages import Email, normalize_address
from app.mail.outbox import send_due
from app.operations import backup, demo
from app.operations.exits import CommandError, UsageError, describe_missing, requires_schema
from app.operations.purge import count_expired, notify_before_the_end, purge, why_not
from app.operations.reminders import remind

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.argument("file", type=_FILE)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write everything that is stored to FILE, while the site runs. The keys are not in it.

    Fails after that if stored values need a key that is missing here.
    """
    manifest, missing = backup.back_up(file)
    click.echo(f"{file} holds {_counts(manifest)}.")
    click.echo(
        "Nobody can read its answers without the keys: keep data-keys and secret-key (or the settings "
        "DATA_KEYS and SECRET_KEY) somewhere other than the backups."
    )
    if missing:
        raise CommandError([f"The backup is written, but {describe_missing(missing)}"])


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Delete everything that the database holds.")
@click.option(
    "--without-keys",
    is_flag=True,
    help="Restore before the keys are here.",
)
@with_appcontext
def restore_command(file: Path, *, replace: bool, without_keys: bool) -> None:
    """Restore the backup FILE into the database: all of it, or nothing. Stop the site first."""
    manifest = backup.restore(file, replace=replace, without_keys=without_keys)
    click.echo(f"Restored and verified: {_counts(manifest)}.")


@click.command("demo")
@click.option("--account", is_flag=True, help="With an account and an agency instead of a return code.")
@click.option("--remove", is_flag=True, help="Delete the demo and everything that belongs to it.")
@requires_schema
def demo_command(*, account: bool, remove: bool) -> None:
    """Store a made-up agency to look around in: three finished self-checks, its work on them, a draft."""
    if remove:
        click.echo("The demo is deleted." if demo.remove_demo() else "There is no demo.")
        return
    credentials = demo.create_demo(account=account)
    click.echo(f"“{demo.NAME}” is stored. Everything in it is made up.")
    if account:
        click.echo(f"Sign in at /account/login as {demo.EMAIL} with the password {credentials.password}")
    else:
        click.echo(f"Return at /assessments/return with the code {credentials.code}")


def _counts(manifest: backup.Manifest) -> str:
    counts = (f"{name} {table.rows:,}" for name, table in manifest.tables.items() if table.rows)
    return ", ".join(counts) or "no rows"


@click.command("new-key")
def new_key_command() -> None:
    """Print a new key. Put it before the others in DATA_KEYS or the file data-keys, with a comma between."""
    click.echo(base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode())


@click.command("rotate-keys")
@requires_schema
def rotate_keys_command() -> None:
    """Re-encrypt everything stored with the first key. Afterwards the other keys are not needed anymore."""
    missing = missing_keys(db.session.connection())
    if missing:
        raise CommandError([f"{describe_missing(missing)} Then run this again."])
    count = sum(reencrypt_column(column) for column in encrypted_columns())
    delete_cached_files()
    record_event("keys_rotated", clock.now())
    db.session.commit()
    click.echo(f"Encrypted with the first key: {count} more. Everything else already was.")


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only count what would be deleted.")
@click.option("--yes", is_flag=True, help="Delete even if the clock has jumped or unusually much would go.")
@requires_schema
def purge_command(*, dry_run: bool, yes: bool) -> None:
    """Delete what has expired, while the site runs: old drafts, links, logs and files."""
    now = clock.now()
    reason = "" if yes else why_not(now)
    if dry_run or reason:
        _report("Would be deleted:", count_expired(now))
    if reason:
        advice = f"Today is {clock.today()}. If that is right, and so is this: purge --yes"
        raise CommandError([f"Nothing is deleted: {reason}.", advice])
    if not dry_run:
        notify_before_the_end(now)
        _report("Deleted:", purge(now))


def _report(title: str, counts: dict[str, int]) -> None:
    click.echo(title)
    for name, count in counts.items():
        click.echo(f"  {name}: {count:,}")


@click.command("reminders")
@requires_schema
def reminders_command() -> None:
    """Email those who want reminders what is due in their plans, each date once, while the site runs."""
    count = remind(clock.now())
    send_due()
    click.echo(f"Reminders: {count:,}")


@click.command("events")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1), help="How far back to look.")
@click.option("--kind", default="", help="Only events of this kind, such as sign_in_failed.")
@requires_schema
def events_command(days: int, kind: str) -> None:
    """List security events, the newest first: when, what, which account and agency, from which network.

    Accounts and agencies are ids; equal networks have equal digests. No event holds what anyone wrote.
    """
    for event in events_since(clock.now() - datetime.timedelta(days=days), kind):
        account = f"account {event.user_id}" if event.user_id else "-"
        agency = f"agency {event.agency_id}" if event.agency_id else "-"
        at = f"{event.at:%Y-%m-%d %H:%M:%S} UTC"
        click.echo(f"{at}  {event.kind}  {account}  {agency}  {event.network or '-'}")


@click.command("mail-test")
@click.argument("address")
@with_appcontext
def mail_test_command(address: str) -> None:
    """Send a test email to ADDRESS at once, and say what the mail server answered."""
    to = normalize_address(address)
    if not to:
        raise UsageError([f"{address} is not an email address"])
    try:
        deliver(Email(to, "Test", f"This is a test email from the {site_name()}.\n"))
    except MailNotSent as error:
        raise CommandError([f"The email was not sent. {error}"]) from None
    settings = current_app.config
    if uses_smtp():
        click.echo(f"{settings['SMTP_HOST']} has accepted the email to {to}. See whether it arrives.")
    else:
        click.echo(f"No mail server is set (SMTP_HOST), so the email is a file in {settings['MAIL_FOLDER']}.")
