"""What the server does once before it serves."""

from __future__ import annotations

import gc
import multiprocessing
import runpy

from flask import Flask

from app.questionnaires import current


class NotUpToDate(Exception):
    """The database does not have the form that this version needs."""


def prepare(app: Flask) -> None:
    """Check the content and bring the database up to date. Raises ContentError, NotUpToDate."""
    with app.app_context():
        _ = current().questionnaire
    child = multiprocessing.get_context("fork").Process(target=_upgrade)
    child.start()
    child.join()
    if child.exitcode:
        raise NotUpToDate("The database could not be brought up to date; the lines above say why.")
    # What was needed only to load is freed, and what stays is shared with the workers, not copied.
    gc.collect()
    gc.freeze()


def _upgrade() -> None:
    """Upgrade in a process of its own, so that those that serve do not carry Alembic."""
    runpy.run_module("app.migrating", run_name="__main__")
