"""What holds for every two assessments, of one version or of two."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.conditions import NOT_SURE
from questions.model import Questionnaire, major
from questions.path import path_of
from reports.comparison.compare import compare
from reports.comparison.model import ACTION_OUTCOME_KINDS, Comparison, FinishedAssessment
from reports.documents.json import comparison_json
from reports.plan.builder import Header, action_plan
from tests.support.sample import sample_questionnaire
from tests.support.second_version import second_version
from tests.support.strategies import answer_to, valid_answers

STAGES = {"not_yet", "started", "mostly", "part_of_work"}
SWAPPED = {
    "no_longer_applies": "not_asked_before",
    "not_asked_before": "no_longer_applies",
    "new_question": "dropped",
    "dropped": "new_question",
}


@cache
def answers_to(version: str) -> st.SearchStrategy[Answers]:
    """Return valid answers to a version of the questionnaire."""
    if version != second_version().version:
        return valid_answers()
    questionnaire = second_version()
    each = {id_: answer_to(questionnaire, q) for id_, q in questionnaire.questions.items()}
    left_out = st.sets(st.sampled_from(sorted(each)), max_size=20)
    return st.tuples(st.fixed_dictionaries(each), left_out).map(
        lambda made: Answers(by_question={id_: a for id_, a in made[0].items() if id_ not in made[1]})
    )


@cache
def assessments() -> st.SearchStrategy[FinishedAssessment]:
    """Return assessments by today's version or by the second one, on some day."""
    days = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
    versions = (sample_questionnaire(), second_version())
    return st.one_of(
        st.builds(assessment, st.just(version), answers_to(version.version), days) for version in versions
    )


def assessment(questionnaire: Questionnaire, answers: Answers, day: datetime.date) -> FinishedAssessment:
    return FinishedAssessment(path=path_of(questionnaire, answers), header=Header(agency="", date=day))


def ids(items: tuple) -> list[str]:
    return [item.question.id for item in items]


def on_path(one: FinishedAssessment) -> set[str]:
    """Return the practices on the path."""
    questions = one.path.questionnaire.questions
    return {id_ for id_ in one.path.visible if questions[id_].is_practice}


def planned(one: FinishedAssessment) -> set[str]:
    """Return the practices whose actions the tool plans."""
    return {action.question.id for action in action_plan(one.path, one.header).planned}


def same_question(one: FinishedAssessment, other: FinishedAssessment, id_: str) -> bool:
    """Return whether both versions have the question with the same major version."""
    pair = [assessment.path.questionnaire.questions.get(id_) for assessment in (one, other)]
    return None not in pair and major(pair[0].version) == major(pair[1].version)


@given(assessments())
def test_an_assessment_against_itself_has_no_movement_and_compares_all_stages(
    one: FinishedAssessment,
) -> None:
    found = compare(one, one)
    assert [outcome for outcome, pairs in found.by_outcome.items() if pairs and outcome != "same"] == []
    answered = {id_ for id_ in on_path(one) if one.path.active.by_question.get(id_) in STAGES}
    assert set(ids(found.by_outcome["same"])) == answered
    assert {pair.reason for pair in found.not_compared} <= {"not_answered", "not_applicable", "unsure_both"}
    assert set(ids(found.action_outcomes["still_due"])) == planned(one)
    assert not any(found.action_outcomes[kind] for kind in ACTION_OUTCOME_KINDS if kind != "still_due")
    for fate in found.action_outcomes["still_due"]:
        assert set(re.findall("[0-9]+", fate.why)) == {str(fate.rank_then)}
    assert all(section.before.counts == section.after.counts for section in found.sections)


@given(assessments(), assessments())
def test_swapping_the_assessments_swaps_moves_up_and_down(
    one: FinishedAssessment, other: FinishedAssessment
) -> None:
    there, back = compare(one, other), compare(other, one)
    for name, opposite in (
        ("moved_up", "moved_down"),
        ("moved_down", "moved_up"),
        ("same", "same"),
        ("now_known", "now_unsure"),
        ("now_unsure", "now_known"),
    ):
        assert set(ids(there.by_outcome[name])) == set(ids(back.by_outcome[opposite]))
    steps = {pair.question.id: -pair.steps for pair in back.matched}
    assert {pair.question.id: pair.steps for pair in there.matched} == steps
    reasons = {pair.question.id: SWAPPED.get(pair.reason, pair.reason) for pair in back.not_compared}
    assert {pair.question.id: pair.reason for pair in there.not_compared} == reasons
    by_rule = {fate.question.id for fate in there.action_outcomes["newly_due"] if fate.by_rule}
    assert by_rule == set(ids(back.action_outcomes["rule_changed"]))


