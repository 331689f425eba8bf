"""What holds for every plan, whatever is answered."""

import itertools
from collections.abc import Mapping

from hypothesis import assume, given
from hypothesis import strategies as st

from questions.answers import Answers, usable_answers
from questions.conditions import Answer, truth
from questions.kinds.matrix import MatrixQuestion
from questions.path import Path, path_of
from reports.documents.json import plan_json
from reports.plan.model import ActionPlan, Cause, Help
from reports.plan.priorities import findings_of, tie_break
from tests.support.sample import sample_questionnaire
from tests.support.strategies import (
    answer_to,
    mutilated_values,
    paths,
    plan_from,
    plans,
    valid_answers,
    valid_values,
)

STAGES = ("part_of_work", "mostly", "started", "not_yet")
TWINS = {"tri-enhancing-resiliency-webinar", "nhtrc-enhancing-resiliency-training"}


def path_with(values: Mapping[str, Answer]) -> Path:
    return path_of(sample_questionnaire(), Answers(by_question=values))


def helps(plan: ActionPlan) -> list[Help]:
    return [*(action.help for action in plan.actions), *(need.help for need in plan.training)]


@given(
    mutilated_values(),
    st.dictionaries(st.sampled_from(sorted(sample_questionnaire().questions)), st.text(), max_size=3),
)
def test_mutilated_answers_that_were_stored_still_give_a_plan(
    values: dict[str, object], texts: dict[str, str]
) -> None:
    answers = usable_answers(sample_questionnaire(), Answers(by_question=values, notes=texts, reasons=texts))
    assert plan_json(plan_from(path_of(sample_questionnaire(), answers)))


@given(valid_answers())
def test_an_answer_off_the_path_is_not_used_in_the_plan(answers: Answers) -> None:
    path = path_of(sample_questionnaire(), answers)
    assert plan_json(plan_from(path)) == plan_json(plan_from(path_of(sample_questionnaire(), path.active)))


@given(valid_values(), st.data())
def test_changing_an_answer_off_the_path_does_not_change_the_plan(
    values: dict[str, Answer], data: st.DataObject
) -> None:
    values = {**values, "pf-populations": ("men",), "pf-trafficking": ("sex",), "pf-partners": ("none",)}
    path = path_with(values)
    off = [id_ for id_ in sample_questionnaire().questions if id_ not in path.visible]
    id_ = data.draw(st.sampled_from(off))
    other = data.draw(answer_to(sample_questionnaire(), sample_questionnaire().questions[id_]))
    assert plan_json(plan_from(path_with({**values, id_: other}))) == plan_json(plan_from(path))


