from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.kinds.base import Question
from questions.model import ContentChange, QuestionChange, Questionnaire
from questions.versions.migration import (
    DroppedAnswer,
    Origin,
    ShortenedAnswer,
    migrate_answers,
    origins,
    same_questions,
)
from tests.support.sample import sample_questionnaire
from tests.support.second_version import VERSION, second_version
from tests.support.strategies import answer_to, texts

THIRD = "99.0.0"


@cache
def third_version() -> Questionnaire:
    """Return a third version in which some of what came with the second changed again."""
    second = second_version()
    others: Mapping[str, Callable[[Question], list[Question]]] = {
        "cap-09": lambda q: [replace(q, id="cap-11")],
        "cap-10": lambda _: [],
        "cap-02": lambda _: [],
        "start-09": lambda _: [],
        "signs-07": lambda q: [replace(q, id="signs-08"), replace(q, id="signs-09")],
        "harm-06": lambda q: [replace(q, version="2.0")],
        "harm-07": lambda q: [replace(q, version="1.1")],
    }
    parts = tuple(
        replace(
            part,
            pages=tuple(
                replace(
                    page,
                    questions=tuple(n for q in page.questions for n in others.get(q.id, lambda q: [q])(q)),
                )
                for page in part.pages
            ),
        )
        for part in second.parts
    )
    changes = (
        QuestionChange(kind="merged", was=("cap-09", "cap-10", "cap-02"), now=("cap-11",), note="Less"),
        QuestionChange(kind="split", was=("signs-07",), now=("signs-08", "signs-09"), note="More"),
        QuestionChange(kind="dropped", was=("start-09",), note="Seldom used"),
        QuestionChange(kind="changed", was=("harm-06",), now=("harm-06",), note="Wider"),
        QuestionChange(kind="reworded", was=("harm-07",), now=("harm-07",), note="Clearer"),
    )
    step = ContentChange(from_=VERSION, to=THIRD, summary="Again", questions=changes)
    return replace(second, version=THIRD, parts=parts, changes=(*second.changes, step))


VERSIONS = {"1": sample_questionnaire, "2": second_version, "3": third_version}
PAIRS = [(one, other) for one in VERSIONS for other in VERSIONS]


@cache
def answers_for(questionnaire: Questionnaire) -> st.SearchStrategy[Answers]:
    """Return valid answers to some of the questions, with notes and reasons."""
    each = {id_: answer_to(questionnaire, q) for id_, q in questionnaire.questions.items()}
    practices = list(questionnaire.practice)
    words = st.dictionaries(st.sampled_from(practices), texts, max_size=4)
    return st.builds(
        Answers, by_question=st.fixed_dictionaries({}, optional=each), notes=words, reasons=words
    )


def ids_of(answers: Answers) -> set[str]:
    return {*answers.by_question, *answers.notes, *answers.reasons}


@pytest.mark.parametrize(
    ("id_", "origin"),
    [
        ("why-01", Origin(kind="same", was=("why-01",))),
        ("start-01", Origin(kind="same", was=("start-01",))),  # its importance is a rule, not the question
        ("harm-06", Origin(kind="reworded", was=("harm-06",))),
        ("pf-who-roles", Origin(kind="reworded", was=("pf-who-roles",))),
        ("start-02", Origin(kind="changed", was=("start-02",))),
        ("tr-outside", Origin(kind="changed", was=("tr-outside",))),
        ("cap-09", Origin(kind="split", was=("cap-01",))),
        ("cap-10", Origin(kind="split", was=("cap-01",))),
        ("signs-07", Origin(kind="merged", was=("signs-03", "signs-04"))),
        ("start-09", Origin(kind="new", was=())),
    ],
)
def test_each_question_of_the_later_version_has_an_origin(id_: str, origin: Origin) -> None:
    assert origins(sample_questionnaire(), second_version())[id_] == origin


def test_other_questions_are_unchanged_and_removed_ones_have_no_origin() -> None:
    found = origins(sample_questionnaire(), second_version())
    assert list(found) == list(second_version().questions)
    assert sum(origin.kind == "same" for origin in found.values()) == len(found) - 9


