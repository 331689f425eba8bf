"""The first page of a plan and of a comparison: all that a board asks, on exactly one page."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest

from reports.comparison.model import ACTION_OUTCOME_KINDS, Comparison
from reports.documents.html.document import comparison_document, document
from reports.documents.pdf.render import pdf
from reports.documents.summary import Few, comparison_summary, few, plan_summary
from reports.plan.builder import Header
from reports.team.edits import add_own, edit, move
from reports.team.model import NO_WORK, TeamPlan, team_plan
from tests.support.pdf_kinds import KINDS, NOW, STAGES, answers_to_everything, comparison, edited, plan
from tests.support.sample import sample_questionnaire

WIDE = {"wide": "W" * 200, "emoji": "\U0001f468 " * 100, "words": "Wide mammoth words " * 10}


def pages_of(html: str) -> list[str]:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf(html)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def crowded(text: str) -> TeamPlan:
    """Return a plan whose first page is as full as it can be, of this text."""
    questionnaire = sample_questionnaire()
    answers = answers_to_everything(questionnaire, (*STAGES, ""))
    answers = {id_: answer for id_, answer in answers.items() if answer} | {"tr-outside": "never"}
    found = plan(answers, agency=text[:120])
    work = NO_WORK
    for number in range(3):
        work = add_own(work, "harm", f"{number}{text}"[:200])
        own = work.own[-1].id
        work = edit(work, found, own, {"owner": text, "due": "2026-09-30", "status": "under_way"})
        work = move(work, found, own, number + 1, "It is ours.")
    first, second, *_ = (action.question.id for action in found.planned)
    work = edit(work, found, first, {"status": "done"})
    return team_plan(found, edit(work, found, second, {"status": "dropped", "dropped_reason": "No."}))


def crowded_comparison(text: str) -> Comparison:
    """Return a comparison whose first page is as full as it can be: every fate, and a name of this text."""
    found = comparison()
    fates = (*found.action_outcomes["newly_due"], *found.action_outcomes["still_due"])[:3]
    # A plan holds five actions at most, so no more than five of the outcomes and what is new.
    every = dict.fromkeys(ACTION_OUTCOME_KINDS, ()) | dict.fromkeys(ACTION_OUTCOME_KINDS[-5:], fates * 2)
    header = Header(agency=text[:120], date=NOW)
    return replace(found, action_outcomes=every, later=replace(found.later, header=header))


CROWDED = {
    "plan": lambda text: document(crowded(text)),
    "comparison": lambda text: comparison_document(crowded_comparison(text)),
}


@pytest.mark.parametrize(
    "text",
    [pytest.param(WIDE[name], marks=() if name == "wide" else pytest.mark.audit, id=name) for name in WIDE],
)
@pytest.mark.parametrize("made", CROWDED)
def test_it_is_one_page_whatever_was_typed(text: str, made: str) -> None:
    first, second, *_ = pages_of(CROWDED[made](text))
    assert "no overall score" in first
    assert "Contents" in second


@pytest.mark.audit
@pytest.mark.parametrize("name", [name for name in KINDS if name != "worksheet"])
def test_it_is_one_page_in_every_kind(name: str) -> None:
    first, second, *_ = pages_of(KINDS[name]())
    assert "On one page" in first
    assert "no overall score" in first
    assert "Contents" in second


def test_the_first_actions_are_those_still_open_with_what_the_team_set() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), STAGES))
    first, second, third, fourth, *_ = found.planned
    team = edited(found)
    shown = plan_summary(team).first
    assert [action.title for action in shown] == [
        first.question.short,
        fourth.question.short,
        found.planned[4].question.short,
    ]
    assert (shown[0].owner, shown[0].due) == ("Shelter manager", "May 15, 2026")
    assert (shown[1].owner, shown[1].due) == ("", "")
    assert plan_summary(team).agreed
    assert second.question.short not in {action.title for action in shown}
    assert third.question.short not in {action.title for action in shown}


def test_without_owners_and_dates_the_first_steps_are_shown() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), STAGES))
    team = team_plan(found, NO_WORK)
    assert not plan_summary(team).agreed
    page = document(team).split('class="summary"', 1)[1].split("</section>", 1)[0]
    assert "Who leads" not in page
    assert all(action.question.first_step in page for action in found.planned[:3])


def test_it_counts_training_and_what_to_find_out() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), STAGES))
    summary = plan_summary(team_plan(found, NO_WORK))
    assert sum(topics.count for _, topics in summary.training) == len(found.training)
    assert [title for title, _ in summary.training] == ["Training by job", "Training by topic"]
    assert summary.find_out.count == len(found.find_out_first)


def test_a_few_are_named_and_the_others_counted() -> None:
    assert few("abcd") == Few(names=("a", "b", "c", "d"), more=0)
    assert few("abcde") == Few(names=("a", "b", "c"), more=2)
    assert few("").count == 0
    assert few("abcdefg").count == 7


def test_what_became_of_each_action_is_counted() -> None:
    found = crowded_comparison("Harbor House")
    summary = comparison_summary(found)
    assert {label: names.count for label, names in summary.outcomes} == {
        label: len(fates) for label, fates in found.action_outcomes_by_label
    }
    assert len(summary.outcomes) == 5
    assert (summary.moved_up.count, summary.moved_down.count) == (
        len(found.by_outcome["moved_up"]),
        len(found.by_outcome["moved_down"]),
    )
