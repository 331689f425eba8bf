"""The self-check and the plan that the header leads to: the newest that this person may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, g

from app.database.assessments import Assessment, assessments_of_agency
from app.http.remembered_histories import remembered_assessments
from app.permissions import memberships


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """The newest draft and the newest finished assessment; None if there is none."""

    draft: Assessment | None
    plan: Assessment | None


def register(app: Flask) -> None:
    """Let the header link to what is open."""
    app.add_template_global(open_work, "open_work")


def open_work() -> OpenWork:
    """Return what is open to this person, queried once per request, and only if something may be."""
    if "open_work" not in g:
        mine = sorted(_assessments(), key=lambda assessment: -assessment.id)
        draft = next((one for one in mine if not one.finished), None)
        plan = next((one for one in mine if one.finished), None)
        g.open_work = OpenWork(draft=draft, plan=plan)
    found: OpenWork = g.open_work
    return found


def _assessments() -> Iterator[Assessment]:
    yield from remembered_assessments()
    for membership in memberships():
        yield from assessments_of_agency(membership.agency.id)
