"""The dates of a plan as a calendar file: one to import, and one that a calendar reads again and again."""

from __future__ import annotations

import hashlib

from flask import url_for

from app.database.assessments import Assessment, finished_of
from app.database.plan_work import work_of
from app.extensions import db
from app.finished_assessments import load_team_plan
from app.pdf_cache import make_file
from reports.documents.pdf.tasks import make_calendar
from reports.team.dates import open_dates, plan_dates


def calendar_file(assessment: Assessment) -> bytes:
    """Return all dates of a plan, to import. Raises what `make_file` raises."""
    (newest,) = finished_of(assessment.history, limit=1)
    team = load_team_plan(assessment)
    dates = plan_dates(team, retaken=newest.id != assessment.id)
    revision = work_of(assessment).revision
    db.session.rollback()  # no transaction stays open while the file is made
    address = url_for("plans.plan", public_id=assessment.public_id, _external=True)
    return make_file(make_calendar, team, dates, _uid_base(assessment), revision, address)


def feed_file(assessment: Assessment) -> bytes:
    """Return the open dates of the newest plan, with titles only: the company that hosts a calendar reads it.

    Raises what `make_file` raises.
    """
    team, revision = load_team_plan(assessment), work_of(assessment).revision
    db.session.rollback()
    return make_file(make_calendar, team, open_dates(team), _uid_base(assessment), revision)


def _uid_base(assessment: Assessment) -> str:
    """Return what the ids of events end in: a calendar may be shared, so it is not the id of the plan."""
    return hashlib.sha256(f"calendar\n{assessment.public_id}".encode()).hexdigest()[:32]