@given(valid_values(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(values: dict[str, Answer], random: object) -> None:
    shuffled = list(values.items())
    random.shuffle(shuffled)
    mixed = {
        id_: dict(reversed(answer.items())) if isinstance(answer, Mapping) else answer
        for id_, answer in shuffled
    }
    assert plan_json(plan_from(path_with(mixed))) == plan_json(plan_from(path_with(values)))


@given(valid_values(), st.data())
def test_a_worse_answer_never_lowers_a_priority_or_a_rank(
    values: dict[str, Answer], data: st.DataObject
) -> None:
    on_path = path_with(values)
    graded = [
        id_
        for id_ in on_path.visible
        if sample_questionnaire().questions[id_].is_practice
        and on_path.active.by_question.get(id_) in STAGES[:-1]
    ]
    assume(graded)
    id_ = data.draw(st.sampled_from(graded))
    worse = STAGES[STAGES.index(str(values[id_])) + 1]
    before, after = on_path, path_with({**values, id_: worse})
    old = {finding.question.id: finding for finding in findings_of(before)}
    new = {finding.question.id: finding for finding in findings_of(after)}
    assert new[id_].priority > old[id_].priority
    assert {**new, id_: None} == {**old, id_: None}
    ranks = {action.question.id: action.rank for action in plan_from(before).actions}
    worse_ranks = {action.question.id: action.rank for action in plan_from(after).actions}
    assert worse_ranks[id_] <= ranks.get(id_, len(worse_ranks))


def without(values: Mapping[str, Answer], causes: set[Cause]) -> dict[str, Answer]:
    """Return the answers less those that are causes (of a matrix, only the rows)."""
    left = {}
    for id_, answer in values.items():
        if isinstance(answer, Mapping):
            rows = {row: value for row, value in answer.items() if Cause(question=id_, row=row) not in causes}
            left |= {id_: rows} if rows else {}
        elif Cause(question=id_) not in causes:
            left[id_] = answer
    return left


@given(paths(), st.data())
def test_every_recommendation_disappears_without_the_answers_it_names(
    path: Path, data: st.DataObject
) -> None:
    plan = plan_from(path)
    assume(plan.resources)
    chosen = data.draw(st.sampled_from(plan.resources))
    assert len(chosen.causes) == len(chosen.reasons) > 0
    for cause in chosen.causes:
        answer = path.active.by_question[cause.question]
        assert cause.row in answer if isinstance(answer, Mapping) else not cause.row
    left = plan_from(path_with(without(path.active.by_question, set(chosen.causes))))
    assert chosen.resource.id not in {item.resource.id for item in left.resources}
    last = plan_from(path_with(without(path.active.by_question, set(chosen.causes[1:]))))
    assert [item.causes for item in last.resources if item.resource.id == chosen.resource.id] == [
        chosen.causes[:1]
    ]


@given(plans())
def test_ranks_follow_priority_with_ties_in_the_printed_order(plan: ActionPlan) -> None:
    rules, effort = plan.questionnaire.rules, {"low": 0, "medium": 1, "high": 2}
    assert [action.rank for action in plan.actions] == list(range(1, len(plan.actions) + 1))
    assert [step.id for step in rules.tie_breaks] == [
        "importance_high_first", "branch_match", "effort_low_first", "guide_order",
    ]  # fmt: skip
    order = [
        (-f.priority, -f.importance.value, not f.fits_profile, effort[f.question.effort], f.guide_order)
        for f in (action.finding for action in plan.actions)
    ]
    assert order == sorted(set(order))
    for before, action in itertools.pairwise(plan.actions):
        assert bool(action.equal_points) == (before.finding.priority == action.finding.priority)
        assert bool(action.equal_points) == bool(tie_break(rules, before.finding, action.finding))


@given(plans())
def test_the_plan_holds_as_many_actions_as_its_size_allows(plan: ActionPlan) -> None:
    assert len(plan.planned) == min(plan.size, len(plan.actions))
    assert (*plan.planned, *plan.further) == plan.actions
    assert 1 <= plan.size <= 5


@given(plans())
def test_each_practice_on_the_path_appears_in_exactly_one_list(plan: ActionPlan) -> None:
    places = [
        [finding.question.id for finding in plan.strengths],
        [action.question.id for action in plan.actions],
        [item.cause.question for item in plan.find_out_first if not item.cause.row],
        [item.question.id for item in plan.not_applicable],
        [item.question.id for item in plan.unanswered],
    ]
    everywhere = [id_ for ids in places for id_ in ids]
    assert len(everywhere) == len(set(everywhere)) == sum(sum(s.counts.values()) for s in plan.sections)


@given(plans())
def test_each_resource_of_the_guide_is_recommended_or_excluded_with_a_reason(plan: ActionPlan) -> None:
    taken = [item.resource.id for item in plan.resources]
    others = [item.resource.id for item in plan.not_recommended]
    assert sorted([*taken, *others]) == sorted(plan.questionnaire.resource)
    shown = {r.id for h in helps(plan) for c in h.resources for r in (c.resource, c.also) if r}
    assert set(taken) == shown
    assert all(item.why for item in plan.not_recommended)


@given(paths())
def test_a_resource_for_others_is_never_shown(path: Path) -> None:
    for item in plan_from(path).resources:
        assert truth(item.resource.show_when, path.active.by_question) is not False


@given(plans())
def test_an_action_shows_three_resources_at_most_and_none_twice(plan: ActionPlan) -> None:
    for help_ in helps(plan):
        shown = [chosen.resource.id for chosen in help_.resources]
        assert len(shown) == len(set(shown)) <= 3
        assert len(TWINS & set(shown)) <= 1


@given(plans())
def test_supplements_are_shown_only_where_the_guide_has_a_gap(plan: ActionPlan) -> None:
    for help_ in helps(plan):
        assert help_.guide_gap or not help_.supplements
        assert help_.resources or help_.guide_gap


@given(paths())
def test_a_plan_without_actions_and_needs_recommends_nothing(path: Path) -> None:
    best = {"tr-outside": "past_year"}
    for id_, question in sample_questionnaire().questions.items():
        if question.is_practice:
            best[id_] = "part_of_work"
    matrices = {id_ for id_, q in sample_questionnaire().questions.items() if isinstance(q, MatrixQuestion)}
    values = {id_: answer for id_, answer in path.active.by_question.items() if id_ not in matrices}
    plan = plan_from(path_with({**values, **best}))
    assert plan.actions == plan.training == plan.resources == ()
    assert plan.strengths
