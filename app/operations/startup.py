"""What the server does once before it serves."""

from __future__ import annotations

import gc
import multiprocessing
import runpy
from collections.abc import Callable

from flask import Flask

from app.content import current
from app.retention import purge_in_turn


class NotUpToDate(Exception):
    """The database does not have the form that this version needs."""


def prepare(app: Flask) -> None:
    """Check the content, bring the database up to date, delete what is past its end.

    Raises ContentError, NotUpToDate.
    """
    with app.app_context():
        _ = current().questionnaire
    if _in_a_child(_upgrade):
        raise NotUpToDate("The database cannot be used; the lines above say why.")
    _in_a_child(_purge, app)
    # What was needed only to load is freed, and what stays is shared with the workers, not copied.
    gc.collect()
    gc.freeze()


def _in_a_child(work: Callable[..., None], *about: object) -> int | None:
    """Do something in a process of its own, for no connection may cross a fork; return its exit code."""
    child = multiprocessing.get_context("fork").Process(target=work, args=about)
    child.start()
    child.join()
    return child.exitcode


def _purge(app: Flask) -> None:
    with app.app_context():
        purge_in_turn()


def _upgrade() -> None:
    """Upgrade in a process of its own, so that those that serve do not carry Alembic."""
    runpy.run_module("app.operations.migrate", run_name="__main__")
