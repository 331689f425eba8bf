"""Two assessments side by side: what is compared, what is not and why, and what asks for care."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from questions.answers import Answers
from questions.loading.loader import load
from questions.model import Questionnaire
from questions.path import path_of
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment, NotCompared
from reports.plan.builder import Header
from tests.conftest import AssessmentOf
from tests.support.second_version import TODAY, VERSION, reworded_files, second_version

THEN, NOW = datetime.date(2026, 3, 1), datetime.date(2026, 9, 1)


@pytest.fixture
def changed(assessment_of: AssessmentOf) -> object:
    """Compare two sets of answers; `then` and `now` also take notes and reasons."""

    def build(then: Mapping[str, object], now: Mapping[str, object], **more: object) -> Comparison:
        look_back = more.pop("look_back", {})
        notes = {"then": more.pop("notes_then", {}), "now": more.pop("notes_now", {})}
        reasons = {"then": more.pop("reasons_then", {}), "now": more.pop("reasons_now", {})}
        assessments = [
            FinishedAssessment(
                path=assessment_of(values, notes=notes[name], reasons=reasons[name], **more),
                header=Header(agency="Harbor House", date=date),
            )
            for name, values, date in (("then", then, THEN), ("now", now, NOW))
        ]
        return compare(*assessments, look_back)

    return build


def across(then: Mapping[str, object], now: Mapping[str, object], first: Questionnaire) -> Comparison:
    """Compare answers to today's version with answers to the second one."""
    return compare(assessment(first, then, THEN), assessment(second_version(), now, NOW))


def assessment(
    questionnaire: Questionnaire, values: Mapping[str, object], date: datetime.date
) -> FinishedAssessment:
    path = path_of(questionnaire, Answers(by_question=values))
    return FinishedAssessment(path=path, header=Header(agency="Harbor House", date=date))


def ids(items: tuple) -> list[str]:
    return [item.question.id for item in items]


def not_compared(comparison: Comparison) -> dict[str, tuple[str, str]]:
    """Return reason and sentence of each practice that is not compared, less those without an answer."""
    return {
        pair.question.id: (pair.reason, pair.why)
        for pair in comparison.not_compared
        if pair.why != comparison.texts.not_compared_blank_both
    }


def test_a_stage_is_compared_with_a_stage(changed) -> None:
    found = changed(
        {"why-01": "not_yet", "why-02": "mostly", "why-03": "part_of_work"},
        {"why-01": "mostly", "why-02": "mostly", "why-03": "started"},
    )
    assert {outcome: ids(pairs) for outcome, pairs in found.by_outcome.items() if pairs} == {
        "moved_up": ["why-01"],
        "same": ["why-02"],
        "moved_down": ["why-03"],
    }
    assert [pair.steps for pair in found.matched] == [2, 0, -2]
    (up,) = found.by_outcome["moved_up"]
    assert (up.before.label, up.after.label) == ("Not yet", "Mostly in place")
    assert found.compared == 3
    assert found.scope == f"Compared: 3 of {found.of} questions"


def test_every_practice_on_the_path_in_one_of_the_two_is_counted_once(changed, questionnaire) -> None:
    found = changed({}, {})
    practices = [q for q in questionnaire.questions.values() if q.is_practice]
    assert (found.compared, found.of) == (0, len(practices))
    assert ids(found.not_compared) == [q.id for q in practices]


def test_not_sure_is_neither_progress_nor_a_slip(changed) -> None:
    found = changed(
        {"why-01": "not_sure", "why-02": "part_of_work", "why-03": "not_sure"},
        {"why-01": "part_of_work", "why-02": "not_sure", "why-03": "not_sure"},
    )
    assert (ids(found.by_outcome["now_known"]), ids(found.by_outcome["now_unsure"])) == (
        ["why-01"],
        ["why-02"],
    )
    assert [(pair.steps, pair.is_clear_move, pair.caveat) for pair in found.matched] == [(0, False, "")] * 2
    assert not_compared(found) == {"why-03": ("unsure_both", "You were not sure, then and now.")}
    assert found.compared == 0


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (None, "not_yet", "It was not answered then."),
        ("not_yet", None, "It is not answered now."),
        (None, "not_applicable", "It was not answered then."),
        ("not_sure", None, "It is not answered now."),
    ],
)
def test_it_says_when_the_answer_is_missing(changed, then, now, why) -> None:
    found = changed({"why-01": then}, {"why-01": now})
    assert not_compared(found) == {"why-01": ("not_answered", why)}


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (
            "not_applicable",
            "not_yet",
            "You said then that it does not apply to you. The reason you gave then: “No such work.”",
        ),
        (
            "mostly",
            "not_applicable",
            "You say now that it does not apply to you. The reason you give now: “Closed.”",
        ),
        (
            "not_applicable",
            "not_applicable",
            "You said both times that it does not apply to you. The reason you gave then: “No such work.” "
            "The reason you give now: “Closed.”",
        ),
        (
            "not_applicable",
            "not_sure",
            "You said then that it does not apply to you. The reason you gave then: “No such work.”",
        ),
    ],
)
def test_it_says_when_a_practice_does_not_apply_and_the_reason(changed, then, now, why) -> None:
    found = changed(
        {"why-01": then},
        {"why-01": now},
        reasons_then={"why-01": "No such work."},
        reasons_now={"why-01": "Closed."},
    )
    assert not_compared(found) == {"why-01": ("not_applicable", why)}


