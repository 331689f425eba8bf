import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers, check_note, check_text, usable_answers
from questions.kinds.base import InvalidAnswer
from questions.kinds.matrix import MatrixQuestion
from questions.model import Questionnaire
from tests.support.sample import sample_questionnaire
from tests.support.strategies import answer_to, json_like


def check(questionnaire: Questionnaire, id_: str, raw: object) -> object:
    return questionnaire.questions[id_].check(questionnaire, raw)


@pytest.mark.parametrize(
    ("id_", "raw", "expected"),
    [
        ("pf-size", "s6_20", "s6_20"),
        ("why-01", "not_yet", "not_yet"),
        ("why-01", "not_applicable", "not_applicable"),
        ("pf-languages", "no", "no"),
        ("pf-services", ["residential", "intake"], ("intake", "residential")),
        ("pf-services", ["intake", "intake"], ("intake",)),
        ("pf-services", "intake", ("intake",)),
        ("pf-services", ["", "intake"], ("intake",)),
        ("pf-populations", ["not_sure"], ("not_sure",)),
        ("tr-roles", {"volunteers": "some", "leaders": "none"}, {"leaders": "none", "volunteers": "some"}),
        ("tr-topics", {"effects": "few", "signs_response": ""}, {"effects": "few"}),
    ],
)
def test_an_allowed_answer_is_accepted(
    questionnaire: Questionnaire, id_: str, raw: object, expected: object
) -> None:
    assert check(questionnaire, id_, raw) == expected


def test_chosen_options_and_rows_come_in_the_order_of_the_questionnaire(questionnaire: Questionnaire) -> None:
    assert check(questionnaire, "pf-services", ["peer", "legal", "intake"]) == ("intake", "legal", "peer")
    rows = check(questionnaire, "tr-roles", {"volunteers": "some", "leaders": "none"})
    assert list(rows) == ["leaders", "volunteers"]


@pytest.mark.parametrize("id_", ["pf-size", "why-01", "pf-services", "tr-roles"])
@pytest.mark.parametrize("raw", [None, ""])
def test_an_empty_value_is_not_an_answer(questionnaire: Questionnaire, id_: str, raw: object) -> None:
    assert check(questionnaire, id_, raw) is None


@pytest.mark.parametrize(
    ("id_", "raw"), [("pf-services", []), ("tr-roles", {}), ("tr-roles", {"leaders": ""})]
)
def test_an_empty_list_or_row_is_not_an_answer(questionnaire: Questionnaire, id_: str, raw: object) -> None:
    assert check(questionnaire, id_, raw) is None


@pytest.mark.parametrize(
    ("id_", "raw", "message"),
    [
        (
            "pf-size",
            "s7",
            "“s7” is not an answer to this question. Allowed: s1_5, s6_20, s21_50, s51_150, s151.",
        ),
        ("pf-size", ["s1_5"], "a list is not an answer to this question. Allowed: s1_5"),
        ("pf-size", True, "“True” is not an answer"),
        (
            "why-01",
            "Not yet",
            "“Not yet” is not an answer to this question. Allowed: not_yet, started, mostly",
        ),
        ("why-01", 0, "“0” is not an answer"),
        (
            "pf-services",
            ["intake", "spa"],
            "“spa” is not an answer to this question. Allowed: intake, hotline",
        ),
        ("pf-services", {"intake": "yes"}, "this needs a list. Allowed: intake"),
        ("pf-services", ["intake", ["legal"]], "this needs a list of words. Allowed: intake"),
        ("pf-services", [None], "this needs a list of words"),
        ("tr-roles", "some", "this needs one answer for each row"),
        (
            "tr-roles",
            {"drivers": "some"},
            "“drivers” is not a row of this question. Rows: leaders, case_managers",
        ),
        (
            "tr-roles",
            {"leaders": "few"},
            "row leaders: “few” is not an answer to this question. Allowed: none",
        ),
        ("tr-roles", {"leaders": ["some"]}, "row leaders: a list is not an answer"),
    ],
)
def test_a_rejected_answer_says_what_is_allowed(
    questionnaire: Questionnaire, id_: str, raw: object, message: str
) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        check(questionnaire, id_, raw)
    assert str(caught.value).startswith(message)


def test_an_exclusive_option_must_be_chosen_alone(questionnaire: Questionnaire) -> None:
    with pytest.raises(InvalidAnswer, match="You chose “Not sure” together with other answers"):
        check(questionnaire, "pf-populations", ["women", "not_sure"])
    assert check(questionnaire, "pf-partners", ["none"]) == ("none",)


def test_a_long_wrong_value_is_not_repeated_in_full(questionnaire: Questionnaire) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        check(questionnaire, "pf-size", "x\n" * 5000)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 200


def test_the_rows_of_a_matrix_are_its_own_or_those_of_an_earlier_question(
    questionnaire: Questionnaire,
) -> None:
    roles, topics = questionnaire.questions["tr-roles"], questionnaire.questions["tr-topics"]
    assert isinstance(roles, MatrixQuestion)
    assert isinstance(topics, MatrixQuestion)
    assert [row.value for row in roles.rows_in(questionnaire)][:2] == ["leaders", "case_managers"]
    assert topics.rows_in(questionnaire) == topics.rows


def test_a_text_may_be_as_long_as_its_limit_and_no_longer() -> None:
    assert check_text("  " + "a" * 10 + "\ufeff\n", 10) == "a" * 10
    with pytest.raises(
        InvalidAnswer, match=r"This is 1,250 characters long. The limit is 1,000: please take out 250."
    ):
        check_text("a" * 1250, 1000)
    with pytest.raises(InvalidAnswer, match="this has to be text"):
        check_text(["a"], 10)


def test_only_a_practice_takes_a_note(questionnaire: Questionnaire) -> None:
    assert check_note(questionnaire.questions["why-01"], " We started. ", 100) == "We started."
    with pytest.raises(InvalidAnswer, match="takes no note"):
        check_note(questionnaire.questions["pf-size"], "We started.", 100)


def test_stored_answers_that_are_no_longer_allowed_are_left_out(questionnaire: Questionnaire) -> None:
    stored = {
        "why-01": "not_yet",
        "why-02": "retired",
        "gone-01": "not_yet",
        "pf-services": [],
        "tr-roles": 3,
    }
    given = Answers(
        by_question=stored, notes={"why-01": "a note"}, points_to=frozenset({"why-01", "pf-size"})
    )
    assert usable_answers(questionnaire, given) == Answers(
        by_question={"why-01": "not_yet"}, notes={"why-01": "a note"}, points_to=frozenset({"why-01"})
    )


@given(st.data())
def test_checking_an_answer_twice_does_not_change_it(data: st.DataObject) -> None:
    questionnaire = sample_questionnaire()
    question = data.draw(st.sampled_from(list(questionnaire.questions.values())))
    answer = data.draw(answer_to(questionnaire, question))
    assert question.check(questionnaire, answer) == answer


@given(st.sampled_from(sorted(sample_questionnaire().questions)), json_like())
def test_any_value_is_an_answer_or_rejected_in_one_line(id_: str, raw: object) -> None:
    questionnaire = sample_questionnaire()
    question = questionnaire.questions[id_]
    try:
        answer, refusal = question.check(questionnaire, raw), "none"
    except InvalidAnswer as error:
        answer, refusal = None, str(error)
    assert len(refusal.splitlines()) == 1
    assert question.check(questionnaire, answer) == answer
