"""How a command fails: one error per line on standard error, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import IO

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.content import current
from app.database.tables import schema_is_current
from app.extensions import db
from questions.model import Questionnaire
from questions.source_files.errors import ContentError


class CommandError(click.ClickException):
    """Ends a command with exit code 1."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.errors))

    def show(self, file: IO[str] | None = None) -> None:
        """Print the errors."""
        click.echo(self.format_message(), err=True)


class UsageError(CommandError):
    """Ends a command with exit code 2 because of its arguments or input files."""

    exit_code = 2


def requires_schema(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command in the application's context; it fails unless the schema is of this version."""

    @with_appcontext
    @wraps(command)
    def checked(*args: object, **kwargs: object) -> None:
        try:
            ready = schema_is_current(db.session.connection())
        except DBAPIError as error:
            raise CommandError([f"The database does not answer: {error.orig}"]) from None
        if not ready:
            raise CommandError([NO_SCHEMA])
        command(*args, **kwargs)

    return checked


def describe_missing(keys: Mapping[str, int]) -> str:
    """Return which keys are missing, by their fingerprints, how many values need them, and what to do."""
    lines = (f"{key} ({count:,} values)" for key, count in sorted(keys.items()))
    return (
        "What is stored needs keys that are not in the settings, with these fingerprints: "
        f"{', '.join(lines)}. Put them back, in DATA_KEYS or the file data-keys, after the first one."
    )


NO_SCHEMA = "The database does not have the schema of this version. Start the site once, then try again."


def current_questionnaire() -> Questionnaire:
    """Return the current questionnaire. Raises CommandError with all errors of the content."""
    try:
        return current().questionnaire
    except ContentError as error:
        raise CommandError([str(problem) for problem in error.problems]) from error