def with_first_page(change: Callable[[Question], list[Question]]) -> Questionnaire:
    """Return today's questionnaire with the questions of its first page replaced."""
    today = sample_questionnaire()
    part = today.parts[0]
    page = replace(part.pages[0], questions=tuple(new for q in part.pages[0].questions for new in change(q)))
    part = replace(part, pages=(page, *part.pages[1:]))
    return replace(today, version="98.0.0", parts=(part, *today.parts[1:]))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda q: [q], True),
        (lambda q: [replace(q, version="1.1", text="In clearer words")], True),
        (lambda q: [replace(q, version="2.0")], False),
        (lambda q: [], False),
        (lambda q: [q, replace(q, id=f"{q.id}-too")], False),
    ],
    ids=["words elsewhere", "reworded", "changed", "dropped", "added"],
)
def test_versions_ask_the_same_if_ids_and_major_versions_agree(change, same: bool) -> None:
    other = with_first_page(change)
    assert (
        same_questions(sample_questionnaire(), other) == same_questions(other, sample_questionnaire()) == same
    )


def test_origins_fold_the_steps_between_two_versions() -> None:
    found = origins(sample_questionnaire(), third_version())
    assert found["cap-11"] == Origin(kind="merged", was=("cap-01", "cap-02"))
    assert found["signs-08"] == Origin(kind="split", was=("signs-03", "signs-04"))
    assert found["harm-06"] == Origin(kind="changed", was=("harm-06",))
    assert found["harm-07"] == Origin(kind="reworded", was=("harm-07",))
    assert found["start-02"] == Origin(kind="changed", was=("start-02",))
    assert found["start-01"] == Origin(kind="same", was=("start-01",))


def test_only_the_steps_between_the_two_versions_count() -> None:
    found = origins(second_version(), third_version())
    assert found["cap-11"] == Origin(kind="merged", was=("cap-09", "cap-10", "cap-02"))
    assert found["start-02"] == Origin(kind="same", was=("start-02",))


@pytest.mark.parametrize("version", VERSIONS)
def test_in_the_same_version_every_question_is_the_same(version: str) -> None:
    questionnaire = VERSIONS[version]()
    assert origins(questionnaire, questionnaire) == {
        id_: Origin(kind="same", was=(id_,)) for id_ in questionnaire.questions
    }


FIRST_ANSWERS = Answers(
    by_question={
        "pf-who-roles": ("leader", "board"),
        "pf-partners": ("child_welfare", "juvenile_justice"),
        "pf-languages": "often",
        "start-02": "mostly",
        "harm-06": "started",
        "harm-08": "not_yet",
        "signs-03": "not_yet",
        "signs-04": "mostly",
        "cap-01": "started",
        "cap-08": "not_applicable",
        "tr-outside": "past_year",
    },
    notes={"harm-06": "A draft", "harm-08": "Ask Ann’s team", "why-01": "No answer, only a note"},
    reasons={"cap-08": "No such work"},
)


def test_answers_migrate_forward_and_dropped_ones_have_a_reason() -> None:
    carried = migrate_answers(sample_questionnaire(), second_version(), FIRST_ANSWERS)
    assert carried.answers == Answers(
        by_question={
            "pf-who-roles": ("leader",),
            "pf-partners": ("juvenile_justice", "child_welfare"),
            "pf-languages": "often",
            "harm-06": "started",
            "cap-08": "not_applicable",
        },
        notes={"harm-06": "A draft", "why-01": "No answer, only a note"},
        reasons={"cap-08": "No such work"},
    )
    assert carried.shortened == (ShortenedAnswer(question="pf-who-roles", lost=("Board member",)),)
    assert carried.dropped == (
        DroppedAnswer(question="start-02", reason="changed", now=("start-02",)),
        DroppedAnswer(question="harm-08", reason="dropped", now=()),
        DroppedAnswer(question="signs-03", reason="merged", now=("signs-07",)),
        DroppedAnswer(question="signs-04", reason="merged", now=("signs-07",)),
        DroppedAnswer(question="cap-01", reason="split", now=("cap-09", "cap-10")),
        DroppedAnswer(question="tr-outside", reason="changed", now=("tr-outside",)),
    )


def test_answers_migrate_back_to_an_older_version() -> None:
    answers = Answers(
        by_question={
            "pf-who-roles": ("leader", "partner"),
            "pf-languages": "no",
            "start-02": "mostly",
            "start-09": "started",
            "signs-07": "started",
            "cap-09": "not_yet",
        },
        notes={"cap-10": "A list"},
    )
    carried = migrate_answers(second_version(), sample_questionnaire(), answers)
    assert carried.answers == Answers(by_question={"pf-who-roles": ("leader",), "pf-languages": "no"})
    assert {lost.question: (lost.reason, lost.now) for lost in carried.dropped} == {
        "start-02": ("changed", ("start-02",)),
        "start-09": ("dropped", ()),
        "signs-07": ("split", ("signs-03", "signs-04")),
        "cap-09": ("merged", ("cap-01",)),
        "cap-10": ("merged", ("cap-01",)),
    }