def test_what_is_off_the_path_in_one_of_the_two_is_not_compared(changed) -> None:
    men, youth = {"pf-populations": ["men"]}, {"pf-populations": ["rhy"]}
    answer = {"why-06": "not_yet"}
    gone, come = (
        changed({**youth, **answer}, {**men, **answer}),
        changed({**men, **answer}, {**youth, **answer}),
    )
    assert not_compared(gone)["why-06"] == (
        "no_longer_applies",
        "It is not asked now, because of another answer.",
    )
    assert not_compared(come)["why-06"] == (
        "not_asked_before",
        "It was not asked then, because of another answer.",
    )
    (pair,) = [pair for pair in gone.not_compared if pair.question.id == "why-06"]
    assert (pair.before.value, pair.after) == ("not_yet", None)


def test_what_is_off_the_path_in_both_is_not_listed(changed) -> None:
    men = {"pf-populations": ["men"], "why-06": "not_yet"}
    found = changed(men, men)
    assert "why-06" not in ids((*found.matched, *found.not_compared))


def test_two_steps_are_clear_and_one_is_with_a_new_note(changed) -> None:
    then = dict.fromkeys(("why-01", "why-02", "why-03", "why-04"), "not_yet")
    now = then | {"why-01": "mostly", "why-02": "started", "why-03": "started", "why-04": "started"}
    found = changed(
        then, now, notes_then={"why-04": "Old."}, notes_now={"why-02": "We train.", "why-04": "Old."}
    )
    two, noted, bare, carried = found.by_outcome["moved_up"]
    assert (two.is_clear_move, two.clear_reason, two.caveat) == (True, "2 steps: a clear move.", "")
    assert (noted.is_clear_move, noted.clear_reason) == (True, "1 step with a new note: a clear move.")
    assert (bare.is_clear_move, bare.clear_reason) == (False, "")
    assert bare.caveat.startswith("1 step with no new note: it may be chance.")
    assert bare.caveat.endswith(bare.question.evidence_prompt)
    assert not carried.is_clear_move
    assert (carried.note_before, carried.note_after) == ("Old.", "Old.")


def test_a_step_down_is_weighed_the_same_way(changed) -> None:
    found = changed({"why-01": "mostly", "why-02": "mostly"}, {"why-01": "not_yet", "why-02": "started"})
    assert [(pair.steps, pair.is_clear_move) for pair in found.by_outcome["moved_down"]] == [
        (-2, True),
        (-1, False),
    ]


def test_a_look_back_is_shown_beside_the_first_answer_of_a_move_down(changed) -> None:
    found = changed(
        {"why-01": "mostly", "why-02": "not_yet"},
        {"why-01": "started", "why-02": "mostly"},
        look_back={"why-01": "not_yet", "why-02": "started"},
    )
    (down,) = found.by_outcome["moved_down"]
    assert (down.before.label, down.look_back.label, down.steps) == ("Mostly in place", "Not yet", -1)
    assert found.by_outcome["moved_up"][0].look_back is None


def test_both_bars_of_a_section_count_the_same_questions(changed, questionnaire) -> None:
    found = changed(
        {"why-01": "not_yet", "why-02": "not_yet", "why-03": "not_sure", "harm-01": "mostly"},
        {"why-01": "mostly", "why-02": "not_yet", "why-03": "mostly"},
    )
    section = found.sections[0]
    assert section.part is questionnaire.practice_parts[0]
    assert list(section.before.counts.values()) == [2, 0, 0, 0]
    assert list(section.after.counts.values()) == [1, 0, 1, 0]
    assert (section.compared, section.left_out) == (2, 5)
    assert section.note == "Not in this chart: 5 of 7 questions."
    empty = next(s for s in found.sections if s.part.id == "harm")
    assert (empty.compared, empty.note) == (
        0,
        f"None of the {empty.left_out} questions of this section can be compared.",
    )


