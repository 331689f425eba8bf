"""What changed, in print: as a chapter of the plan, and as a document of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import html5lib
import pikepdf
import pytest

from questions.answers import Answers
from questions.kinds.many import ManyQuestion
from questions.model import Questionnaire
from questions.path import path_of
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.documents.html.document import comparison_document, document
from reports.documents.pdf.render import pdf
from reports.plan.builder import Header, action_plan
from reports.team.edits import add_own, edit
from reports.team.model import NO_WORK, TeamPlan, team_plan
from tests.support.pdf_checks import text_of, validation_errors
from tests.support.sample import sample_questionnaire
from tests.support.second_version import second_version

THEN, NOW = datetime.date(2026, 3, 1), datetime.date(2026, 9, 1)
STAGES = ("not_yet", "started", "mostly", "part_of_work", "not_sure", "not_applicable")
HTML = "{http://www.w3.org/1999/xhtml}"


def assessment(
    questionnaire: Questionnaire, values: Mapping[str, object], date: datetime.date, note: str = ""
) -> FinishedAssessment:
    notes = dict.fromkeys(questionnaire.questions, note) if note else {}
    reasons = dict.fromkeys(questionnaire.questions, "We have no such service.")
    answers = Answers(by_question=values, notes=notes, reasons=reasons)
    header = Header(agency="Harbor House", date=date)
    return FinishedAssessment(path=path_of(questionnaire, answers), header=header)


def mixed(questionnaire: Questionnaire, times: int, shift: int) -> dict[str, object]:
    """Return answers to every practice in turns, and to the questions with many answers all of them."""
    answers: dict[str, object] = {"pf-capacity": "n4_5"}
    for number, question in enumerate(questionnaire.questions.values()):
        if question.is_practice:
            answers[question.id] = STAGES[(number * times + shift) % len(STAGES)]
        elif isinstance(question, ManyQuestion):
            options = question.options_in(questionnaire)
            answers[question.id] = tuple(option.value for option in options if not option.exclusive)
    return answers


def with_team(earlier: FinishedAssessment) -> FinishedAssessment:
    plan = action_plan(earlier.path, earlier.header)
    first, second, *_ = (action.question.id for action in plan.planned)
    work = edit(NO_WORK, plan, first, {"status": "done"})
    work = edit(work, plan, second, {"status": "dropped", "dropped_reason": "The grant ended."})
    work = add_own(work, "why", "A night van")
    return FinishedAssessment(path=earlier.path, header=earlier.header, team=team_plan(plan, work))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Two assessments across a version, with every chapter: work, fates, cautions, moves, reasons."""
    first, second = sample_questionnaire(), second_version()
    then = mixed(first, 1, 0) | {"why-03": "mostly", "pf-scope": "whole"}
    now = mixed(second, 5, 1) | {"why-03": "started", "pf-populations": ("men",), "pf-scope": "one_program"}
    del then["why-01"]
    earlier = with_team(assessment(first, then, THEN, "Ask the night shift."))
    return compare(earlier, assessment(second, now, NOW, "We train each spring."), {"why-03": "not_yet"})


@pytest.fixture(scope="module")
def html(comparison: Comparison) -> str:
    return comparison_document(comparison)


@pytest.fixture(scope="module")
def file(html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "comparison.pdf"
    path.write_bytes(pdf(html))
    return path


def team_of(comparison: Comparison) -> TeamPlan:
    later = comparison.later
    return team_plan(action_plan(later.path, later.header), NO_WORK)


def words(html: str) -> str:
    """Return the text of a document, parsed strictly."""
    return " ".join("".join(html5lib.HTMLParser(strict=True).parse(html).itertext()).split())


def chapter(html: str) -> str:
    """Return the part of a document that tells what changed."""
    return html.split('<h2 id="comparison">', 1)[1].split("</section>", 1)[0]


def test_the_fixture_has_something_in_every_list(comparison: Comparison) -> None:
    assert [outcome for outcome, pairs in comparison.by_outcome.items() if not pairs] == []
    assert comparison.not_compared
    assert comparison.cautions
    assert {pair.reason for pair in comparison.not_compared} >= {"split", "merged", "dropped", "not_answered"}


def test_its_own_pdf_is_pdf_ua_reads_aloud_and_is_the_same_each_time(file: Path, html: str) -> None:
    assert validation_errors(file) == []
    assert pdf(html) == file.read_bytes()


def test_a_plan_with_the_chapter_is_too(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(document(team_of(comparison), comparison)))
    assert validation_errors(path) == []
    with pikepdf.open(path) as opened, opened.open_outline() as outline:
        appendix = next(item for item in outline.root if item.title == "Appendix")
    assert appendix.children[0].title == "What changed since March 1, 2026"


def test_a_plan_names_every_answer_that_changed_and_every_one_that_is_not_compared(
    comparison: Comparison,
) -> None:
    text = document(team_of(comparison), comparison).partition('id="changed"')[2].partition("<h3")[0]
    changed = [pair for pair in comparison.matched if pair.outcome != "same"]
    assert changed
    assert comparison.headline in text
    for pair in (*comparison.matched, *comparison.not_compared):
        assert pair.question.short in text


def test_without_a_comparison_the_plan_has_no_such_chapter(comparison: Comparison) -> None:
    assert "What changed" not in document(team_of(comparison))


def test_an_assessment_against_itself_and_two_empty_ones_print(tmp_path: Path) -> None:
    first = sample_questionnaire()
    for name, values in (("itself", mixed(first, 1, 0)), ("empty", {})):
        one = assessment(first, values, THEN)
        found = compare(one, one)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf(comparison_document(found)))
        assert validation_errors(path) == [], name
        assert found.scope in " ".join(text_of(path)), name


