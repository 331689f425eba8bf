"""The command `flask --app app content links`: does every address of the content still work?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module

import click
from flask.cli import with_appcontext

from app import clock
from app.content import current
from app.operations.exits import Stop, todays_questionnaire
from questions.links.inventory import LINK_CHECKS, address_uses, checks_after, link_checks_text
from questions.links.verdict import Outcome
from questions.model import LinkCheck, LinkStatus, Questionnaire
from questions.source_files.yaml_source import YamlSource

Places = Mapping[str, list[str]]

# Problems first: what each status means to an editor, and what to do.
_STATUSES: Mapping[LinkStatus, tuple[str, str]] = {
    "gone": ("Gone", "look for the new address; if there is none, take it out and say so in “caveat”"),
    "soft_404": ("Gone, though the site does not say so", "open it, and do as if it were gone"),
    "certificate": (
        "A certificate that browsers warn of",
        "tell the publisher; until then, use another address",
    ),
    "server_error": ("The site has a fault", "test again in a few days"),
    "timeout": ("No answer in time", "test again in a few days"),
    "unreachable": ("No answer at all", "test again in a few days; the site may be gone"),
    "moved": ("Moved for good", "open the new address, and put it in if it is the same thing"),
    "refused": ("The site refuses a robot", "open it in a browser"),
    "redirected": ("Works, by way of another address", "nothing"),
    "works": ("Works", "nothing"),
}
_NO_NETWORK = (
    "No site answered, so nothing was written. Is this machine on the network, "
    "and does it have the package ca-certificates?"
)
_TO_MEND: tuple[LinkStatus, ...] = ("gone", "soft_404", "certificate")


@click.command("links")
@click.option("--write", is_flag=True, help=f"Keep the results in {LINK_CHECKS}, so that plans show them.")
@with_appcontext
def links_command(write: bool) -> None:
    """Ask every address of the content whether it still works. It takes a minute or two."""
    questionnaire = todays_questionnaire()
    places = _places(questionnaire)
    click.echo(f"Asking {len(places)} addresses, each site once a second at most …")
    # Loaded here, because the library behind it would take memory of every process that serves.
    outcomes: dict[str, Outcome] = import_module("app.cli.link_checker").ask(places)
    if all(outcome.code is None for outcome in outcomes.values()):
        raise Stop([_NO_NETWORK])
    checks = checks_after(questionnaire, outcomes, clock.today())
    for line in _table(checks, places):
        click.echo(line)
    if write:
        _write(checks)
    _stop_if_broken(checks)


def _places(questionnaire: Questionnaire) -> Places:
    """Return each address with the places (file:line and id) where it stands."""
    sources = {name: YamlSource(text) for name, text in current().files.items()}
    places: dict[str, list[str]] = defaultdict(list)
    for use in address_uses(questionnaire):
        line = sources[use.location.file].line(use.location.keys)
        places[use.url].append(f"{use.location.file}:{line}: {use.id}")
    return places


def _table(checks: tuple[LinkCheck, ...], places: Places) -> Iterator[str]:
    """Yield the lines of the report, by status."""
    for status, (name, advice) in _STATUSES.items():
        found = [check for check in checks if check.status == status]
        if found:
            yield f"\n{name}: {len(found)}. What to do: {advice}."
        for check in found:
            yield from (f"  {place}: {_told(check)}" for place in places[check.url])


def _told(check: LinkCheck) -> str:
    """Return the address, where it led, the code of the answer, and the day it last worked."""
    told = [check.url]
    if check.final:
        told.append(f"-> {check.final}")
    if check.code:
        told.append(f"({check.code})")
    if check.last_worked not in ("", check.checked):
        told.append(f"(last worked on {check.last_worked})")
    return " ".join(told)


def _write(checks: tuple[LinkCheck, ...]) -> None:
    """Keep the checks as content. Ends the command when the file cannot be written."""
    path = current().folder / LINK_CHECKS
    try:
        path.write_bytes(link_checks_text(checks).encode())
    except OSError as error:
        raise Stop([f"{path}: {error.strerror}"]) from error
    click.echo(f"\nWritten to {path}. If this version of the content is published, raise its last number.")


def _stop_if_broken(checks: tuple[LinkCheck, ...]) -> None:
    """End the command with code 1 when an address has to be mended."""
    count = sum(check.status in _TO_MEND for check in checks)
    if count:
        raise Stop([f"Addresses to mend: {count}"])
