"""What a site of release one holds, stored by today's code, and its pages and files."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from flask import Flask

from app.accounts.datastore import datastore, security
from app.database.account_tables import User
from app.database.agencies import find_agency
from app.database.answers import Change, StoredAnswer, save_answers
from app.database.assessments import (
    Assessment,
    History,
    NewAssessment,
    add_assessment,
    add_history,
    find_assessment,
    finish,
    store_questionnaire,
)
from app.database.look_backs import save_look_backs
from app.database.plan_work import save_work
from app.extensions import db
from app.finished_assessments import load_team_plan
from questions.answers import Answers
from questions.loading.loader import fingerprint, load_pinned, read_folder
from questions.model import Questionnaire
from questions.path import path_of
from questions.versions.releases import PUBLISHED_FOLDER
from reports.team.edits import add_own, edit, move
from reports.team.model import NO_WORK
from tests.support.agency import new_team, signed_in
from tests.support.client import Client

VERSIONS = ("1.0.0", "1.1.0", "1.1.1")
STAGES = ("not_yet", "started", "mostly", "part_of_work", "not_sure")
NOTE = "Ünïcode “quotes”, 👩‍👧, and\na second line"
DRAFT, HISTORY, AGENCY = "DraftDraftDraftD", "HistoryHistoryHi", "AgencyAgencyAgen"
ANSWERS = 10_000
NOW = datetime.datetime.fromisoformat("2026-11-20 12:00")
_IN_A_DRAFT = 40
_FILES = ("plan", "plan.pdf", "plan.xlsx", "plan.ics", "plan.json", "answers.yaml")
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="[^"]+"')


def store(app: Flask) -> None:
    """Store an agency with three finished self-checks in three versions of the content, and much else."""
    team = new_team(app)
    with app.app_context():
        history = add_history(HISTORY, find_agency(AGENCY).id)
        finished = [_finished(history, version, team.numbers["editor"]) for version in VERSIONS]
        practice = next(iter(_published(VERSIONS[2]).practice))
        change = Change(by_id=team.numbers["owner"], at=NOW)
        save_look_backs(finished[1], finished[2], {practice: "started"}, change)
        draft = _started(history, DRAFT, VERSIONS[2])
        save_answers(draft, _answers(_published(VERSIONS[2]), 1), NOW, team.numbers["editor"])
        for number in range(ANSWERS // _IN_A_DRAFT):
            _store_other_draft(number)
        secret = security().totp_factory.generate_totp_secret()
        datastore().tf_set(db.session.get_one(User, team.numbers["viewer"]), "authenticator", secret)
        db.session.commit()


def pages(app: Flask) -> dict[str, bytes]:
    """Return every page and file of the agency's history, as a member who signs in now sees it."""
    client = signed_in(app, "editor@example.org")
    found = {address: _content(client, address) for address in _addresses(client)}
    archive = client.send(f"/progress/{HISTORY}/archive")
    assert archive.status_code == 200
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        return found | {
            name: files.read(name) for name in files.namelist() if name.endswith((".json", ".yaml"))
        }


def _addresses(client: Client) -> Iterator[str]:
    yield f"/agencies/{AGENCY}/"
    yield f"/progress/{HISTORY}/"
    for version in VERSIONS:
        yield from (f"/assessments/{_id(version)}/{file}" for file in _FILES)
    for earlier, later in pairwise(VERSIONS):
        pair = f"/progress/{HISTORY}/{_id(earlier)}/{_id(later)}/"
        yield from (pair, f"{pair}comparison.pdf", f"{pair}comparison.json")
    yield from (f"/assessments/{DRAFT}/check", f"/assessments/{DRAFT}/answers.yaml")
    for part, page in _published(VERSIONS[2]).pages[:3]:
        yield f"/assessments/{DRAFT}/{part.id}/{page.id}"


def _content(client: Client, address: str) -> bytes:
    response = client.raw.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return _TOKEN.sub(b"", response.data)


def _finished(history: History, version: str, by_id: int) -> Assessment:
    """Store a finished assessment with the team's work on its plan."""
    number = VERSIONS.index(version)
    assessment = _started(history, _id(version), version)
    save_answers(assessment, _answers(_published(version), number), NOW, by_id)
    day = (NOW - datetime.timedelta(days=200 * (3 - number))).date()
    finish(assessment, agency="Harbor House", now=NOW, day=day)
    found = find_assessment(assessment.public_id)
    plan = load_team_plan(found).plan
    one, two, *_ = (action.question.id for action in plan.planned)
    work = edit(NO_WORK, plan, one, {"owner": "Ana", "status": "done", "notes": NOTE})
    work = move(work, plan, two, 1, "A new grant starts with this.")
    work = add_own(work, plan.questionnaire.parts[1].id, "Ask our partners")
    work = edit(work, plan, work.own[0].id, {"due": "2027-01-31"})
    save_work(found, NO_WORK, work, Change(by_id=by_id, at=NOW))
    return found


def _started(history: History, public_id: str, version: str) -> Assessment:
    """Store a draft; a finished assessment before it in the history is the one it was started from."""
    files = _files(version)
    store_questionnaire(fingerprint(files), version, files)
    earlier = VERSIONS[: VERSIONS.index(version)] if public_id != DRAFT else VERSIONS
    previous = find_assessment(_id(earlier[-1])) if earlier else None
    new = NewAssessment(
        public_id=public_id,
        history_id=history.id,
        fingerprint=fingerprint(files),
        previous_id=previous.id if previous else None,
        agency="Harbor House",
    )
    return add_assessment(new, NOW)


def _store_other_draft(number: int) -> None:
    """Store a draft of someone else with some answers."""
    draft = _started(add_history(f"other-{number}", None), f"other-{number}", VERSIONS[0])
    given = list(_answers(_published(VERSIONS[0]), number).items())[:_IN_A_DRAFT]
    assert len(given) == _IN_A_DRAFT
    save_answers(draft, dict(given), NOW, None)


def _answers(questionnaire: Questionnaire, number: int) -> dict[str, StoredAnswer]:
    """Return an answer to each practice and some of the profile, and a note on each third one."""
    ids = list(questionnaire.practice)
    values: dict[str, object] = {id_: STAGES[(i + number) % 5] for i, id_ in enumerate(ids)}
    values |= {"pf-size": "s6_20", "pf-services": ["intake", "residential"], "pf-capacity": "n2_3"}
    notes = dict.fromkeys(ids[::3], f"{number}: {NOTE}")
    checked = {id_: questionnaire.questions[id_].check(questionnaire, value) for id_, value in values.items()}
    assert path_of(questionnaire, Answers(by_question=checked)).active.by_question
    return {id_: StoredAnswer(value=value, note=notes.get(id_, "")) for id_, value in values.items()}


@cache
def _published(version: str) -> Questionnaire:
    return load_pinned(_files(version), read_folder())


@cache
def _files(version: str) -> dict[str, str]:
    return read_folder(PUBLISHED_FOLDER / version)


def _id(version: str) -> str:
    return f"finished-{version.replace('.', '-')}"
