"""The published versions are as they were published, and still readable."""

import datetime
import re

import pytest

from questions.answers import Answers
from questions.path import path_of
from questions.versions.releases import PUBLISHED_FOLDER, load_published, published_versions, read_register
from reports.checks.releases import release_problems
from reports.documents.html.document import document
from reports.documents.ics import calendar
from reports.plan.builder import Header, action_plan
from reports.team.dates import plan_dates
from reports.team.edits import edit
from reports.team.model import NO_WORK, team_plan


def test_no_published_version_was_edited() -> None:
    assert list(release_problems("0.0.0", {}, PUBLISHED_FOLDER)) == []


def test_every_published_version_is_registered_and_loads() -> None:
    assert [load_published(version).version for version in published_versions()] == [
        entry.version for entry in read_register()
    ]


@pytest.mark.parametrize("version", published_versions())
def test_lead_and_date_are_called_on_paper_and_in_calendars_what_their_version_calls_them(
    version: str,
) -> None:
    questionnaire = load_published(version)
    answers = Answers(by_question=dict.fromkeys(questionnaire.practice, "not_yet"))
    plan = action_plan(path_of(questionnaire, answers), Header(agency="", date=datetime.date(2026, 3, 1)))
    first, second, *_ = (action.question.id for action in plan.planned)
    team = team_plan(plan, edit(NO_WORK, plan, first, {"owner": "Ana", "due": "2026-05-15"}))
    events = calendar(team, plan_dates(team), "base", 1, "https://example.org/plan").decode()
    events, html = events.replace("\r\n ", ""), document(team)
    for id_ in ("owner", "due"):
        label = questionnaire.texts.work.fields[id_]
        assert re.search(f"<th[^>]*>{label.label}</th>", html)
        assert f'name="{second}-track-{id_}" title="{label.suggested}, 2"' in html
    assert f"{questionnaire.texts.work.fields['owner'].suggested}: " in events
    assert f"SUMMARY:{questionnaire.texts.work.fields['due'].suggested}: " in events