@given(assessments(), assessments())
def test_every_practice_on_a_path_is_in_one_list_and_only_there(
    one: FinishedAssessment, other: FinishedAssessment
) -> None:
    found = compare(one, other)
    lists = [*found.by_outcome.values(), found.not_compared]
    listed = [id_ for items in lists for id_ in ids(items)]
    assert sorted(listed) == sorted(on_path(one) | on_path(other))
    assert found.of == len(listed)
    assert found.compared == len(found.by_outcome["moved_up"]) + len(found.by_outcome["same"]) + len(
        found.by_outcome["moved_down"]
    )
    assert all(pair.why for pair in found.not_compared)


@given(assessments(), assessments())
def test_only_questions_that_both_asked_alike_are_compared(
    one: FinishedAssessment, other: FinishedAssessment
) -> None:
    found = compare(one, other)
    for pair in found.matched:
        id_ = pair.question.id
        assert id_ in on_path(one) & on_path(other)
        assert same_question(one, other, id_)
        assert (pair.before.value, pair.after.value) == (
            one.path.active.by_question[id_],
            other.path.active.by_question[id_],
        )


@given(assessments(), assessments())
def test_what_is_off_the_path_changes_nothing(one: FinishedAssessment, other: FinishedAssessment) -> None:
    bare = [
        FinishedAssessment(path=path_of(s.path.questionnaire, s.path.active), header=s.header)
        for s in (one, other)
    ]
    assert comparison_json(compare(*bare)) == comparison_json(compare(one, other))


@given(assessments(), assessments())
def test_not_sure_is_never_progress_and_never_a_slip(
    one: FinishedAssessment, other: FinishedAssessment
) -> None:
    found = compare(one, other)
    for pair in (*found.by_outcome["moved_up"], *found.by_outcome["same"], *found.by_outcome["moved_down"]):
        assert {pair.before.value, pair.after.value} <= STAGES
        assert NOT_SURE not in (pair.before.value, pair.after.value)
    assert all(pair.before.value == NOT_SURE for pair in found.by_outcome["now_known"])
    assert all(pair.after.value == NOT_SURE for pair in found.by_outcome["now_unsure"])
    assert all(not pair.steps for pair in (*found.by_outcome["now_known"], *found.by_outcome["now_unsure"]))


@given(assessments(), assessments())
def test_both_bars_of_a_chart_count_the_compared_questions(
    one: FinishedAssessment, other: FinishedAssessment
) -> None:
    found = compare(one, other)
    for section in found.sections:
        before, after = (sum(side.counts.values()) for side in (section.before, section.after))
        assert before == after == section.compared
    assert sum(section.compared for section in found.sections) == found.compared
    assert sum(section.compared + section.left_out for section in found.sections) == found.of


@given(assessments(), assessments())
def test_every_planned_action_has_one_outcome(one: FinishedAssessment, other: FinishedAssessment) -> None:
    fates = compare(one, other).action_outcomes
    then, now = planned(one), planned(other)
    went = [found for kind, found in fates.items() if kind != "newly_due"]
    assert sorted(id_ for items in went for id_ in ids(items)) == sorted(then)
    followed = {id_ for id_ in then if same_question(one, other, id_)}
    assert sorted(ids(fates["newly_due"])) == sorted(now - followed)
    assert set(ids(fates["still_due"])) <= followed & now
    if one.path.questionnaire is other.path.questionnaire:
        assert not fates["rule_changed"]
        assert not any(fate.by_rule for fate in fates["newly_due"])


@given(assessments(), assessments(), st.data())
def test_a_look_back_changes_nothing_but_itself(
    one: FinishedAssessment, other: FinishedAssessment, data: st.DataObject
) -> None:
    plain = compare(one, other)
    assume(plain.by_outcome["moved_down"])
    chosen = data.draw(st.sampled_from(ids(plain.by_outcome["moved_down"])))
    looked: Comparison = compare(one, other, {chosen: "not_yet"})
    assert [pair.question.id for pair in looked.matched if pair.look_back] == [chosen]
    assert [(p.before, p.after, p.steps) for p in looked.matched] == [
        (p.before, p.after, p.steps) for p in plain.matched
    ]
    assert looked.action_outcomes == plain.action_outcomes


@given(assessments(), assessments())
def test_the_public_form_keeps_the_contract(one: FinishedAssessment, other: FinishedAssessment) -> None:
    found = compare(one, other)
    data = comparison_json(found)
    assert json.loads(json.dumps(data)) == data
    lists = ("moved_up", "same", "moved_down", "now_known", "now_unsure")
    assert set(data) >= {"compared", "of", *lists, "not_compared", "plan"}
    assert tuple(data["plan"]) == ACTION_OUTCOME_KINDS
    assert all(isinstance(id_, str) for name in lists for id_ in data[name])
    assert all(set(item) >= {"question", "why", "reason"} for item in data["not_compared"])
    assert data["compared"] == sum(len(data[name]) for name in lists[:3])
    assert data["of"] == sum(len(data[name]) for name in (*lists, "not_compared"))
