"""Commands for who runs the site: `flask --app app backup`, `restore` and `demo`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.stopping import with_tables

_FILE = click.Path(path_type=Path, dir_okay=False)

# What does the work is loaded by name: it would take memory of every process that serves.


@click.command("backup")
@click.argument("file", type=_FILE)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write all that is stored to FILE, while the site serves. The keys are not in it."""
    manifest = import_module("app.backup").back_up(file)
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
    manifest = import_module("app.backup").restore(file, replace=replace, without_keys=without_keys)
    click.echo(f"Restored and compared: {_told(manifest)}.")


@click.command("demo")
@click.option("--account", is_flag=True, help="With an account and an agency in place of a return code.")
@click.option("--remove", is_flag=True, help="Delete the demo with all that belongs to it.")
@with_tables
def demo_command(*, account: bool, remove: bool) -> None:
    """Store a made-up agency to look around in: three finished self-checks, its work on them, a draft."""
    demo = import_module("app.demo")
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
