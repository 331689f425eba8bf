"""The team's work on paper and in the JSON: what was filled in, what is blank, and true ranks and ties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from reports.documents.action_fields import blanks, facts, ties
from reports.documents.html.document import document
from reports.documents.html.tracker import tracker
from reports.documents.json import plan_json
from reports.documents.pdf.render import pdf
from reports.plan.model import ActionPlan
from reports.team.edits import add_own, edit, move
from reports.team.fields import field_ids
from reports.team.model import NO_WORK, PlanWork, TeamAction, TeamPlan, team_plan
from tests.support.pdf_checks import text_of, validation_errors
from tests.support.plans import without_team_work

PlanOf = Callable[..., ActionPlan]
FILLED = {
    "status": "under_way",
    "owner": "Program manager",
    "first_step": "Read one form aloud.",
    "when_then": "When we hold the Monday meeting, we will read one form together.",
    "due": "2026-05-15",
    "needs": "Two hours of staff time",
    "measure": "Forms that ask only once",
    "baseline": "3 of 12",
    "survivor_check": "We ask the advisory group in April, and pay by the hour.",
    "barrier": "Turnover. We train two people.",
    "review": "2026-04-01",
    "notes": "One.\nTwo 你好.",
}


@pytest.fixture(scope="module")
def plan(plan_of: PlanOf) -> ActionPlan:
    """A plan of three actions with equal points, and others outside."""
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", agency="Harbor House")


@pytest.fixture(scope="module")
def work(plan: ActionPlan) -> PlanWork:
    """The second moved to the top, the third taken out, one of the team's own, and one filled in."""
    first, second, third = (action.question.id for action in plan.planned)
    work = edit(NO_WORK, plan, first, FILLED)
    work = move(work, plan, second, 1, "Our board asked for this.")
    work = move(work, plan, third, "out", "A partner does this.")
    work = add_own(work, "harm", "A quiet corner")
    return edit(work, plan, "own-4", {"status": "dropped", "dropped_reason": "We moved house."})


@pytest.fixture(scope="module")
def team(plan: ActionPlan, work: PlanWork) -> TeamPlan:
    return team_plan(plan, work)


def words(html: str) -> str:
    return " ".join(" ".join(html5lib.HTMLParser(strict=True).parse(html).itertext()).split())


def labels(plan: ActionPlan, item: TeamAction) -> list[str]:
    return [fact.label for fact in facts(plan.questionnaire, item)]


def test_everything_filled_in_is_printed(team: TeamPlan) -> None:
    text = words(document(team))
    dated = {"due": "May 15, 2026", "review": "April 1, 2026", "status": "Under way", "notes": "One. Two"}
    assert [said for said in ({**FILLED, **dated}).values() if said not in text] == []
    for said in ("Our board asked for this.", "A partner does this.", "Dropped. We moved house."):
        assert said in text


def test_the_paper_follows_the_teams_order_with_the_tools_rank_beside(
    team: TeamPlan, plan: ActionPlan
) -> None:
    text = words(document(team))
    first, second, _ = plan.planned
    titles = [f"1. {second.question.short}", f"2. {first.question.short}", "3. A quiet corner"]
    places = [text.index(title) for title in titles]
    again = [text.index(title, place + 1) for title, place in zip(titles, places, strict=True)]
    assert places == sorted(places)
    assert again == sorted(again)
    assert "We suggested place 2." in text
    assert "Your team added this action." in text


def test_a_plan_nobody_worked_on_says_nothing_of_a_team(plan: ActionPlan) -> None:
    text = words(document(without_team_work(plan)))
    for said in ("We suggested", "Under way:", "Your team changed", "Your team added"):
        assert said not in text
    assert text.count("Who leads (job title)") == len(plan.planned)


def test_the_pdf_passes_the_validators(plan: ActionPlan, work: PlanWork, tmp_path: Path) -> None:
    path = tmp_path / "team.pdf"
    path.write_bytes(pdf(document(team_plan(plan, add_own(work, "training", "Nothing said of it yet")))))
    assert validation_errors(path) == []
    assert "A quiet corner" in "".join(text_of(path))


def test_hostile_work_prints(plan: ActionPlan) -> None:
    hostile = '<script>x</script> <img src="file:///etc/passwd"> \u202e' + "w" * 900
    first = plan.planned[0].question.id
    fields = dict.fromkeys([id_ for id_ in field_ids() if id_ not in {"due", "review", "status"}], hostile)
    work = edit(add_own(NO_WORK, "why", hostile), plan, first, fields)
    html = document(team_plan(plan, move(work, plan, first, 2, hostile)))
    assert "<script" not in html
    assert "<img" not in html
    assert pdf(html).startswith(b"%PDF")


