"""The team's work on plans."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from app.database.answers import Change
from app.database.assessments import Assessment
from app.database.dialects import insert_into
from app.database.tables import PlanWorkRow, table_of
from app.extensions import db
from reports.team.model import NO_WORK, PlanWork, work_data, work_from


def work_of(assessment: Assessment) -> PlanWork:
    """Return the team's work on a plan."""
    query = select(PlanWorkRow.data).where(PlanWorkRow.assessment_id == assessment.id)
    data = db.session.execute(query).scalar_one_or_none()
    return NO_WORK if data is None else work_from(data)


def last_change(assessment: Assessment) -> Change:
    """Return who last saved the work, and when."""
    query = select(PlanWorkRow.changed_by_id, PlanWorkRow.changed_at)
    row = db.session.execute(query.where(PlanWorkRow.assessment_id == assessment.id)).first()
    return Change(by_id=row.changed_by_id, at=row.changed_at) if row else Change()


def save_work(assessment: Assessment, work: PlanWork, now: datetime.datetime, by_id: int | None) -> None:
    """Replace the team's work on a plan. `by_id` is the user who saves it."""
    statement = insert_into(table_of(PlanWorkRow)).values(
        assessment_id=assessment.id, data=work_data(work), changed_at=now, changed_by_id=by_id
    )
    new = {name: statement.excluded[name] for name in ("data", "changed_at", "changed_by_id")}
    db.session.execute(statement.on_conflict_do_update(index_elements=["assessment_id"], set_=new))
