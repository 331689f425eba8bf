from tests.conftest import PlanOf


def test_a_row_below_the_top_is_a_need_with_its_resources(plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"effects": "few", "interviewing": "some", "screening": "most"}})
    assert [(need.cause.row, need.answer.value) for need in plan.training] == [
        ("effects", "few"), ("interviewing", "some"),
    ]  # fmt: skip
    assert {chosen.resource.id for chosen in plan.training[0].help.resources} == {
        "nctic-effects-of-trauma-webinar", "aspe-hidden-wounds-brief",
    }  # fmt: skip
    assert (
        "“Few or none could use this on the job today” for “How trafficking affects"
        in plan.training[0].because
    )


def test_a_job_without_training_is_a_need_with_the_resources_of_the_question(plan_of: PlanOf) -> None:
    plan = plan_of({"pf-roles": ["legal"], "tr-roles": {"legal": "none"}})
    (need,) = plan.training
    assert (need.cause.question, need.cause.row, need.label) == ("tr-roles", "legal", "Legal staff")
    assert len(need.help.resources) == 2


def test_rows_that_do_not_apply_or_are_blank_are_not_needs(plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"effects": "not_applicable"}, "tr-roles": {"legal": "no_such_role"}})
    assert plan.training == plan.find_out_first == ()


def test_a_row_answered_not_sure_is_listed_to_find_out(plan_of: PlanOf) -> None:
    plan = plan_of({"tr-topics": {"effects": "not_sure"}})
    assert plan.training == ()
    assert [(item.cause.question, item.cause.row) for item in plan.find_out_first] == [
        ("tr-topics", "effects")
    ]


def test_a_hidden_row_is_not_a_need(plan_of: PlanOf) -> None:
    assert plan_of({"pf-populations": ["men"], "tr-topics": {"rhy": "few"}}).training == ()
    assert plan_of({"pf-populations": ["rhy"], "tr-topics": {"rhy": "few"}}).training


def test_an_agency_without_outside_help_is_referred_to_the_directory(plan_of: PlanOf) -> None:
    (need,) = plan_of({"tr-outside": "never"}).training
    assert [chosen.resource.id for chosen in need.help.resources] == ["ovcttac-tta-directory"]
    assert "“Never.”" in need.because
    assert plan_of({"tr-outside": "past_year"}).training == ()
