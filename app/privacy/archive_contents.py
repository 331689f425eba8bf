"""What goes into the archive of a history, an agency, or an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from app import clock
from app.content import path_for, questionnaire_of
from app.database.account_tables import User
from app.database.agencies import Agency, Membership, members_of, names_of
from app.database.answers import StoredAnswer, stored_answers
from app.database.assessments import Assessment, History, assessments_of, assessments_of_agency
from app.database.counted_agencies import counted_since
from app.database.invitations import invitations_of, invitations_to
from app.database.look_backs import all_look_backs
from app.database.pdf_cache import files_of
from app.database.plan_work import work_changes, work_of
from app.database.reminders import reminders_sent_to
from app.database.security_events import SecurityEvent, events_of_account, events_of_agency
from app.database.share_links import calendar_feeds, plan_links
from app.database.sign_ins import sign_ins_of
from app.finished_assessments import comparison_with_previous, load_team_plan
from app.permissions import can
from app.privacy.archive import Archive
from questions.model import Questionnaire
from reports.documents.json import answers_data, answers_yaml, plan_json


def put_history(archive: Archive, history: History, folder: str) -> None:
    """Add each assessment of a history in a folder of its own, with the look-backs beside them."""
    assessments = assessments_of([history.public_id])[::-1]
    names = {a.id: _name(number, a) for number, a in enumerate(assessments, start=1)}
    for assessment in assessments:
        _put_assessment(archive, assessment, f"{folder}{names[assessment.id]}/")
    backs = [
        {**back, "earlier_id": names[back["earlier_id"]], "later_id": names[back["later_id"]]}
        for back in all_look_backs(history)
    ]
    if backs:
        archive.put_json(f"{folder}look-backs.json", backs)
    feeds = calendar_feeds(history)
    if feeds:
        people = names_of(feed.made.by_id for feed in feeds)
        made = [{"made_at": f.made.at, "made_by": people.get(f.made.by_id or 0, "")} for f in feeds]
        archive.put_json(f"{folder}calendar-addresses.json", made)


def put_agency(archive: Archive, agency: Agency) -> None:
    """Add an agency's members and histories, and for those who manage it, invitations and security events."""
    may_manage = can(agency, "manage")
    invitations = invitations_of(agency, clock.start_of_today()) if may_manage else []
    archive.put_json(
        "agency.json",
        {
            "name": agency.name,
            "counted_since": counted_since(agency),
            "members": [_without(member, "user_id") for member in members_of(agency)],
            "invitations": [_without(one, "id", "agency") for one in invitations],
        },
    )
    if may_manage:
        archive.put_json("events.json", _events(events_of_agency(agency.id)))
    histories = {a.history.id: a.history for a in assessments_of_agency(agency.id)[::-1]}
    for number, history in enumerate(histories.values(), start=1):
        put_history(archive, history, f"history-{number}/" if len(histories) > 1 else "")


def put_account(archive: Archive, user: User, mine: Iterable[Membership]) -> None:
    """Add what is stored about a person; of passwords and codes, only whether they are set."""
    archive.put_json(
        "account.json",
        {
            "email": user.email,
            "name": user.name,
            "made_at": user.created_at,
            "last_sign_in_at": user.active_at,
            "email_confirmed_at": user.confirmed_at,
            "reminders_since": user.reminders_since,
            "reminders_sent_at": reminders_sent_to(user.id),
            "password": "stored as a check value" if user.password else "none",
            "codes_from_an_app": "on" if user.tf_primary_method else "off",
            "recovery_codes_left": len(user.mf_recovery_codes or ()),
            "signed_in": [{"device": one.device, "since": one.started_at} for one in sign_ins_of(user.id)],
            "passkeys": [{"name": key.name, "last_used_at": key.lastuse_datetime} for key in user.webauthn],
            "agencies": [{"name": one.agency.name, "role": one.role} for one in mine],
            "invitations": [
                {"agency": one.agency.name, "role": one.role, "until": one.expires_at}
                for one in invitations_to(user.email, clock.start_of_today())
            ],
        },
    )
    archive.put_json("events.json", _events(events_of_account(user.id)))


def _put_assessment(archive: Archive, assessment: Assessment, folder: str) -> None:
    questionnaire, stored = questionnaire_of(assessment), stored_answers(assessment)
    active = path_for(assessment, stored).active
    data = answers_data(questionnaire, assessment.agency, assessment.finished_on, active)
    archive.put_text(f"{folder}answers.yaml", answers_yaml(data))
    archive.put_json(f"{folder}stored.json", _stored(assessment, questionnaire, stored))
    if assessment.finished:
        team = load_team_plan(assessment)
        archive.put_json(
            f"{folder}plan.json", plan_json(team.plan, team, comparison_with_previous(assessment))
        )
    for name, content in files_of(assessment):
        archive.put_file(f"{folder}{re.sub('[^a-z0-9]+', '-', name)}.pdf", content)


def _stored(
    assessment: Assessment, questionnaire: Questionnaire, stored: Mapping[str, StoredAnswer]
) -> dict[str, Any]:
    """Return every row that is stored of an assessment, with question texts and names of people."""
    work, worked = work_of(assessment), work_changes(assessment)
    links = plan_links(assessment, clock.start_of_today())
    people = names_of(
        [
            *(change.by_id for change in worked.values()),
            *(answer.changed_by_id for answer in stored.values()),
            *(link.made.by_id for link in links),
        ]
    )
    return {
        "agency": assessment.agency,
        "questionnaire_version": questionnaire.version,
        "started_at": assessment.started_at,
        "finished_on": assessment.finished_on,
        "left_out_of_the_last_plan": list(assessment.left_out),
        "answers": _answers(questionnaire, stored, people),
        "work_on_the_plan": asdict(work),
        "changes_of_the_work": [
            {
                "action": action,
                "field": field,
                "changed_at": change.at,
                "changed_by": people.get(change.by_id or 0, ""),
            }
            for (action, field), change in worked.items()
        ],
        "links_to_the_plan": [
            {
                "made_at": link.made.at,
                "made_by": people.get(link.made.by_id or 0, ""),
                "expires_at": link.expires_at,
                "for": link.reader,
            }
            for link in links
        ],
    }


def _answers(
    questionnaire: Questionnaire, stored: Mapping[str, StoredAnswer], people: Mapping[int, str]
) -> dict[str, dict[str, Any]]:
    return {
        id_: {
            "question": questionnaire.questions[id_].text if id_ in questionnaire.questions else "",
            "value": answer.value,
            "note": answer.note,
            "reason": answer.reason,
            "points_to_evidence": answer.points_to,
            "changed_at": answer.changed_at,
            "changed_by": people.get(answer.changed_by_id or 0, ""),
        }
        for id_, answer in sorted(stored.items())
    }


def _name(number: int, assessment: Assessment) -> str:
    if assessment.finished_on:
        return f"self-check-{number}-finished-{assessment.finished_on}"
    return f"self-check-{number}-begun-{clock.local_day(assessment.started_at)}"


def _events(events: Iterable[SecurityEvent]) -> list[dict[str, Any]]:
    return [{"at": event.at, "kind": event.kind, "network": event.network} for event in events]


def _without(row: Any, *names: str) -> dict[str, Any]:
    """Return a row as a mapping, without columns that mean nothing outside the database."""
    return {name: value for name, value in asdict(row).items() if name not in names}
