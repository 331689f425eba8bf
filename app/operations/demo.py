"""A made-up agency to look around in: three self-checks over 18 months, its work on them, a draft.

Its answers are derived from the ids of the questions, so they fit whatever the content asks.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask_security import hash_password

from app import clock
from app.accounts.datastore import datastore
from app.content import store_current_questionnaire
from app.database.agencies import add_agency, find_agency, members_of
from app.database.answers import Change, StoredAnswer, save_answers
from app.database.assessments import (
    Assessment,
    History,
    NewAssessment,
    add_assessment,
    add_history,
    by_id,
    find_history,
    set_return_code,
)
from app.database.deletion import delete_account, delete_agency, delete_history, wipe
from app.database.look_backs import save_look_backs
from app.database.plan_work import save_work, work_of
from app.extensions import db
from app.finished_assessments import freeze, load_team_plan
from app.operations.exits import CommandError
from app.permissions import FULL_ROLE
from app.tokens import code_hash, new_code, new_id
from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import path_of
from reports.team.edits import add_own, edit, move
from reports.team.fields import DONE, LEAD, UNDER_WAY
from reports.team.model import PlanWork

NAME = "Demo agency (made up)"
EMAIL = "demo@example.org"
_ID = "demo"  # of its history and agency; knowing it opens neither
_DAYS_AGO = (545, 280, 14)
_STAGES = ("not_yet", "started", "mostly", "part_of_work")
_PROFILE: Mapping[str, object] = {
    "pf-scope": "whole",
    "pf-who": "small_group",
    "pf-who-roles": ["supervisor", "direct"],
    "pf-services": ["intake", "case_management", "residential"],
    "pf-trafficking": ["sex", "labor"],
    "pf-populations": ["minors", "young_adults", "women"],
    "pf-languages": "sometimes",
    "pf-size": "s6_20",
    "pf-roles": ["leaders", "case_managers", "residential"],
    "pf-partners": ["child_welfare", "law_enforcement"],
    "pf-capacity": "n2_3",
    "tr-how": ["short_video"],
    "tr-time": "up_to_1h",
}
_TRAINED = ("none", "some", "most")
_ANSWERS_IN_DRAFT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How to open the demo: a return code, or the password of its account."""

    code: str = ""
    password: str = ""


def create_demo(*, account: bool) -> Credentials:
    """Store the demo and return its credentials. Raises CommandError if there is one already."""
    if find_history(_ID):
        raise CommandError(
            ["There is a demo already. To replace it, first run: flask --app app demo --remove"]
        )
    now = clock.now()
    credentials = Credentials(password=new_id()) if account else Credentials(code=new_code())
    user_id = _add_account(credentials.password, now) if account else None
    agency_id = add_agency(_ID, NAME, user_id, FULL_ROLE, now).id if user_id else None
    history = add_history(_ID, agency_id)
    if credentials.code:
        set_return_code(history, code_hash(credentials.code))
    _fill(history, user_id, now)
    db.session.commit()
    return credentials


def remove_demo() -> bool:
    """Delete the demo and everything that belongs to it; return whether there was one."""
    history, agency = find_history(_ID), find_agency(_ID)
    if history:
        delete_history(history)
    if agency:
        for member in members_of(agency):
            if member.email == EMAIL:
                delete_account(member.user_id, EMAIL)
        delete_agency(agency.id)
    db.session.commit()
    wipe()
    return bool(history or agency)


def _add_account(password: str, now: datetime.datetime) -> int:
    if datastore().find_user(email=EMAIL):
        raise CommandError([f"The address {EMAIL} has an account that is not the demo’s."])
    user = datastore().create_user(
        email=EMAIL, name="Demo manager", password=hash_password(password), active=True, confirmed_at=now
    )
    return int(user.id)


