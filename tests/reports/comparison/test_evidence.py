"""Clear moves in versions that ask what the agency can point to, and a first look beside the whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from questions.answers import Answers
from questions.loading.depth import with_depth
from questions.model import Questionnaire
from questions.path import path_of
from questions.rules import Depth
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.plan.builder import Header
from tests.support.composing import composed_questionnaire

THEN, NOW = datetime.date(2026, 1, 5), datetime.date(2026, 9, 7)


def assessment(
    questionnaire: Questionnaire,
    values: Mapping[str, object],
    date: datetime.date,
    notes: Mapping[str, str] = {},
    points_to: frozenset[str] = frozenset(),
) -> FinishedAssessment:
    answers = Answers(by_question=values, notes=notes, points_to=points_to)
    return FinishedAssessment(path=path_of(questionnaire, answers), header=Header(agency="", date=date))


def moved(values: Mapping[str, object], **more: object) -> Comparison:
    known = composed_questionnaire()
    return compare(
        assessment(known, dict.fromkeys(values, "not_yet"), THEN), assessment(known, values, NOW, **more)
    )


def test_evidence_makes_a_step_clear_and_a_note_alone_does_not() -> None:
    by_note = moved({"why-01": "started"}, notes={"why-01": "We ordered it."})
    assert not by_note.matched[0].is_clear_move
    by_evidence = moved({"why-01": "started"}, points_to=frozenset({"why-01"}))
    assert by_evidence.matched[0].is_clear_move
    assert by_evidence.matched[0].clear_reason.startswith("1 step, and evidence:")
    assert moved({"why-01": "mostly"}).matched[0].is_clear_move


def test_that_one_step_may_be_chance_is_said_once_above_the_list() -> None:
    found = moved({"why-01": "started", "why-02": "started"})
    assert found.one_step_intro == "One step can be chance."
    assert {pair.caveat for pair in found.matched} == {""}
    assert moved({"why-01": "mostly"}).one_step_intro == ""


def test_a_first_look_is_compared_only_on_what_both_asked() -> None:
    known = composed_questionnaire()
    depth = Depth(question="pf-scope", essentials="one_program")
    parts = with_depth(depth, known.parts)
    known = replace(known, parts=parts, rules=replace(known.rules, depth=depth))
    first = assessment(known, {"pf-scope": "one_program", "why-01": "not_yet"}, THEN)
    whole = assessment(known, {"pf-scope": "whole", "why-01": "started"}, NOW)
    assert "why-01" not in first.path.visible
    found = compare(first, whole)
    assert found.of == 0
    assert "One was a first look." in found.cautions
