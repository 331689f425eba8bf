"""What plans say of links: in the PDF and the JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import html5lib
import pytest

from questions.answers import Answers
from questions.model import LinkCheck, Questionnaire
from questions.path import path_of
from reports.documents.html.document import document
from reports.documents.json import plan_json
from reports.documents.link_notes import Links
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from tests.conftest import DAY
from tests.support.pdf_kinds import with_all_actions
from tests.support.plans import printed

PlanWith = Callable[..., ActionPlan]
BRIEF = "aspe-hidden-wounds-brief"
WEBINAR = "nctic-effects-of-trauma-webinar"
SUPPLEMENT = "sup-ovc-vicarious-trauma-toolkit"
WORKED = "This link worked on March 3, 2027."
FAILED = "This link did not work on March 3, 2027."
LAST = "It last worked on December 1, 2026."
REFUSED = "On March 3, 2027, this site did not let our test in. The link may still work for you."
RETIRED = "This is no longer offered, as far as we knew on March 3, 2027."


@pytest.fixture
def plan_with(questionnaire: Questionnaire) -> PlanWith:
    """Make a plan for an agency that does none of it yet, on content with these checks and changes."""

    def make(*checks: LinkCheck, **changes: Mapping[str, str]) -> ActionPlan:
        resources = tuple(
            replace(r, **changes.get(r.id.replace("-", "_"), {})) for r in questionnaire.resources
        )
        known = replace(questionnaire, link_checks=checks, resources=resources)
        practices = known.practice
        answers = Answers(by_question=dict.fromkeys(practices, "not_yet"), notes={}, reasons={})
        return action_plan(path_of(known, answers), Header(agency="", date=DAY))

    return make


def check(url: str, status: str, last_worked: str = "") -> LinkCheck:
    return LinkCheck(url=url, status=status, checked="2027-03-03", last_worked=last_worked)


def words(*elements: object) -> str:
    return " ".join(" ".join("".join(element.itertext()) for element in elements).split())


def parsed(plan: ActionPlan) -> object:
    return html5lib.HTMLParser(strict=True).parse(printed(plan))


def entry_of(plan: ActionPlan, id_: str) -> str:
    """Return the words of a resource's own entry in the printed plan of all actions."""
    root = html5lib.HTMLParser(strict=True).parse(document(with_all_actions(plan)))
    return next(words(element) for element in root.iter() if element.get("id") == id_)


def json_of(plan: ActionPlan, id_: str) -> dict[str, object]:
    """Return a resource's entry in the JSON."""
    return next(item for item in plan_json(plan)["resources"] if item["id"] == id_)


def link_of(plan: ActionPlan, id_: str) -> str:
    return plan.questionnaire.resource[id_].link.url


def test_a_link_that_was_never_tested_has_no_date_and_the_plan_says_once_that_none_was(
    plan_with: PlanWith,
) -> None:
    plan = plan_with()
    texts = plan.questionnaire.texts.links
    assert texts.none_tested in words(parsed(plan))
    assert texts.some_tested not in words(parsed(plan))
    assert "This link" not in words(parsed(plan))
    data = json_of(plan, BRIEF)
    assert [data[key] for key in ("link_status", "link_checked", "link_last_worked")] == [None] * 3


@pytest.mark.parametrize("status", ["works", "moved", "redirected"])
def test_a_link_that_leads_there_says_when(plan_with: PlanWith, status: str) -> None:
    url = link_of(plan_with(), BRIEF)
    plan = plan_with(check(url, status, "2027-03-03"))
    entry = entry_of(plan, BRIEF)
    assert f"{url} {WORKED}" in entry
    assert plan.questionnaire.resource[BRIEF].search_words not in entry
    texts = plan.questionnaire.texts.links
    assert texts.some_tested in words(parsed(plan))
    assert texts.none_tested not in words(parsed(plan))
    assert json_of(plan, BRIEF)["link_last_worked"] == "2027-03-03"


