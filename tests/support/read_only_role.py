"""What a role with the permission `read` alone may open and send, and a walk that tries everything as one."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from tests.support.addresses import AGENCY_MEMBERS, AGENCY_OWNERS, EDIT_PAGES, VIEWER_POSTS, Rule, ask
from tests.support.agency import Team
from tests.support.client import two_finished

# Forms that a member may send who can only read: they change nothing that belongs to others.
READERS_SEND = VIEWER_POSTS | {rule for rule in AGENCY_MEMBERS if rule[0] == "POST"}
ASK_WHAT_TO_CHANGE = EDIT_PAGES | {("GET", "/agencies/bring/<public_id>")}
OPENED = {200, 302, 503}  # 503: allowed, but a busy machine makes the PDF too slowly
LEAVE = ("POST", "/agencies/<public_id>/leave")


def visits(team: Team) -> Iterator[tuple[Rule, int]]:
    """Request each address in the browser of `team.viewer`; yield it with the status of the response.

    An address of an assessment is requested for a draft and for a finished one.
    """
    draft, assessment = team.begin(), team.begin()
    ids = two_finished(assessment)
    for rule in _addresses(team.app):
        subjects = {"assessments": [draft.public_id, assessment.public_id], "progress": [ids["public_id"]]}
        kind = rule[1].split("/")[1] if "/bring/" not in rule[1] else "progress"
        for public_id in subjects.get(kind, [team.public_id]):
            yield rule, ask(team.viewer, rule, {**ids, "public_id": public_id}).status_code
    assert draft.stored()["answers"] == {}
    assert assessment.stored()["answers"] == {"why-01": "mostly", "why-02": "started"}


def wrong_statuses(team: Team) -> list[tuple[Rule, int]]:
    """Return the addresses that did not answer as they must to a role that can only read."""
    return [(rule, status) for rule, status in visits(team) if not _is_right(rule, status)]


def _is_right(rule: Rule, status: int) -> bool:
    opens = rule[0] == "GET" and rule not in ASK_WHAT_TO_CHANGE | AGENCY_OWNERS
    if opens or rule in READERS_SEND:
        return status in OPENED
    return status == 403 or (rule[0] == "GET" and status == 302)


def _addresses(app: Flask) -> list[Rule]:
    """Return the method and rule of every address that belongs to one agency, history, or assessment."""
    rules = [rule for rule in app.url_map.iter_rules() if "public_id" in rule.arguments]
    found = sorted(
        (method, rule.rule) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )
    return [rule for rule in found if rule != LEAVE]  # it would end the membership
