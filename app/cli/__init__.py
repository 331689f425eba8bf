"""The commands of `flask --app app`: plan, worksheet, and those for content and operations."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.cli.administration import account_group, agency_group
from app.cli.content import content, published_option
from app.cli.operations import (
    backup_command,
    demo_command,
    events_command,
    mail_test_command,
    new_key_command,
    purge_command,
    reminders_command,
    restore_command,
    rotate_keys_command,
)
from app.content import current
from app.forms.privacy_warning import ADVICE, describe
from app.operations.exits import CommandError, UsageError, current_questionnaire
from questions.answers_file.decoding import text_of_file
from questions.answers_file.parser import AnswersFile, AnswersFileError
from questions.model import Questionnaire
from questions.path import path_of
from questions.privacy.answers import private_texts
from questions.source_files.errors import ContentError
from questions.versions.releases import answers_of_any_version
from reports.comparison.compare import compare
from reports.comparison.model import FinishedAssessment
from reports.documents.html.document import document
from reports.documents.html.worksheet import worksheet
from reports.documents.json import plan_json
from reports.documents.pdf.errors import PdfFailed, PdfUnavailable
from reports.documents.pdf.worker import PdfWorker
from reports.plan.builder import Header, action_plan
from reports.team.model import NO_WORK, team_plan


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(plan_command)
    app.cli.add_command(worksheet_command)
    app.cli.add_command(content)
    app.cli.add_command(backup_command)
    app.cli.add_command(restore_command)
    app.cli.add_command(demo_command)
    app.cli.add_command(new_key_command)
    app.cli.add_command(rotate_keys_command)
    app.cli.add_command(purge_command)
    app.cli.add_command(reminders_command)
    app.cli.add_command(events_command)
    app.cli.add_command(mail_test_command)
    app.cli.add_command(account_group)
    app.cli.add_command(agency_group)


@click.command("plan")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan as a PDF.")
@click.option("--json", "json_", type=click.Path(path_type=Path, dir_okay=False), help="Write it as JSON.")
@click.option("--since", type=click.Path(path_type=Path), help="Include changes since this ANSWERS file.")
@published_option
@with_appcontext
def plan_command(
    answers: Path, pdf: Path | None, json_: Path | None, since: Path | None, published: Path
) -> None:
    """Create the action plan of an ANSWERS file (YAML or JSON), without a server."""
    _check_targets(pdf, json_)
    later, earlier = _assessments(answers, since, published)
    plan = action_plan(later.path, later.header)
    comparison = compare(earlier, later) if earlier else None
    team = team_plan(plan, NO_WORK)
    written: dict[Path, bytes] = {}
    if json_:
        data = plan_json(plan, team, comparison)
        written[json_] = (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
    if pdf:
        written[pdf] = _pdf(document(team, comparison))
    for path, content_ in written.items():
        _write(path, content_)


@click.command("worksheet")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@with_appcontext
def worksheet_command(pdf: Path) -> None:
    """Write all questions as a PDF, to discuss on paper before answering."""
    _check_target(pdf)
    _write(pdf, _pdf(worksheet(current_questionnaire())))


def _assessments(
    answers: Path, since: Path | None, published: Path
) -> tuple[FinishedAssessment, FinishedAssessment | None]:
    """Return the assessment of the answers file, and that of the earlier one if there is one."""
    files = _read_all([since, answers] if since else [answers], published)
    later = _assessment(*files[answers], files[answers][1].date or clock.today())
    if since is None:
        return later, None
    date = files[since][1].date
    if date is None:
        raise UsageError([f"{since}: date: a date is needed to compare, such as 2026-03-01"])
    if date > later.header.date:
        raise UsageError([f"{since}: date: {date} is after {later.header.date}, the date of {answers}"])
    if date == later.header.date:
        later = replace(later, header=replace(later.header, number_of_day=2))
    return later, _assessment(*files[since], date)


def _assessment(questionnaire: Questionnaire, file: AnswersFile, date: datetime.date) -> FinishedAssessment:
    header = Header(agency=file.agency, date=date)
    return FinishedAssessment(path=path_of(questionnaire, file.answers), header=header)


def _read_all(paths: list[Path], published: Path) -> dict[Path, tuple[Questionnaire, AnswersFile]]:
    """Return the contents of the files. Raises UsageError with the errors of all of them."""
    found = {}
    errors: list[str] = []
    for path in paths:
        try:
            found[path] = _read(path, published)
        except UsageError as error:
            errors += error.errors
    if errors:
        raise UsageError(errors)
    return found


def _read(path: Path, published: Path) -> tuple[Questionnaire, AnswersFile]:
    try:
        text = text_of_file(path.read_bytes())
        questionnaire, file = answers_of_any_version(current().questionnaire, text, published)
    except OSError as error:
        raise UsageError([f"{path}: {error.strerror}"]) from error
    except AnswersFileError as error:
        raise UsageError([f"{path}: {problem}" for problem in error.problems]) from error
    except ContentError as error:
        raise CommandError(str(problem) for problem in error.problems) from error
    _warn_of_client_data(path, file)
    return questionnaire, file


def _warn_of_client_data(path: Path, file: AnswersFile) -> None:
    """Print what looks like client data; the command continues."""
    for text in private_texts(file.agency, file.answers, clock.today()):
        click.echo(f"{path}: {text.key}: {describe(text.pieces)} {ADVICE}", err=True)


def _pdf(html: str) -> bytes:
    worker = PdfWorker()
    try:
        return worker.render(html)
    except (PdfFailed, PdfUnavailable) as error:
        raise CommandError([str(error)]) from error
    finally:
        worker.stop()


def _check_targets(pdf: Path | None, json_: Path | None) -> None:
    """Raise an error for files that cannot be written, before anything is."""
    if pdf is None and json_ is None:
        raise click.UsageError("Say what to write: --pdf FILE, --json FILE, or both.")
    if pdf and json_ and pdf.absolute() == json_.absolute():
        raise UsageError([f"{pdf}: the PDF and the JSON cannot be the same file"])
    for path in filter(None, (pdf, json_)):
        _check_target(path)


def _check_target(path: Path) -> None:
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError([f"{path}: this file cannot be written"])


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError([f"{path}: {error.strerror}"]) from error
