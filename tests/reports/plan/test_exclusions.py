"""Why a resource is not recommended, and which answers would bring it in."""

from collections.abc import Mapping

import pytest
from hypothesis import given

from questions.answers import Answers
from questions.loading.loader import load
from questions.path import Path, path_of
from reports.plan.counterfactuals import with_changes
from reports.plan.model import ActionPlan, AnswerChange, NotRecommended
from reports.plan.translations import listed
from tests.conftest import AssessmentOf, PlanOf
from tests.support.broken_content import broken
from tests.support.sample import sample_questionnaire
from tests.support.strategies import paths, plan_from, valid_answers

FEW = "Few or none could use this on the job today"
TOPICS = "How many of the staff who need this skill could use it on the job today?"


def left_out(plan: ActionPlan) -> dict[str, NotRecommended]:
    return {item.resource.id: item for item in plan.not_recommended}


def recommended(plan: ActionPlan) -> set[str]:
    return {item.resource.id for item in plan.resources}


def plan_with(answers: Answers, changes: tuple[AnswerChange, ...]) -> ActionPlan:
    """Return the plan after these changes; every changed answer has to be an allowed one."""
    questionnaire = sample_questionnaire()
    values = with_changes(questionnaire, answers.by_question, changes)
    for id_, value in values.items():
        raw = list(value) if isinstance(value, tuple) else value
        assert questionnaire.questions[id_].check(questionnaire, raw) == value
    return plan_from(path_of(questionnaire, Answers(by_question=values)))


@given(valid_answers())
def test_the_suggested_changes_bring_the_resource_in(answers: Answers) -> None:
    for item in plan_from(path_of(sample_questionnaire(), answers)).not_recommended:
        assert not item.changes or item.resource.id in recommended(plan_with(answers, item.changes))


@given(paths())
def test_the_suggested_changes_are_minimal(path: Path) -> None:
    for item in plan_from(path).not_recommended:
        for change in item.changes:
            fewer = tuple(other for other in item.changes if other is not change)
            assert item.resource.id not in recommended(plan_with(path.active, fewer))


@given(paths())
def test_only_the_twin_of_a_recommended_resource_has_no_suggested_change(path: Path) -> None:
    plan = plan_from(path)
    taken = recommended(plan)
    for item in plan.not_recommended:
        assert bool(item.changes) is bool(item.would_bring)
        assert bool(item.changes) is (item.resource.same_as not in taken)


@given(paths())
def test_the_sentence_names_every_answer_and_is_well_formed(path: Path) -> None:
    for item in plan_from(path).not_recommended:
        sentence = item.would_bring
        assert sentence.count("“") == sentence.count("”")
        assert not {"{", "}", "  ", "“”"} & {
            sentence[i : i + n] for n in (1, 2) for i in range(len(sentence))
        }
        assert not sentence or (sentence.startswith("If ") and sentence.endswith("."))


def test_one_step_down_in_a_practice_in_place_brings_its_resource_in(plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"screening": "most"}}, every="part_of_work")
    item = left_out(plan)["nhtrc-screening-presentation"]
    assert item.changes == (AnswerChange(question="signs-03", value="mostly"),)
    short = plan.questionnaire.questions["signs-03"].short
    assert (
        item.would_bring
        == f"If you answered “Mostly in place” on “{short},” it would be on your list of resources."
    )


def test_answering_an_open_question_is_preferred_to_changing_an_answer(plan_of: PlanOf) -> None:
    item = left_out(plan_of(every="part_of_work"))["nhtrc-screening-presentation"]
    assert item.changes == (AnswerChange(question="tr-topics", row="screening", value="few"),)
    assert item.would_bring == (
        f"If on “{TOPICS}” you answered “{FEW}” for “Screening for trafficking at the client’s pace,” "
        "it would be on your list of resources."
    )


def test_an_answer_that_does_not_apply_is_further_away_than_one_that_does(plan_of: PlanOf) -> None:
    values = {"signs-03": "not_applicable", "signs-04": "part_of_work", "signs-05": "not_applicable"}
    item = left_out(plan_of({**values, "tr-topics": {"screening": "most"}}))["nhtrc-screening-presentation"]
    assert item.changes[0].question in {"signs-04", "tr-topics"}


def test_an_audience_that_does_not_fit_is_named_with_the_practice(plan_of: PlanOf) -> None:
    plan = plan_of({"pf-populations": ["men"], "tr-topics": {"peers": "most"}}, every="part_of_work")
    item = left_out(plan)["nctic-engaging-women-peer-support"]
    assert item.changes == (
        AnswerChange(question="pf-populations", value="women"),
        AnswerChange(question="why-04", value="mostly"),
    )
    short = plan.questionnaire.questions["why-04"].short
    assert item.would_bring == (
        f"If on “Who do you serve?” you chose “Women,” and you answered “Mostly in place” on “{short},” "
        "it would be on your list of resources."
    )