def test_a_change_of_scope_or_of_who_answered_is_a_caution(changed) -> None:
    found = changed(
        {"pf-scope": "whole", "pf-who": "team", "pf-who-roles": ["leader", "direct"], "pf-size": "s6_20"},
        {"pf-scope": "one_program", "pf-who": "team", "pf-size": "s1_5"},
    )
    assert found.cautions == (
        "What are you answering for? Then: The whole agency. Now: One program or site. "
        "Some of the changes below may come from that.",
        "Which views are in the room? Then: Director or program manager; Staff who work with clients each "
        "day. Now: no answer. Some of the changes below may come from that.",
    )


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ("2026-03-01", "0 days"),
        ("2026-03-02", "1 day"),
        ("2026-05-28", "88 days"),
        ("2026-05-29", ""),
        ("2025-12-15", "76 days"),
    ],
)
def test_less_than_three_months_between_the_two_is_a_caution(assessment_of, later: str, said: str) -> None:
    path = assessment_of()
    one, other = (
        FinishedAssessment(path=path, header=Header(agency="", date=datetime.date.fromisoformat(date)))
        for date in ("2026-03-01", later)
    )
    cautions = compare(one, other).cautions
    assert [f"({said})" in caution for caution in cautions] == ([True] if said else [])


def test_a_version_that_asks_the_same_is_no_caution(questionnaire: Questionnaire) -> None:
    reworded = load(reworded_files())
    assert reworded.version != questionnaire.version
    for one, other in [(questionnaire, reworded), (reworded, questionnaire)]:
        assert compare(assessment(one, {}, THEN), assessment(other, {}, NOW)).cautions == ()


def test_another_version_is_a_caution_and_no_question_is_lost(questionnaire: Questionnaire) -> None:
    practices = dict.fromkeys(questionnaire.questions, "")
    then = {id_: "not_yet" for id_ in practices if questionnaire.questions[id_].is_practice}
    second = second_version()
    now = {id_: "mostly" for id_, q in second.questions.items() if q.is_practice}
    found = across(then, now, questionnaire)
    assert f"from version {TODAY} to version {VERSION}" in found.cautions[-1]
    assert not_compared(found) == {
        "start-02": (
            "wording_changed",
            f"What it asks for is not the same in versions {TODAY} and {VERSION}.",
        ),
        "start-09": ("new_question", f"Version {TODAY} does not ask this."),
        "harm-08": ("dropped", f"Version {VERSION} does not ask this."),
        "cap-01": (
            "split",
            f"Version {VERSION} asks for this in more than one question: "
            "A list of skills for each job; A record of skills learned.",
        ),
        **dict.fromkeys(
            ("cap-09", "cap-10"),
            (
                "split",
                f"It asks for a part of what version {TODAY} asks in one question: "
                "A skills list for each job.",
            ),
        ),
        **dict.fromkeys(
            ("signs-03", "signs-04"),
            (
                "merged",
                f"Version {VERSION} asks for this together with something else: Intake at the client’s pace.",
            ),
        ),
        "signs-07": (
            "merged",
            f"It asks in one for what version {TODAY} asks in more than one question: "
            "Screening at the client’s pace; Intake that asks only what is needed.",
        ),
    }
    assert "harm-06" in ids(found.by_outcome["moved_up"])
    assert ids(found.by_outcome["moved_up"]) == [id_ for id_ in then if id_ in now and id_ != "start-02"]
    assert found.of == len({*then, *now})


def test_each_practice_is_in_the_words_of_its_own_version(questionnaire: Questionnaire) -> None:
    found = across({"harm-06": "not_yet", "harm-08": "started"}, {"harm-06": "mostly"}, questionnaire)
    (up,) = found.by_outcome["moved_up"]
    assert up.question is second_version().questions["harm-06"]
    (gone,) = [pair for pair in found.not_compared if pair.reason == "dropped"]
    assert gone.question is questionnaire.questions["harm-08"]
    assert gone.before.label == "Getting started"
    assert gone.part.id == "harm"


def test_versions_can_be_compared_in_the_other_order_too(questionnaire: Questionnaire) -> None:
    later = assessment(questionnaire, {"why-01": "mostly", "harm-08": "mostly"}, NOW)
    found = compare(assessment(second_version(), {"why-01": "not_yet", "start-09": "mostly"}, THEN), later)
    reasons = {pair.question.id: pair.reason for pair in found.not_compared}
    assert (reasons["harm-08"], reasons["start-09"]) == ("new_question", "dropped")
    assert {reasons[id_] for id_ in ("cap-01", "cap-09", "cap-10")} == {"split"}
    assert {reasons[id_] for id_ in ("signs-03", "signs-04", "signs-07")} == {"merged"}
    assert reasons["start-02"] == "wording_changed"
    assert ids(found.by_outcome["moved_up"]) == ["why-01"]


def test_reasons_are_listed_in_a_fixed_order_under_their_headings(changed) -> None:
    found = changed(
        {"why-01": "not_sure", "why-02": "not_yet"}, {"why-01": "not_sure", "why-02": "not_applicable"}
    )
    headings = [heading for heading, _ in found.not_compared_by_reason]
    assert headings == ["Not answered", "Does not apply", "Not sure, then and now"]
    assert sum(len(pairs) for _, pairs in found.not_compared_by_reason) == len(found.not_compared)
    assert all(isinstance(pair, NotCompared) for _, pairs in found.not_compared_by_reason for pair in pairs)
