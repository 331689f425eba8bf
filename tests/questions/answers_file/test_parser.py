import datetime
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from questions.answers_file.parser import AnswersFile, AnswersFileError, read_answers_file
from questions.model import Questionnaire
from questions.source_files.yaml_source import YamlSource
from questions.versions.releases import load_published
from tests.support.sample import sample_questionnaire
from tests.support.second_version import TODAY
from tests.support.strategies import any_text, json_like, mutilated_values

TEXT = f"""\
questionnaire: {{id: ti-ht-selfcheck, version: "{TODAY}"}}
agency: Harbor House
date: 2026-03-01
answers:
  pf-services: [intake, residential]
  pf-size: s6_20
  pf-languages: no
  why-01: not_yet
  tr-roles: {{case_managers: some}}
notes: {{why-01: "We ordered the webinar."}}
reasons: {{why-02: "Another team does this."}}
"""


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(AnswersFileError) as caught:
        read_answers_file(sample_questionnaire(), text)
    problems = tuple(map(str, caught.value.problems))
    assert str(caught.value) == "\n".join(problems)
    return problems


def assert_sound(file: AnswersFile) -> None:
    assert file.agency == "Harbor House"
    assert file.date == datetime.date(2026, 3, 1)
    assert file.answers.by_question == {
        "pf-services": ("intake", "residential"),
        "pf-size": "s6_20",
        "pf-languages": "no",
        "why-01": "not_yet",
        "tr-roles": {"case_managers": "some"},
    }
    assert file.answers.notes == {"why-01": "We ordered the webinar."}
    assert file.answers.reasons == {"why-02": "Another team does this."}


def test_an_answers_file_is_read_from_yaml(questionnaire: Questionnaire) -> None:
    assert_sound(read_answers_file(questionnaire, TEXT))


def test_an_answers_file_is_read_from_json(questionnaire: Questionnaire) -> None:
    data = YamlSource(TEXT).data
    assert_sound(read_answers_file(questionnaire, json.dumps(data, indent=2)))
    assert_sound(read_answers_file(questionnaire, json.dumps(data, ensure_ascii=False)))


