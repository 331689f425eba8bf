import itertools
import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.conditions import Answer
from questions.path import PathPage, Progress, path_of, progress
from tests.conftest import AssessmentOf
from tests.support.sample import sample_questionnaire, small_questionnaire
from tests.support.strategies import values_of

VALUES = values_of(small_questionnaire())


def test_progress_counts_parts_and_questions(assessment_of: AssessmentOf) -> None:
    path = assessment_of(
        {"pf-scope": "whole", "why-01": "started", "pf-populations": ["men"], "why-06": "mostly"}
    )
    found = progress(path, next(page for page in path.pages if page.part.id == "why"))
    assert (found.part_number, found.part_count) == (2, 7)
    assert (found.answered, found.on_path) == (3, len(path.visible))


def test_progress_counts_only_parts_on_the_path() -> None:
    sample = sample_questionnaire()
    *others, training = sample.parts
    never_met = sample.questions["why-06"].show_when
    pages = [
        replace(page, questions=tuple(replace(each, show_when=never_met) for each in page.questions))
        for page in training.pages
    ]
    without = replace(sample, parts=(*others, replace(training, pages=tuple(pages))))
    path = path_of(without, Answers(by_question={"pf-populations": ("men",)}))
    assert [part.id for part in path.parts] == [part.id for part in others]
    assert progress(path, path.pages[-1]).part_count == len(others)


def test_the_range_is_wide_on_the_first_page_and_empty_after_the_last(
    assessment_of: AssessmentOf,
) -> None:
    path = assessment_of()
    first, last = progress(path, path.pages[0]), progress(path, path.pages[-1])
    assert first.fewest < first.most == len(path.visible) - len(path.pages[0].questions)
    assert (last.fewest, last.most) == (0, 0)


def test_the_start_page_shows_the_real_range_of_questions(assessment_of: AssessmentOf) -> None:
    fewest = {
        "pf-services": ["housing_help"],
        "pf-populations": ["men"],
        "pf-trafficking": ["sex"],
        "pf-languages": "no",
        "pf-partners": ["none"],
    }
    counts = len(assessment_of(fewest).visible), len(assessment_of().visible)
    start = assessment_of().pages[0]
    found = progress(assessment_of(), start)
    assert counts == (found.fewest + len(start.questions), found.most + len(start.questions))
    assert counts == (40, 56)


def test_a_profile_left_blank_leaves_nothing_open_after_it(assessment_of: AssessmentOf) -> None:
    path = assessment_of()
    after_profile = next(page for page in path.pages if page.part.id == "why")
    found = progress(path, after_profile)
    assert found.fewest == found.most


def test_the_minutes_count_the_unanswered_questions_from_here(assessment_of: AssessmentOf) -> None:
    rate = sample_questionnaire().rules.minutes_per_question
    start = progress(assessment_of(), assessment_of().pages[0])
    assert start.minutes[1] == math.ceil((start.most + 3) * rate.most)
    assert 0 < start.minutes[0] < start.minutes[1]
    answered = assessment_of({"tr-barriers": ["cost"], "tr-outside": "never"}, every="started")
    last = answered.pages[-1]
    assert progress(answered, last).minutes == (0, 0)
    assert progress(answered, last, unseen={"tr-outside"}).minutes == (1, 1)


def walk(values: dict[str, Answer], changed: dict[str, Answer]) -> list[tuple[Progress, PathPage]]:
    """Go along the pages with answers ready in later ones, and answer each page as in `changed`."""
    questionnaire, steps, number = small_questionnaire(), [], -1
    answers = dict(values)
    while page := path_of(questionnaire, Answers(by_question=answers)).after(number):
        steps.append((progress(path_of(questionnaire, Answers(by_question=answers)), page), page))
        for question in page.questions:
            answers.pop(question.id, None)
            if question.id in changed:
                answers[question.id] = changed[question.id]
        number = page.number
    return steps


@given(VALUES, st.booleans())
def test_the_range_always_includes_the_actual_count(values: dict[str, Answer], prefilled: bool) -> None:
    steps = walk(dict(reversed(values.items())) if prefilled else {}, values)
    lengths = [len(page.questions) for _, page in steps]
    for index, (found, _) in enumerate(steps):
        later = sum(lengths[index + 1 :])
        assert found.fewest <= later <= found.most


@given(VALUES, VALUES)
def test_the_range_never_widens(old: dict[str, Answer], new: dict[str, Answer]) -> None:
    steps = walk(old, new)
    for (before, _), (after, page) in itertools.pairwise(steps):
        assert before.fewest <= after.fewest + len(page.questions)
        assert before.most >= after.most + len(page.questions)


@given(VALUES)
def test_the_minutes_left_never_grow_on_the_way(values: dict[str, Answer]) -> None:
    minutes = [found.minutes_left for found, _ in walk({}, values)]
    assert minutes == sorted(minutes, reverse=True)