@pytest.mark.parametrize(
    "status", ["gone", "soft_404", "certificate", "timeout", "unreachable", "server_error"]
)
def test_a_link_that_failed_says_when_it_last_worked_and_how_to_find_the_thing(
    plan_with: PlanWith, status: str
) -> None:
    url = link_of(plan_with(), BRIEF)
    plan = plan_with(check(url, status, "2026-12-01"))
    resource, entry = plan.questionnaire.resource[BRIEF], entry_of(plan, BRIEF)
    assert f"{url} {FAILED} {LAST}" in entry
    assert f"{plan.questionnaire.texts.links.find_it} {resource.search_words}." in entry
    assert json_of(plan, BRIEF)["link_status"] == status


def beside_actions(plan: ActionPlan, title: str) -> list[str]:
    """Return what the printed plan says of a thing beside its actions."""
    items = (words(e) for e in parsed(plan).iter() if e.get("class") == "item")
    return [item for item in items if title in item]


def test_beside_an_action_only_a_failed_link_is_mentioned(plan_with: PlanWith) -> None:
    helps = (action.help for action in plan_with().planned)
    resource = next(c.resource for help_ in helps for c in help_.resources if c.resource.link)
    assert FAILED not in beside_actions(plan_with(check(resource.link.url, "works")), resource.title)[0]
    assert FAILED in beside_actions(plan_with(check(resource.link.url, "gone")), resource.title)[0]
    change = {resource.id.replace("-", "_"): {"retired": "2027-03-03", "successor": SUPPLEMENT}}
    assert RETIRED in beside_actions(plan_with(**change), resource.title)[0]


def test_a_link_that_never_worked_names_no_day(plan_with: PlanWith) -> None:
    plan = plan_with(check(link_of(plan_with(), BRIEF), "gone"))
    assert FAILED in entry_of(plan, BRIEF)
    assert "It last worked" not in entry_of(plan, BRIEF)


def test_a_site_that_refuses_a_robot_may_let_a_person_in(plan_with: PlanWith) -> None:
    plan = plan_with(check(link_of(plan_with(), BRIEF), "refused", "2026-12-01"))
    assert f"{REFUSED} {LAST}" in entry_of(plan, BRIEF)
    assert plan.questionnaire.resource[BRIEF].search_words not in entry_of(plan, BRIEF)


def test_other_links_of_a_resource_are_mentioned_when_they_fail(plan_with: PlanWith) -> None:
    resource = plan_with().questionnaire.resource[WEBINAR]
    substitute = resource.substitute.url
    assert FAILED not in entry_of(plan_with(check(substitute, "works")), WEBINAR)
    assert WORKED not in entry_of(plan_with(check(substitute, "works")), WEBINAR)
    assert f"{substitute} {FAILED}" in entry_of(plan_with(check(substitute, "gone")), WEBINAR)


def test_a_link_outside_the_guide_says_when_it_worked(plan_with: PlanWith) -> None:
    helps = (action.help for action in plan_with().planned)
    supplement = next(c.supplement for help_ in helps for c in help_.supplements if c.opening)
    entry = entry_of(plan_with(check(supplement.url, "works")), supplement.id)
    assert supplement.about in entry
    assert f"{supplement.url} {WORKED}" in entry


@pytest.mark.parametrize(("successor", "found"), [(BRIEF, "link"), (SUPPLEMENT, "url"), (WEBINAR, "")])
def test_a_retired_resource_names_its_successor(plan_with: PlanWith, successor: str, found: str) -> None:
    retired = "nhtrc-screening-presentation"
    change = {"retired": "2027-03-03", "successor": successor, "substitute": None}
    plan = plan_with(**{retired.replace("-", "_"): change})
    known = plan.questionnaire.resource | plan.questionnaire.supplement
    title = known[successor].title
    assert f"{RETIRED} Use this in its place: {title}." in entry_of(plan, retired)
    place = Links(plan.questionnaire).successor(known[retired])
    url = {"link": lambda: known[successor].link.url, "url": lambda: known[successor].url, "": lambda: ""}[
        found
    ]()
    assert (place.label, place.url) == (title, url)
    assert json_of(plan, retired)["successor"] == successor


def test_a_resource_that_is_offered_has_no_successor(plan_with: PlanWith) -> None:
    plan = plan_with()
    links = Links(plan.questionnaire)
    assert all(links.successor(r) is None and links.retired(r) == "" for r in plan.questionnaire.resources)
    assert "no longer offered" not in words(parsed(plan))