@pytest.mark.parametrize(
    "text", ["\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), f"---\n{TEXT}...\n", f"# ours\n{TEXT}"]
)
def test_how_the_file_was_saved_does_not_matter(questionnaire: Questionnaire, text: str) -> None:
    assert_sound(read_answers_file(questionnaire, text))


@pytest.mark.parametrize(
    "text", ["{agency: }", "agency:\ndate:\nanswers:\nnotes:\nquestionnaire:", '{"date": null}']
)
def test_every_key_is_optional(questionnaire: Questionnaire, text: str) -> None:
    file = read_answers_file(questionnaire, text)
    assert (file.agency, file.date, dict(file.answers.by_question), file.answers.notes) == ("", None, {}, {})


@pytest.mark.parametrize("text", ["", "[]", "plan", "- a", "[1, 2]", '"x"', "# nothing"])
def test_another_kind_of_yaml_is_rejected_with_the_allowed_keys(text: str) -> None:
    assert problems_of(text) == (
        "this is not an answers file. "
        "It needs the keys questionnaire, agency, date, answers, notes, reasons, points_to.",
    )


def test_topics_are_read_and_more_than_the_most_are_refused() -> None:
    questionnaire = load_published("2.0.0")
    file = read_answers_file(questionnaire, "answers: {tr-needs: [screening, basics]}")
    assert file.answers.by_question == {"tr-needs": ("basics", "screening")}
    chosen = [option.value for option in questionnaire.questions["tr-needs"].options_in(questionnaire)][:6]
    with pytest.raises(AnswersFileError, match=r"tr-needs: You chose 6\. Choose 5 at most"):
        read_answers_file(questionnaire, f"answers: {{tr-needs: {chosen}}}")


def test_all_errors_are_reported_at_once() -> None:
    found = problems_of(
        """\
        {questionnaire: {id: other, version: "99.0.0"}, agnecy: X, agency: [a], date: 1 March,
        answers: {why-99: not_yet, why-01: yes, pf-services: [intake, spa], tr-roles: {drivers: some}},
        notes: {pf-size: hello, gone-01: x}, reasons: {why-01: {a: b}}}
        """
    )
    assert found == (
        "agency: this has to be text",
        "date: write the date as year-month-day, such as 2026-03-01",
        "why-99: there is no question with this id",
        "why-01: “yes” is not an answer to this question. "
        "Allowed: not_yet, started, mostly, part_of_work, not_sure, not_applicable.",
        next(problem for problem in found if problem.startswith("pf-services: “spa” is not an answer")),
        next(problem for problem in found if problem.startswith("tr-roles: “drivers” is not a row")),
        "pf-size: this question takes no note",
        "gone-01: there is no question with this id",
        "why-01: this has to be text",
        "agnecy: not a key of an answers file. "
        "Allowed: questionnaire, agency, date, answers, notes, reasons, points_to.",
        "questionnaire: id is “other”. Allowed: ti-ht-selfcheck.",
        f"questionnaire: version is “99.0.0”. Allowed: {TODAY}.",
    )


def test_a_note_and_a_name_have_their_limits(questionnaire: Questionnaire) -> None:
    rules = questionnaire.rules
    data = {
        "agency": "a" * (rules.agency_limit + 1),
        "notes": {"why-01": "b" * (rules.note_limit + 2)},
        "reasons": {"why-01": "c" * (rules.reason_limit + 3)},
    }
    assert [problem.split("please take out ")[1] for problem in problems_of(json.dumps(data))] == [
        "1.",
        "2.",
        "3.",
    ]


@pytest.mark.parametrize("date", ["2000-01-01", "2100-12-31", "2028-02-29"])
def test_a_day_of_this_century_is_a_date(questionnaire: Questionnaire, date: str) -> None:
    assert read_answers_file(questionnaire, f"date: {date}").date == datetime.date.fromisoformat(date)


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
def test_a_year_out_of_range_is_rejected(date: str) -> None:
    assert problems_of(f"date: {date}") == ("date: the year must be 2000 to 2100",)


@pytest.mark.parametrize(
    "date",
    [
        "20260301",
        "2026-W10-1",
        "2026-02-30",
        "2026-3-1",
        "March",
        "[2026]",
        "\uff12026-03-01",
        "2026-03-01T09:00",
    ],
)
def test_a_date_has_only_one_format(date: str) -> None:
    assert problems_of(f"date: {date}") == ("date: write the date as year-month-day, such as 2026-03-01",)


@pytest.mark.parametrize("key", ["agency", "date", "answers", "notes", "reasons", "questionnaire"])
@pytest.mark.parametrize("wrong", [0, False, [], [[]], {"a": []}, 1e400, 12, [None]])
def test_a_wrong_type_under_any_key_is_read_as_text_or_a_problem(
    questionnaire: Questionnaire, key: str, wrong: object
) -> None:
    text = json.dumps({key: wrong})
    if key == "questionnaire" and isinstance(wrong, dict):
        return
    if key == "agency" and isinstance(wrong, int | float) and not isinstance(wrong, bool):
        assert read_answers_file(questionnaire, text).agency
    else:
        assert any(problem.startswith((f"{key}:", "a:")) for problem in problems_of(text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"answers":' + "[" * 200_000, "nested too deeply"),
        ("answers: " + "[" * 1_000_000, "line 1: nested too deeply"),
        ("answers: " + "{a: " * 5_000, "line 1: nested too deeply"),
        (
            "a: &a [x]\nanswers: *a",
            "line 2: anchors and aliases (& and *) are not allowed: write the value out",
        ),
        ("answers: {why-01: not_yet, why-01: mostly}", "line 1: “why-01” appears twice"),
        ('{"answers": {"why-01": "not_yet", "why-01": "mostly"}}', "“why-01” appears twice"),
        ("answers: \ud800", "line 1: the file contains characters that YAML does not allow"),
        ("agency: a\x00b", "line 1: the file contains characters that YAML does not allow"),
        (
            '{"agency": ' + "1" * 5000 + "}",
            "agency: This is 5,000 characters long. The limit is 120: please take out 4,880.",
        ),
        ('{"answers": {"why-01\\nx": "not_yet"}}', "why-01 x: there is no question with this id"),
        ('{"answers": {"\\ud800": "not_yet"}}', ": there is no question with this id"),
        (
            '{"answers": {"pf-scope":' + "[" * 900 + "]" * 900 + "}}",
            "pf-scope: a list is not an answer to this question. Allowed: whole, one_program.",
        ),
        ("answers: [" + "a," * 100_000 + "]", "line 1: the file has too many keys and values"),
        (
            "answers: {" + "".join(f"k{i}: a, " for i in range(20_000)) + "}",
            "line 1: the file has too many keys and values",
        ),
        (
            '{"answers": {' + ", ".join(f'"k{i % 9_999}": "a"' for i in range(15_000)) + "}}",
            "the file has too many keys and values",
        ),
    ],
    ids=lambda value: value[:20].encode("ascii", "replace").decode() if isinstance(value, str) else None,
)
def test_a_hostile_file_is_rejected_in_plain_words(text: str, problem: str) -> None:
    assert problems_of(text) == (problem,)


def in_every_form(data: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([json.dumps(data), yaml.dump(data), yaml.dump(data, default_flow_style=True)])


def assert_read_or_problems(text: str) -> None:
    problems: tuple[str, ...] = ("none",)
    try:
        read_answers_file(sample_questionnaire(), text)
    except AnswersFileError as error:
        problems = tuple(map(str, error.problems))
    assert problems
    assert all(len(problem.splitlines()) == 1 and problem.encode() for problem in problems)


@given(st.data())
def test_mutilated_answers_are_read_or_rejected_with_one_line_errors(data: st.DataObject) -> None:
    answers = data.draw(mutilated_values())
    assert_read_or_problems(
        data.draw(in_every_form({"answers": answers, "notes": answers, "reasons": answers}))
    )


@given(st.data())
def test_any_data_is_read_or_rejected_with_one_line_errors(data: st.DataObject) -> None:
    keys = st.sampled_from(["questionnaire", "agency", "date", "answers", "notes", "reasons"]) | any_text
    assert_read_or_problems(
        data.draw(in_every_form(data.draw(st.dictionaries(keys, json_like(), max_size=5))))
    )


@given(any_text | st.text("{}[]:,-&*!|>'\"%@` \n\tab#?", max_size=30))
def test_any_text_is_read_or_rejected_with_one_line_errors(text: str) -> None:
    assert_read_or_problems(text)
    assert_read_or_problems(f"{{{text}")


def test_a_plan_is_recognized_and_the_way_to_the_answers_is_said() -> None:
    plan = {"questionnaire": {}, "agency": "", "sections": [], "strengths": [], "actions": []}
    (problem,) = problems_of(json.dumps(plan))
    assert "this is a plan" in problem


def test_what_the_agency_can_point_to_is_a_list_of_practices() -> None:
    file = read_answers_file(sample_questionnaire(), f"{TEXT}points_to: [why-01]\n")
    assert file.answers.points_to == {"why-01"}
    (problem,) = problems_of(f"{TEXT}points_to: [why-01, pf-size]\n")
    assert problem == "points_to: pf-size is not the id of a practice"
    (problem,) = problems_of(f"{TEXT}points_to: why-01\n")
    assert problem == "points_to: this needs a list of question ids"