def test_what_the_team_decided_differs_in_words_from_a_suggestion(plan: ActionPlan) -> None:
    first, names = plan.planned[0].question.id, plan.questionnaire.texts.work.fields
    lead, due, review = names["owner"], names["due"], names["review"]
    assert labels(plan, without_team_work(plan).planned[0]) == [
        *("First step", "How we will know", lead.suggested, due.suggested, review.suggested),
    ]
    suggested = without_team_work(plan).planned[0].work.texts
    same = {id_: suggested[id_] for id_ in ("owner", "due")}
    changed = team_plan(plan, edit(NO_WORK, plan, first, same))
    assert labels(plan, changed.planned[0])[2:] == [lead.label, due.label, review.suggested]
    assert changed.planned[0].work.texts == suggested
    cleared = team_plan(plan, edit(NO_WORK, plan, first, {"due": "", "measure": ""}))
    assert labels(plan, cleared.planned[0]) == ["First step", lead.suggested, review.suggested]
    assert {"due", "measure"} <= {blank.id for blank in blanks(plan.questionnaire, cleared.planned[0])}


def test_an_action_outside_the_plan_has_no_dates(plan: ActionPlan) -> None:
    shown = facts(plan.questionnaire, without_team_work(plan).outside[0])
    assert {fact.field.id for fact in shown}.isdisjoint({"due", "review"})


def test_the_tracker_has_every_action_and_room_for_what_is_not_decided(team: TeamPlan) -> None:
    moved, filled, dropped = tracker(team)
    assert [cell.room for cell in moved.cells] == [True, True, True, True]
    assert [cell.text for cell in filled.cells] == [
        *("Program manager", "May 15, 2026", "April 1, 2026", "Under way"),
    ]
    assert [cell.text for cell in dropped.cells] == ["", "", "", "Dropped"]
    assert not any(cell.room for cell in dropped.cells)


def test_a_long_text_goes_on_in_another_place_and_is_there_once(plan: ActionPlan) -> None:
    words_ = " ".join(f"word{number}" for number in range(100))
    first = plan.planned[0].question.id
    long = team_plan(plan, edit(NO_WORK, plan, first, {"notes": words_}))
    text = words(document(long))
    assert "1. Notes for the team" in text
    assert all(text.count(f"word{number} ") == 1 for number in range(99))
    assert "Continued" not in words(document(without_team_work(plan)))


def test_an_open_action_has_room_to_write_in_its_blank_fields(team: TeamPlan, plan: ActionPlan) -> None:
    moved, filled, dropped = team.planned
    assert [blank.id for blank in blanks(plan.questionnaire, moved)] == [
        *("owner", "when_then", "due", "needs", "baseline", "survivor_check", "review", "notes"),
    ]
    assert blanks(plan.questionnaire, filled) == ()
    assert blanks(plan.questionnaire, dropped) == ()


def test_a_tie_is_mentioned_only_below_the_action_it_ties_with(plan: ActionPlan) -> None:
    first, second, third = (action.question.id for action in plan.planned)
    before = ties(without_team_work(plan))
    assert before == {action.question.id: action.equal_points for action in plan.actions[1:]}
    after = ties(team_plan(plan, move(NO_WORK, plan, third, 1, "Why")))
    assert first not in after
    assert after[second] == before[second]
    assert third not in after
    between = move(add_own(NO_WORK, "harm", "A quiet corner"), plan, "own-1", 2, "Why")
    assert second not in ties(team_plan(plan, between))


def test_the_json_has_every_field_of_every_action(team: TeamPlan, plan: ActionPlan) -> None:
    data = plan_json(plan, team)
    first, second, third = (action.question.id for action in plan.planned)
    assert [item["id"] for item in data["team"]][:4] == [second, first, "own-4", third]
    assert len(data["team"]) == len(plan.actions) + 1
    filled = data["team"][1]
    assert filled.keys() == {
        *field_ids(),
        "id",
        "title",
        "section",
        "rank",
        "position",
        "in_plan",
        "move_reason",
        "came_from",
    }
    assert {id_: filled[id_] for id_ in FILLED} == FILLED
    own, out = data["team"][2:4]
    assert (own["rank"], own["position"], own["due"]) == (None, 3, None)
    assert (out["rank"], out["position"], out["move_reason"]) == (3, None, "A partner does this.")
    assert "team" not in plan_json(plan)
    alone = plan_json(plan)
    decided = dict.fromkeys(("lead", "lead_decided", "due", "due_decided", "reviews"))
    assert {**data, "team": None, "actions": [a | decided for a in data["actions"]]} == {
        **alone,
        "team": None,
        "actions": [a | decided for a in alone["actions"]],
    }
