"""The answers that `make bench` gives are answers to the shipped questions."""

from __future__ import annotations

from bench.core import everything, full_plan
from questions.loading.loader import load_folder


def test_the_benchmark_gives_answers_that_the_questions_allow() -> None:
    questionnaire = load_folder()
    for id_, answer in everything(questionnaire).by_question.items():
        assert questionnaire.questions[id_].check(questionnaire, answer)


def test_the_longest_plan_asks_everything_finds_a_gap_in_each_practice_and_plans_all_it_may() -> None:
    plan = full_plan()
    questionnaire = plan.questionnaire
    assert plan.off_path == ()
    assert len(plan.actions) == len(questionnaire.practice)
    caps = [o.plan_cap or 0 for q in questionnaire.questions.values() for o in q.options_in(questionnaire)]
    assert plan.size == max(caps)