def test_it_says_everything_in_the_order_of_the_rules(comparison: Comparison, html: str) -> None:
    text, texts, place = words(html), comparison.texts, 0
    marks = [
        comparison.headline,
        *comparison.cautions,
        comparison.scope,
        comparison.sections[0].note,
        "Moved up",
        "Moved down",
    ]
    marks += [texts.now_known_intro, texts.now_unsure_intro, "The same as then", "Not compared"]
    marks += ["Actions, then and now", "Reason: The grant ended."]
    for mark in marks:
        place = text.find(mark, place)
        assert place >= 0, mark
    assert "A night van" in text
    for pair in comparison.not_compared:
        assert pair.question.short in text
        assert pair.why in text
    fates = comparison.action_outcomes
    for fate in chain.from_iterable(fates.values()):
        assert fate.why in text


def test_each_move_shows_both_answers_both_notes_and_how_clear_it_is(
    html: str, comparison: Comparison
) -> None:
    rows = html5lib.parse(html).iter(f"{HTML}tr")
    texts = [" ".join("".join(row.itertext()).split()) for row in rows]
    for pair in (*comparison.by_outcome["moved_up"], *comparison.by_outcome["moved_down"]):
        (row,) = [row for row in texts if row.startswith(f"{pair.question.short} {pair.before.label}")]
        assert pair.after.label in row
        assert "Ask the night shift." in row
        assert "We train each spring." in row
        assert pair.clear_reason in row
    (down,) = [row for row in texts if "Looking back, you now say: Not yet" in row]
    assert down.startswith(f"{sample_questionnaire().questions['why-03'].short} Mostly in place")


def test_each_page_after_the_first_says_what_it_belongs_to(file: Path) -> None:
    assert all("Harbor House · What changed" in text for text in text_of(file)[1:])


def test_notes_too_long_for_a_row_are_printed_below_the_table(tmp_path: Path) -> None:
    first, long = sample_questionnaire(), "We made a long list.\n" * 90
    then, now = (
        assessment(first, {"why-01": stage}, date, f"{long}{stage}")
        for stage, date in (("not_yet", THEN), ("mostly", NOW))
    )
    path = tmp_path / "long.pdf"
    html = comparison_document(compare(then, now))
    path.write_bytes(pdf(html))
    assert validation_errors(path) == []
    assert words(html).count("Your note is below.") == 2
    assert "Your note of September 1, 2026 on: " in words(html)


def test_a_note_that_did_not_change_is_printed_once() -> None:
    first = sample_questionnaire()
    then, now = (
        assessment(first, {"why-01": stage}, date, "As ever.")
        for stage, date in (("not_yet", THEN), ("mostly", NOW))
    )
    html = comparison_document(compare(then, now))
    assert (html.count("As ever."), html.count("The same note.")) == (1, 1)


def test_what_was_typed_is_text_and_reads_in_its_direction(tmp_path: Path) -> None:
    first = sample_questionnaire()
    then = assessment(first, {"why-01": "not_yet"}, THEN, "<script>alert(1)</script>")
    now = assessment(first, {"why-01": "mostly"}, NOW, "שלום 𓀀")
    html = comparison_document(compare(then, now))
    assert "<script" not in html
    assert 'dir="rtl">שלום' in html
    assert html.count("cannot be printed here") == 1
    path = tmp_path / "hebrew.pdf"
    path.write_bytes(pdf(html))
    assert validation_errors(path) == []
