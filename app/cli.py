"""Commands: `flask --app app plan` and `flask --app app content check`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from app import clock
from app.questionnaires import current
from questions.answers_file import AnswersFile, AnswersFileError, read_answers_file
from questions.faults import ContentError
from questions.load import place_of_id
from questions.path import path_of
from questions.proof import unreachable
from reports.document import document
from reports.export import plan_json
from reports.model import ActionPlan
from reports.pdf_errors import PdfFailed, PdfUnavailable
from reports.pdf_worker import PdfWorker
from reports.plan import Occasion, action_plan
from reports.proof import unused_resources

content = AppGroup("content", help="Look after the questionnaire's content.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(plan_command)
    app.cli.add_command(content)


@click.command("plan")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan as PDF.")
@click.option("--json", "json_", type=click.Path(path_type=Path, dir_okay=False), help="Write it as JSON.")
@with_appcontext
def plan_command(answers: Path, pdf: Path | None, json_: Path | None) -> None:
    """Make the action plan of an ANSWERS file (YAML or JSON), without a server."""
    if pdf is None and json_ is None:
        raise click.UsageError("Say what to write: --pdf FILE, --json FILE, or both.")
    if pdf and json_ and pdf.absolute() == json_.absolute():
        raise _BadInput([f"{pdf}: the PDF and the JSON cannot be one file"])
    for target in filter(None, (pdf, json_)):
        _check_target(target)
    plan = _plan_of(_read(answers))
    written: dict[Path, bytes] = {}
    if json_:
        written[json_] = (json.dumps(plan_json(plan), ensure_ascii=False, indent=2) + "\n").encode()
    if pdf:
        written[pdf] = _pdf(plan)
    for path, data in written.items():
        _write(path, data)


@content.command("check")
def content_check() -> None:
    """Check all content: shapes, ids, and that answers can reach every question, option and resource."""
    try:
        questionnaire = current().questionnaire
    except ContentError as error:
        raise _Stop([str(fault) for fault in error.faults]) from error
    dead = [*unreachable(questionnaire), *unused_resources(questionnaire)]
    if dead:
        files = current().files
        raise _Stop([f"{place_of_id(files, id_)}: {id_}: {message}" for id_, message in dead])
    click.echo(
        f"{questionnaire.id} {questionnaire.version} is sound: {len(questionnaire.questions)} questions, "
        f"{len(questionnaire.resources)} resources, {len(questionnaire.supplements)} supplements. "
        "Each question, option and resource is reached by some answers."
    )


class _Stop(click.ClickException):
    """Ends a command: one fault a line on standard error, nothing else."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))

    def show(self, file: IO[str] | None = None) -> None:
        """Print the faults."""
        click.echo(self.format_message(), err=True)


class _BadInput(_Stop):
    """Ends a command because of what it was given."""

    exit_code = 2


def _read(path: Path) -> AnswersFile:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "this is not text in UTF-8"
        raise _BadInput([f"{path}: {reason}"]) from error
    try:
        return read_answers_file(current().questionnaire, text)
    except AnswersFileError as error:
        raise _BadInput([f"{path}: {fault}" for fault in error.faults]) from error
    except ContentError as error:
        raise _Stop(str(fault) for fault in error.faults) from error


def _plan_of(file: AnswersFile) -> ActionPlan:
    occasion = Occasion(agency=file.agency, date=file.date or clock.today())
    return action_plan(path_of(current().questionnaire, file.answers), occasion)


def _pdf(plan: ActionPlan) -> bytes:
    worker = PdfWorker()
    try:
        return worker.render(document(plan))
    except (PdfFailed, PdfUnavailable) as error:
        raise _Stop([str(error)]) from error
    finally:
        worker.stop()


def _check_target(path: Path) -> None:
    """Refuse a file that could not be written, before anything is."""
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _BadInput([f"{path}: this file cannot be written here"])


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _BadInput([f"{path}: {error.strerror}"]) from error
