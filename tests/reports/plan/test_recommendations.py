import pytest

from questions.model import Questionnaire
from reports.plan.model import ActionPlan, Help
from tests.conftest import PlanOf

TWINS = {"tri-enhancing-resiliency-webinar", "nhtrc-enhancing-resiliency-training"}


def help_on(plan: ActionPlan, place: str) -> Help:
    """Return the help on a practice, or on a row given as question/row."""
    helps = {action.question.id: action.help for action in plan.actions}
    return (helps | {f"{n.cause.question}/{n.cause.row}": n.help for n in plan.training})[place]


def ids(help_: Help) -> list[str]:
    return [chosen.resource.id for chosen in help_.resources]


def why_not(plan: ActionPlan) -> dict[str, str]:
    return {item.resource.id: item.why for item in plan.not_recommended}


def test_a_resource_for_people_the_agency_does_not_serve_is_dropped(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    plan = plan_of({"start-03": "not_yet", "pf-populations": ["men"]})
    assert "ahwg-adolescent-toolkit" not in ids(help_on(plan, "start-03"))
    assert why_not(plan)["ahwg-adolescent-toolkit"] == questionnaire.texts.plan.why_not_audience.format(
        audience=questionnaire.resource["ahwg-adolescent-toolkit"].audience
    )


def test_a_resource_for_people_the_agency_serves_comes_first_and_says_so(plan_of: PlanOf) -> None:
    first = help_on(plan_of({"start-03": "not_yet", "pf-populations": ["minors"]}), "start-03").resources[0]
    assert first.resource.id == "ahwg-adolescent-toolkit"
    assert (
        first.because[1] == f"It is made for those who serve {first.resource.audience}, and you said you do."
    )


@pytest.mark.parametrize("answer", [None, ["not_sure"]])
def test_a_resource_of_unknown_fit_is_shown_without_points(plan_of: PlanOf, answer: object) -> None:
    help_ = help_on(plan_of({"start-03": "not_yet", "pf-populations": answer}), "start-03")
    assert ids(help_)[-1] == "ahwg-adolescent-toolkit"
    assert help_.resources[-1].because[1].startswith("It fits if you serve ")


def test_a_resource_that_suits_the_stage_comes_before_one_that_does_not(plan_of: PlanOf) -> None:
    assert ids(help_on(plan_of({"cap-02": "not_yet"}), "cap-02"))[0] == "polaris-therapeutic-supports-report"
    assert ids(help_on(plan_of({"cap-02": "mostly"}), "cap-02"))[0] == "ovcttac-tta-directory"


def test_a_preferred_format_breaks_ties_between_resources(plan_of: PlanOf) -> None:
    assert ids(help_on(plan_of({"harm-01": "started"}), "harm-01")) == [
        "project-reach-case-study", "ovcttac-interviewing-guide",
    ]  # fmt: skip
    liked = plan_of({"harm-01": "started", "tr-how": ["toolkit"]})
    assert ids(help_on(liked, "harm-01"))[0] == "ovcttac-interviewing-guide"


def test_a_caution_lowers_a_resource(plan_of: PlanOf) -> None:
    assert ids(help_on(plan_of({"why-05": "not_yet", "pf-trafficking": ["labor"]}), "why-05")) == [
        "aspe-hidden-wounds-brief", "nhtrc-trauma-resources",
    ]  # fmt: skip


def test_an_action_shows_at_most_three_and_says_that_others_fit_better(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    plan = plan_of({"signs-06": "not_yet", "pf-populations": ["women", "minors", "foreign_nationals"]})
    assert len(ids(help_on(plan, "signs-06"))) == 3
    assert why_not(plan)["nhtrc-trauma-resources"] == questionnaire.texts.plan.why_not_outranked.format(
        count=3
    )


def test_two_entries_for_one_recording_are_shown_as_one(plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"strengths": "few"}})
    (chosen,) = help_on(plan, "tr-topics/strengths").resources
    assert {chosen.resource.id, chosen.also.id} == TWINS
    assert {item.resource.id for item in plan.resources} == TWINS