def test_a_practice_with_a_gap_needs_only_the_audience(plan_of: PlanOf) -> None:
    item = left_out(plan_of({"pf-populations": ["men"], "why-04": "started"}))[
        "nctic-engaging-women-peer-support"
    ]
    assert item.changes == (AnswerChange(question="pf-populations", value="women"),)


def test_an_off_path_answer_does_not_affect_the_suggested_changes(plan_of: PlanOf) -> None:
    values = {"pf-populations": ["men"], "tr-topics": {"rhy": "few"}}
    item = left_out(plan_of({**values, "why-06": "part_of_work"}))["fysb-rhy-tip-sheet"]
    assert item == left_out(plan_of(values))["fysb-rhy-tip-sheet"]
    assert item.changes == (
        AnswerChange(question="pf-populations", value="rhy"),
        AnswerChange(question="why-06", value="not_yet"),
    )


def test_two_client_groups_are_described_as_one_answer(plan_of: PlanOf) -> None:
    item = left_out(plan_of({"pf-populations": ["men"], "signs-06": "not_yet"}))[
        "nctsn-immigrant-minors-resources"
    ]
    assert item.would_bring == (
        "If on “Who do you serve?” you chose “Children or teens under 18” and “Immigrants or people from "
        "other countries,” it would be on your list of resources."
    )


def test_a_client_group_that_is_already_served_is_not_suggested(plan_of: PlanOf) -> None:
    item = left_out(plan_of({"pf-populations": ["rhy"], "signs-06": "not_yet"}))[
        "nctsn-immigrant-minors-resources"
    ]
    assert item.changes == (AnswerChange(question="pf-populations", value="foreign_nationals"),)


def test_an_exclusive_option_is_replaced_and_the_sentence_says_so(
    plan_of: PlanOf, assessment_of: AssessmentOf
) -> None:
    values = {"pf-populations": ["minors"], "pf-partners": ["none"]}
    item = left_out(plan_of(values))["acf-five-collaborations-slides"]
    assert item.changes == (
        AnswerChange(question="pf-partners", value="law_enforcement"),
        AnswerChange(question="cap-06", value="not_yet"),
    )
    assert "you chose something other than “None right now,” such as “Police, prosecutors" in item.would_bring
    path = assessment_of(values)
    changed = with_changes(path.questionnaire, path.active.by_question, item.changes)
    assert changed["pf-partners"] == ("law_enforcement",)


def test_the_kind_of_answer_that_names_a_resource_is_named(plan_of: PlanOf) -> None:
    done = {"cap-01": "part_of_work", "cap-02": "part_of_work", "cap-06": "part_of_work"}
    item = left_out(plan_of({**done, "tr-outside": "past_year"}))["ovcttac-tta-directory"]
    assert item.changes == (AnswerChange(question="cap-01", value="mostly"),)
    item = left_out(plan_of(done))["ovcttac-tta-directory"]
    assert item.changes == (AnswerChange(question="tr-outside", value="longer"),)
    assert "you answered “More than three years ago,”" in item.would_bring


def test_the_twin_of_a_recording_needs_no_answer(plan_of: PlanOf) -> None:
    item = left_out(plan_of({"why-03": "not_yet"}))["nhtrc-enhancing-resiliency-training"]
    assert (item.changes, item.would_bring) == ((), "")


def test_a_resource_that_no_answer_brings_in_has_no_sentence(content: Mapping[str, str]) -> None:
    never = broken(
        content, "resources.yaml", "show_when: {q: pf-populations, any_of: [women]}", "show_when: {any: []}"
    )
    path = path_of(load(never), Answers(by_question={"why-04": "not_yet"}))
    item = left_out(plan_from(path))["nctic-engaging-women-peer-support"]
    assert (item.changes, item.would_bring) == ((), "")


def test_a_resource_outranked_at_its_only_question_has_no_sentence(content: Mapping[str, str]) -> None:
    # Named by signs-06 alone, and there three others are made for those whom this agency serves.
    other, only = "aspe-hidden-wounds-brief", "nhtrc-trauma-resources"
    files = broken(content, "why.yaml", f", {only}]", "]")
    files = broken(files, "why.yaml", f"[{only}, {other}]", f"[{other}]")
    values = {"pf-populations": ("women", "minors", "foreign_nationals"), "signs-06": "not_yet"}
    item = left_out(plan_from(path_of(load(files), Answers(by_question=values))))[only]
    assert "other resources fit better" in item.why
    assert (item.changes, item.would_bring) == ((), "")


@pytest.mark.parametrize(
    ("items", "language", "said"),
    [
        ("a", "en-US", "a"),
        ("ab", "en-US", "a and b"),
        ("abc", "en-US", "a, b, and c"),
        ("abc", "es", "a, b y c"),
    ],
)
def test_a_list_is_written_as_in_its_language(items: str, language: str, said: str) -> None:
    assert listed(items, language) == said
