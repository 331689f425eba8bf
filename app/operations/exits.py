"""How a command ends when it cannot go on: one fault a line on standard error, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import IO

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.content import current
from app.database.schema_revision import has_tables_of_this_version
from app.extensions import db
from questions.model import Questionnaire
from questions.source_files.errors import ContentError


class Stop(click.ClickException):
    """Ends a command."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))

    def show(self, file: IO[str] | None = None) -> None:
        """Print the faults."""
        click.echo(self.format_message(), err=True)


class BadInput(Stop):
    """Ends a command because of what it was given."""

    exit_code = 2


def with_tables(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command in the site's context; it ends where the database has not this version's tables."""

    @with_appcontext
    @wraps(command)
    def checked(*args: object, **kwargs: object) -> None:
        try:
            ready = has_tables_of_this_version(db.session.connection())
        except DBAPIError as error:
            raise Stop([f"The database does not answer: {error.orig}"]) from None
        if not ready:
            raise Stop([NO_TABLES])
        command(*args, **kwargs)

    return checked


NO_TABLES = "The database has no tables of this version. Start the site once, then try again."


def todays_questionnaire() -> Questionnaire:
    """Return today's questionnaire. Ends the command with the faults of the content."""
    try:
        return current().questionnaire
    except ContentError as error:
        raise Stop([str(fault) for fault in error.problems]) from error
