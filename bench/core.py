"""The core: from answers to a plan, without web, database or PDF."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bench.machine import milliseconds
from bench.rows import Row
from questions.answers import Answers
from questions.kinds.base import Question
from questions.loading.loader import load_folder
from questions.model import Questionnaire
from questions.path import path_of
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from reports.plan.sample import made_up_answers
from tests.support.second_version import second_version

HEADER = Header(agency="Harbor House", date=datetime.date(2026, 3, 1))


def plan_from_answers() -> list[Row]:
    """Return median times: from answers to plan, to the comparison of two, and to load the content."""
    questionnaire = load_folder()
    answers = everything(questionnaire)
    plan = milliseconds(lambda: action_plan(path_of(questionnaire, answers), HEADER), 200)
    return [
        Row("Plan from answers, the longest", plan, limit=5),
        Row("Comparison of two assessments, across a version", comparison_of_two_assessments(), limit=5),
        Row("Content read and checked, at start", milliseconds(load_folder, 10)),
    ]


def comparison_of_two_assessments() -> float:
    """Return the median time in ms of a comparison of two full sets of answers, each to its own version."""
    versions = load_folder(), second_version()
    answers = [everything(questionnaire) for questionnaire in versions]
    days = HEADER.date, HEADER.date + datetime.timedelta(days=180)

    def made() -> Comparison:
        earlier, later = (
            FinishedAssessment(
                path=path_of(questionnaire, given), header=Header(agency=HEADER.agency, date=day)
            )
            for questionnaire, given, day in zip(versions, answers, days, strict=True)
        )
        return compare(earlier, later)

    return milliseconds(made, 200)


def full_plan() -> ActionPlan:
    """Return the longest plan: every practice on the path and "not yet"."""
    questionnaire = load_folder()
    return action_plan(path_of(questionnaire, everything(questionnaire)), HEADER)


@dataclass(frozen=True, slots=True)
class _AgencyInNeed:
    """Chooses all that it may, and what calls for most help and most actions where it may choose one."""

    questionnaire: Questionnaire

    def one_of(self, question: Question, values: Sequence[str], row: str = "") -> str:
        gaps = question.gap_options(self.questionnaire)
        if gaps:
            return gaps[0].value
        caps = {option.value: option.plan_cap or 0 for option in question.options_in(self.questionnaire)}
        return max(values, key=lambda value: caps[value])

    def some_of(self, question: Question, values: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(values[:most])


def everything(questionnaire: Questionnaire) -> Answers:
    """Return answers that put every question on the path and find a gap in each."""
    return made_up_answers(questionnaire, _AgencyInNeed(questionnaire))
