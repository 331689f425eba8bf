"""Commands for what is kept: `flask --app app purge` and `flask --app app events`."""

from __future__ import annotations

import datetime

import click

from app import clock
from app.database.events import events_since
from app.retention import count_expired, purge
from app.stopping import with_tables


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
