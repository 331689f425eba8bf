"""The answers that `make bench` gives are answers to the shipped questions."""

from __future__ import annotations

from bench.core import everything
from questions.loading.loader import load_folder


def test_the_benchmark_gives_answers_that_the_questions_allow() -> None:
    questionnaire = load_folder()
    for id_, answer in everything(questionnaire).by_question.items():
        assert questionnaire.questions[id_].check(questionnaire, answer)
