"""How a command ends when it cannot go on: one fault a line on standard error, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import click

from app.questionnaires import current
from questions.faults import ContentError
from questions.model import Questionnaire


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


def todays_questionnaire() -> Questionnaire:
    """Return today's questionnaire. Ends the command with the faults of the content."""
    try:
        return current().questionnaire
    except ContentError as error:
        raise Stop([str(fault) for fault in error.faults]) from error
