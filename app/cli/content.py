"""Commands for content editors: `flask --app app content check`, `publish` and `links`."""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock
from app.cli.links import links_command
from app.content import current
from app.database.link_reports import clear_reports, link_reports
from app.extensions import db
from app.operations.exits import CommandError, current_questionnaire
from questions.model import Questionnaire
from questions.source_files.errors import with_lines
from questions.versions.releases import PUBLISHED_FOLDER, publish, published_versions
from reports.checks.releases import release_problems
from reports.checks.report import ContentProof, content_proof
from reports.checks.version_bump import version_bump_problems

content = AppGroup("content", help="Check and publish the questionnaire's content.")
content.add_command(links_command)

published_option = click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    default=PUBLISHED_FOLDER,
    help="The folder of the published versions, if not the product's own.",
)


@content.command("check")
@click.option("--verbose", is_flag=True, help="List what was proved, each with answers that reach it.")
@published_option
def content_check(published: Path, *, verbose: bool) -> None:
    """Check all content: types, ids, that answers reach everything, that published versions are unchanged."""
    start = time.perf_counter()
    questionnaire = current_questionnaire()
    proof = _prove(questionnaire, published)
    if verbose:
        for line in map(str, proof.proofs):
            click.echo(line)
        click.echo(f"Proved in {time.perf_counter() - start:.2f} seconds.")
    click.echo(
        f"{questionnaire.id} {questionnaire.version} is sound: {len(questionnaire.questions)} questions, "
        f"{len(questionnaire.resources)} resources, {len(questionnaire.supplements)} supplements. "
        f"Answers lead to each of {len(proof.proofs)} things: questions, options, resources, rules, texts."
    )
    if proof.balance:
        click.echo(str(proof.balance))


@content.command("publish")
@published_option
def content_publish(published: Path) -> None:
    """Publish a full copy of the content as its version. From then on, that version does not change."""
    questionnaire = current_questionnaire()
    _prove(questionnaire, published)
    name = f"{questionnaire.id} {questionnaire.version}"
    if questionnaire.version in published_versions(published):
        click.echo(f"{name} is already published, with the same content.")
        return
    try:
        publish(current().files, questionnaire.version, clock.today(), published)
    except OSError as error:
        raise CommandError([f"{error.filename}: {error.strerror}"]) from error
    click.echo(f"{name} is published: {published / questionnaire.version}")


@content.command("reports")
@click.option("--clear", is_flag=True, help="Forget them, once the links are fixed.")
def content_reports(*, clear: bool) -> None:
    """List what people said does not open, and how often. Nothing is known of who or when."""
    reports = link_reports()
    for id_, count in reports.items():
        click.echo(f"{count:>5}  {id_}")
    if not reports:
        click.echo("Nobody has said that something does not open.")
    if clear:
        clear_reports()
        db.session.commit()
        click.echo("Forgotten.")


def _prove(questionnaire: Questionnaire, published: Path) -> ContentProof:
    """Return the proof of the content. Raises CommandError with all errors of it and of its versions."""
    files = current().files
    proof = content_proof(questionnaire)
    changed = list(release_problems(questionnaire.version, files, published))
    versions = changed or list(version_bump_problems(questionnaire, files, published))
    errors = sorted({*with_lines(files, proof.problems), *versions})
    if errors:
        raise CommandError(map(str, errors))
    return proof
