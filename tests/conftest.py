"""Fixtures of the core: the sample content, and builders of assessments and plans."""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Callable, Mapping

import pytest
from hypothesis import settings

from app.config import Settings
from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from tests.support.sample import sample_files, sample_questionnaire

pytest_plugins = ["tests.support.application"]

DAY = datetime.date(2026, 3, 1)

# The same made-up answers each time, so that a red run can be repeated. To search further:
# HYPOTHESIS_PROFILE=search .venv/bin/pytest tests/questions tests/reports
settings.register_profile("steady", derandomize=True, database=None, deadline=None, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Python would look through all content and code again and again for what can be freed: a fifth of the time.
gc.set_threshold(200_000, 20, 20)

# What is set on this machine, such as a real DATABASE_URL, must not reach the applications of tests.
for _name in Settings.model_fields:
    os.environ.pop(_name.upper(), None)

AssessmentOf = Callable[..., Path]
PlanOf = Callable[..., ActionPlan]


@pytest.fixture(scope="session")
def content() -> Mapping[str, str]:
    """The sample content files, text by name."""
    return sample_files()


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    """The sample questionnaire."""
    return sample_questionnaire()


@pytest.fixture(scope="session")
def assessment_of(questionnaire: Questionnaire) -> AssessmentOf:
    """Return the path of given answers; `every` is the answer to each practice not named in them."""

    def build(
        values: Mapping[str, object] | None = None,
        *,
        every: str = "",
        notes: Mapping[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> Path:
        practices = questionnaire.practice
        raw = (dict.fromkeys(practices, every) if every else {}) | dict(values or {})
        checked = {id_: questionnaire.questions[id_].check(questionnaire, v) for id_, v in raw.items()}
        answers = {id_: answer for id_, answer in checked.items() if answer}
        return path_of(questionnaire, Answers(by_question=answers, notes=notes or {}, reasons=reasons or {}))

    return build


@pytest.fixture(scope="session")
def plan_of(assessment_of: AssessmentOf) -> PlanOf:
    """Return the plan of given answers (as in `assessment_of`), made on 1 March 2026."""

    def build(
        values: Mapping[str, object] | None = None,
        *,
        agency: str = "",
        date: datetime.date = DAY,
        **more: object,
    ) -> ActionPlan:
        return action_plan(assessment_of(values, **more), Header(agency=agency, date=date))

    return build