def test_answers_migrate_over_two_versions_at_once() -> None:
    carried = migrate_answers(sample_questionnaire(), third_version(), FIRST_ANSWERS)
    reported = {lost.question: (lost.reason, lost.now) for lost in carried.dropped}
    assert reported["cap-01"] == ("merged", ("cap-11",))
    assert reported["signs-03"] == reported["signs-04"] == ("split", ("signs-08", "signs-09"))
    assert reported["harm-06"] == ("changed", ("harm-06",))
    assert "harm-06" not in carried.answers.notes


def test_an_answer_keeps_the_options_and_rows_that_are_still_offered() -> None:
    everyone = Answers(by_question={"pf-who-roles": ("leader", "supervisor", "board")})
    carried = migrate_answers(sample_questionnaire(), second_version(), everyone)
    assert carried.answers == Answers(by_question={"pf-who-roles": ("leader", "supervisor")})
    matrix = sample_questionnaire().questions["tr-topics"]
    stored = {"effects": "few", "no_longer_a_row": "few", "screening": "no_longer_an_answer"}
    assert matrix.still_valid(sample_questionnaire(), stored) == {"effects": "few"}


def test_an_answer_of_which_nothing_is_offered_any_more_is_dropped() -> None:
    board = Answers(by_question={"pf-who-roles": ("board",)})
    carried = migrate_answers(sample_questionnaire(), second_version(), board)
    assert carried.answers == Answers()
    assert [(left.question, left.reason) for left in carried.dropped] == [("pf-who-roles", "not_allowed")]


def test_what_the_agency_can_point_to_migrates_with_its_question() -> None:
    answers = Answers(by_question={"harm-06": "started"}, points_to=frozenset({"harm-06", "harm-08"}))
    carried = migrate_answers(sample_questionnaire(), second_version(), answers)
    assert carried.answers.points_to == {"harm-06"}


def test_an_answer_to_an_unknown_question_is_reported_as_dropped() -> None:
    carried = migrate_answers(
        sample_questionnaire(), second_version(), Answers(by_question={"old-01": "started"})
    )
    assert carried.dropped == (DroppedAnswer(question="old-01", reason="dropped", now=()),)


@pytest.mark.parametrize("version", VERSIONS)
@given(st.data())
def test_migrating_to_the_same_version_changes_nothing(version: str, data: st.DataObject) -> None:
    questionnaire = VERSIONS[version]()
    answers = data.draw(answers_for(questionnaire))
    carried = migrate_answers(questionnaire, questionnaire, answers)
    assert (carried.answers, carried.dropped) == (answers, ())


@pytest.mark.parametrize(("one", "other"), PAIRS)
@given(st.data())
def test_migrated_answers_are_valid_and_all_others_are_reported(
    one: str, other: str, data: st.DataObject
) -> None:
    source, target = VERSIONS[one](), VERSIONS[other]()
    answers = data.draw(answers_for(source))
    carried = migrate_answers(source, target, answers)
    for id_, answer in carried.answers.by_question.items():
        assert target.questions[id_].check(target, answer) == answer
    carried_over, lost = ids_of(carried.answers), [left.question for left in carried.dropped]
    assert len(lost) == len(set(lost))
    assert carried_over.isdisjoint(lost)
    assert carried_over.union(lost) == ids_of(answers)
    for left in carried.dropped:
        assert set(left.now) <= target.questions.keys()
        assert (left.reason == "dropped") == (left.now == ())


@pytest.mark.parametrize(("one", "other"), PAIRS)
@given(st.data())
def test_a_round_trip_loses_only_what_was_reported(one: str, other: str, data: st.DataObject) -> None:
    source, target = VERSIONS[one](), VERSIONS[other]()
    answers = data.draw(answers_for(source))
    there = migrate_answers(source, target, answers)
    back = migrate_answers(target, source, there.answers)
    lost = {left.question for left in (*there.dropped, *back.dropped)}
    shortened = {left.question for left in there.shortened}
    values = {id_: answer for id_, answer in back.answers.by_question.items() if id_ not in shortened}
    assert not back.shortened
    assert replace(back.answers, by_question=values) == Answers(
        by_question={
            id_: answer for id_, answer in answers.by_question.items() if id_ not in lost | shortened
        },
        notes={id_: text for id_, text in answers.notes.items() if id_ not in lost},
        reasons={id_: text for id_, text in answers.reasons.items() if id_ not in lost},
    )
