"""The team's work on plans: a row for each thing said of an action, with who said it and when.

`OWN` holds an action of the team's own, `MOVE` why an action was moved, `CAME_FROM` the day of the plan that
it came along from, and `ORDER`, which is said of the plan and not of an action, the actions in the team's
order. Every other row holds a field of an action.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.database.answers import Change
from app.database.assessments import Assessment
from app.database.dialects import upsert
from app.database.encrypted_types import InRow
from app.database.tables import ActionWorkRow, table_of
from app.extensions import db
from reports.team.model import OwnAction, PlanWork

OWN, MOVE, CAME_FROM, ORDER = "own", "move", "came_from", "order"
_NO_FIELDS = frozenset({OWN, MOVE, CAME_FROM, ORDER})
_THE_PLAN = ""  # instead of an action
_table = table_of(ActionWorkRow)

_Said = dict[tuple[str, str], Any]  # by action and field


def work_of(assessment: Assessment) -> PlanWork:
    """Return the team's work on a plan."""
    rows = list(db.session.execute(select(_table).where(_table.c.assessment_id == assessment.id)))
    said = {(row.action_id, row.field): _value(row) for row in rows}
    present = {place: value for place, value in said.items() if value is not None}
    return _work(present, max((row.revision for row in rows), default=0))


def work_changes(assessment: Assessment) -> dict[tuple[str, str], Change]:
    """Return who last changed each thing that was said, and when, by action and field."""
    columns = _table.c.action_id, _table.c.field, _table.c.changed_by_id, _table.c.changed_at
    query = select(*columns).where(_table.c.assessment_id == assessment.id)
    rows = db.session.execute(query.order_by(_table.c.action_id, _table.c.field))
    return {(row.action_id, row.field): Change(by_id=row.changed_by_id, at=row.changed_at) for row in rows}


def save_work(assessment: Assessment, before: PlanWork, after: PlanWork, change: Change) -> None:
    """Store what differs between the work before and after a change."""
    was, said = _said(before), _said(after)
    rows = [
        {
            "assessment_id": assessment.id,
            "action_id": place[0],
            "field": place[1],
            "value": InRow(said.get(place), assessment.id, *place),
            "revision": after.revision,
            "changed_at": change.at,
            "changed_by_id": change.by_id,
        }
        for place in sorted({*was, *said})
        if was.get(place) != said.get(place)
    ]
    if rows:
        db.session.execute(upsert(_table), rows)


def _value(row: Any) -> Any:
    return row.value.decrypt(row.assessment_id, row.action_id, row.field)


def _said(work: PlanWork) -> _Said:
    """Return the work as values of rows."""
    said: _Said = {
        (action, field): text for action, fields in work.fields.items() for field, text in fields.items()
    }
    said |= {(own.id, OWN): {"section": own.section, "title": own.title} for own in work.own}
    said |= {(action, MOVE): reason for action, reason in work.moves.items()}
    said |= {(action, CAME_FROM): day for action, day in work.came_from.items()}
    return said | ({(_THE_PLAN, ORDER): list(work.order)} if work.order else {})


def _work(said: _Said, revision: int) -> PlanWork:
    """Return the work that rows hold."""
    fields: dict[str, dict[str, str]] = {}
    for (action, field), value in said.items():
        if field not in _NO_FIELDS:
            fields.setdefault(action, {})[field] = value
    return PlanWork(
        fields=fields,
        own=tuple(OwnAction(id=action, **value) for action, value in _of_field(said, OWN).items()),
        order=tuple(said.get((_THE_PLAN, ORDER), ())),
        moves=_of_field(said, MOVE),
        came_from=_of_field(said, CAME_FROM),
        revision=revision,
    )


def _of_field(said: _Said, field: str) -> Mapping[str, Any]:
    """Return the values of one field by action, own actions in the order in which they were added."""
    found = {action: value for (action, name), value in said.items() if name == field}
    return dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0])))
