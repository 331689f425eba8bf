"""What a board reads: the summary of a plan on two pages at most, the first page of a comparison on one."""

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
from tests.support.pdf_kinds import (
    NOW,
    STAGES,
    answers_to_everything,
    comparison,
    edited,
    plan,
    with_all_actions,
)
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


@pytest.mark.parametrize(
    "text",
    [pytest.param(WIDE[name], marks=() if name == "wide" else pytest.mark.audit, id=name) for name in WIDE],
)
def test_it_is_two_pages_at_most_whatever_was_typed(text: str) -> None:
    pages = pages_of(document(crowded(text), part="summary"))
    assert len(pages) == 2
    assert "no overall score" in pages[1]


@pytest.mark.parametrize(
    "text",
    [pytest.param(WIDE[name], marks=() if name == "wide" else pytest.mark.audit, id=name) for name in WIDE],
)
def test_of_a_comparison_it_is_one_page_whatever_was_typed(text: str) -> None:
    first, *_ = pages_of(comparison_document(crowded_comparison(text)))
    assert "no overall score" in first


def test_the_actions_are_those_still_open_with_who_and_when() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), STAGES))
    first, second, third, fourth, fifth = found.planned
    summary = plan_summary(edited(found))
    assert [action.title for action in summary.actions] == [
        *(first.question.short, fourth.question.short, fifth.question.short, "A quiet corner"),
    ]
    decided, suggested, *_ = summary.actions
    names = found.questionnaire.texts.work.fields
    assert (decided.lead_label, decided.lead) == (names["owner"].label, "Shelter manager")
    assert (decided.due_label, decided.due) == (names["due"].label, "May 15, 2026")
    assert (suggested.lead_label, suggested.lead) == (names["owner"].suggested, fourth.lead)
    assert suggested.due_label == names["due"].suggested
    assert summary.closed == (("Done", (second.question.short,)),)
    assert third.question.short not in {action.title for action in summary.actions}


def test_it_names_strengths_needs_the_next_review_and_the_next_check() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), STAGES))
    work = edit(NO_WORK, found, found.planned[0].question.id, {"needs": "Two hours", "review": "2026-03-20"})
    summary = plan_summary(team_plan(found, work))
    assert sum(len(names) for _, names in summary.strengths) == len(found.strengths)
    assert summary.needs == (("1.", "Two hours"),)
    assert (summary.review_label, summary.review) == ("Review date", "March 20, 2026")
    assert summary.next_check
    assert summary.find_out.count == len(found.find_out_first)


def test_a_long_plan_names_the_first_actions_and_counts_the_others() -> None:
    found = plan(answers_to_everything(sample_questionnaire(), ("not_yet",)))
    summary = plan_summary(with_all_actions(found))
    assert len(summary.actions) == 6
    assert summary.more == len(found.actions) - 6


def test_a_few_are_named_and_the_others_counted() -> None:
    assert few("abcd") == Few(names=("a", "b", "c", "d"), more=0)
    assert few("abcde") == Few(names=("a", "b", "c"), more=2)
    assert few("").count == 0
    assert few("abcdefg").count == 7


def test_what_became_of_each_action_is_counted() -> None:
    found = crowded_comparison("Harbor House")
    summary = comparison_summary(found)
    assert {label: names.count for label, names in summary.outcomes} == {
        **{group.label: len(group.actions) for group in found.action_outcomes_by_label},
        "Other actions of your team": len(found.other_actions),
    }
    assert len(summary.outcomes) == 6
    up_and_down = [len(found.by_outcome[outcome]) for outcome in ("moved_up", "moved_down")]
    assert [names.count for _, names in summary.moved] == up_and_down