def _fill(history: History, user_id: int | None, now: datetime.datetime) -> None:
    """Add the assessments, each started from the one before."""
    questionnaire = store_current_questionnaire()
    finished: list[Assessment] = []
    for number, days in enumerate(_DAYS_AGO):
        then = now - datetime.timedelta(days=days)
        assessment = _start(history, questionnaire, finished, then)
        save_answers(assessment, _answers(questionnaire, number), then, user_id)
        freeze(assessment, NAME, then, user_id)
        finished.append(_stored(assessment))
        if number < len(_DAYS_AGO) - 1:
            work = work_of(finished[-1])
            save_work(finished[-1], work, _worked_on(finished[-1], work), Change(by_id=user_id, at=then))
    change = Change(by_id=user_id, at=now)
    save_look_backs(finished[-2], finished[-1], {_regressed(questionnaire): "started"}, change)
    draft = _start(history, questionnaire, finished, now)
    some = tuple(_answers(questionnaire, len(_DAYS_AGO)).items())[:_ANSWERS_IN_DRAFT]
    save_answers(draft, dict(some), now, user_id)


def _start(
    history: History, questionnaire: Questionnaire, before: list[Assessment], then: datetime.datetime
) -> Assessment:
    new = NewAssessment(
        public_id=new_id(),
        history_id=history.id,
        fingerprint=questionnaire.fingerprint,
        previous_id=before[-1].id if before else None,
        agency=NAME,
    )
    return add_assessment(new, then)


def _stored(assessment: Assessment) -> Assessment:
    return cast(Assessment, by_id(assessment.id))


def _answers(questionnaire: Questionnaire, number: int) -> dict[str, StoredAnswer]:
    """Return the on-path answers of an assessment: each one is a little further along."""
    given = {**_PROFILE, "tr-roles": dict.fromkeys(("leaders", "case_managers"), _TRAINED[min(number, 2)])}
    given |= {practice: _stage(practice, number, questionnaire) for practice in _practices(questionnaire)}
    checked = {
        id_: question.check(questionnaire, given[id_])
        for id_, question in questionnaire.questions.items()
        if id_ in given
    }
    values = {id_: answer for id_, answer in checked.items() if answer}
    used = path_of(questionnaire, Answers(by_question=values, notes={}, reasons={})).active.by_question
    first = next(iter(_practices(questionnaire)))
    notes = {first: "Made up, to show what a note looks like."}
    return {
        id_: StoredAnswer(
            value=value,
            note=notes.get(id_, ""),
            points_to=id_ in questionnaire.practice and zlib.crc32(id_.encode()) % 4 == number,
        )
        for id_, value in used.items()
    }


def _stage(practice: str, number: int, questionnaire: Questionnaire) -> str:
    """Return the stage of a practice at an assessment; one practice gets worse at the last."""
    if practice == _regressed(questionnaire):
        return "started" if number >= len(_DAYS_AGO) - 1 else "mostly"
    digest = zlib.crc32(practice.encode())
    if number == 0 and digest % 9 == 0:
        return "not_sure"
    steps = digest % 3 + sum(digest >> shift & 1 for shift in range(8, 8 + number))
    return _STAGES[min(steps, len(_STAGES) - 1)]


def _practices(questionnaire: Questionnaire) -> list[str]:
    return list(questionnaire.practice)


def _regressed(questionnaire: Questionnaire) -> str:
    return _practices(questionnaire)[1]


def _worked_on(assessment: Assessment, work: PlanWork) -> PlanWork:
    """Return the team's work on a plan, with what came along into it."""
    plan = load_team_plan(assessment).plan
    one, two, three = (action.question.id for action in plan.planned[:3])
    work = edit(work, plan, one, {LEAD: "Demo manager", "status": DONE.id})
    work = edit(work, plan, two, {LEAD: "Demo supervisor", "status": UNDER_WAY.id})
    work = move(work, plan, three, 1, "Made up: a new grant starts with this.")
    return add_own(work, plan.questionnaire.parts[1].id, "Made up: ask our partners what they do")