def test_the_other_entry_of_one_recording_is_named_as_the_reason(plan_of: PlanOf) -> None:
    plan = plan_of({"why-03": "not_yet"})
    assert [item.resource.id for item in plan.resources] == ["tri-enhancing-resiliency-webinar"]
    assert "very likely the same recording" in why_not(plan)["nhtrc-enhancing-resiliency-training"]


def test_where_the_guide_has_nothing_the_plan_says_so_and_offers_supplements(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    help_ = help_on(plan_of({"cap-03": "not_yet"}), "cap-03")
    assert help_.resources == ()
    assert help_.guide_gap == questionnaire.texts.plan.guide_gap
    assert [chosen.supplement.id for chosen in help_.supplements] == ["sup-ovc-vicarious-trauma-toolkit"]


def test_where_the_guide_helps_in_part_the_plan_shows_both(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    help_ = help_on(plan_of({"harm-04": "not_yet"}), "harm-04")
    assert ids(help_) == ["project-reach-case-study"]
    assert help_.guide_gap == questionnaire.texts.plan.guide_gap_in_part
    assert help_.supplements


def test_there_are_no_supplements_where_the_guide_helps(plan_of: PlanOf) -> None:
    served = help_on(plan_of({"tr-topics": {"peers": "few"}, "pf-populations": ["women"]}), "tr-topics/peers")
    assert (ids(served), served.supplements, served.guide_gap) == (
        ["nctic-engaging-women-peer-support"],
        (),
        "",
    )
    other = help_on(plan_of({"tr-topics": {"peers": "few"}, "pf-populations": ["men"]}), "tr-topics/peers")
    assert (ids(other), len(other.supplements)) == ([], 1)


def test_a_resource_of_several_actions_is_listed_once_with_all_reasons(plan_of: PlanOf) -> None:
    plan = plan_of({"harm-01": "not_yet", "harm-02": "started", "why-01": "not_yet"})
    interviewing = next(item for item in plan.resources if item.resource.id == "ovcttac-interviewing-guide")
    assert [cause.question for cause in interviewing.causes] == ["harm-01", "harm-02"]
    assert [reason.split("“")[-1] for reason in interviewing.reasons] == ["Not yet.”", "Getting started.”"]
    sections = [item.resource.section for item in plan.resources]
    assert sections == sorted(sections)


@pytest.mark.parametrize(
    ("answers", "resource"),
    [
        ({"signs-01": "not_sure"}, "jri-behavior-tip-sheet"),
        ({}, "jri-behavior-tip-sheet"),
        (
            {"tr-topics": {"screening": "not_sure"}, "signs-03": "part_of_work"},
            "nhtrc-screening-presentation",
        ),
        ({"tr-outside": "not_sure"}, "ovcttac-tta-directory"),
    ],
)
def test_a_resource_of_an_open_question_says_so(
    questionnaire: Questionnaire, plan_of: PlanOf, answers: dict[str, object], resource: str
) -> None:
    assert why_not(plan_of(answers))[resource] == questionnaire.texts.plan.why_not_unanswered


def test_an_open_training_question_alone_leaves_its_resource_open(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    done = {"cap-01": "part_of_work", "cap-02": "part_of_work", "cap-06": "part_of_work"}
    texts = questionnaire.texts.plan
    assert why_not(plan_of(done))["ovcttac-tta-directory"] == texts.why_not_unanswered
    assert (
        why_not(plan_of({**done, "tr-outside": "past_year"}))["ovcttac-tta-directory"]
        == texts.why_not_no_need
    )


def test_a_resource_without_a_need_says_so(questionnaire: Questionnaire, plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"screening": "most"}}, every="part_of_work")
    assert plan.resources == ()
    assert why_not(plan)["nhtrc-screening-presentation"] == questionnaire.texts.plan.why_not_no_need
