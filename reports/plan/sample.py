"""The plan of a made-up agency, which shows visitors what they would get.

It is built here and not beside the page, so that the key of its cached PDF covers it.
"""

from __future__ import annotations

import datetime
import zlib

from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import Question
from questions.model import Questionnaire
from questions.path import path_of
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from reports.plan.translations import translations

# Most practices of an agency that begins are under way; a few are done.
_WEIGHTS = (0, 1, 1, 2, 1, 3, 0, 2)
_CHOSEN = 3


def sample_plan(questionnaire: Questionnaire, day: datetime.date) -> ActionPlan:
    """Return the plan of the made-up agency, as finished on this day."""
    given = {question.id: _answer(questionnaire, question) for question in questionnaire.questions.values()}
    path = path_of(questionnaire, Answers(by_question={id_: one for id_, one in given.items() if one}))
    name = translations(questionnaire.language).gettext("Sample agency (made up)")
    header = Header(agency=name, date=day)
    return action_plan(path, header)


def _answer(questionnaire: Questionnaire, question: Question) -> Answer | None:
    """Return a stage for a practice, the first few options where several can be chosen, else the second."""
    depth = questionnaire.rules.depth
    if depth and question.id == depth.question:
        return None  # blank means that everything is asked
    values = [option.value for option in question.options_in(questionnaire) if not option.exclusive]
    if question.is_practice:
        return values[_WEIGHTS[zlib.crc32(question.id.encode()) % len(_WEIGHTS)]]
    rows = question.rows_in(questionnaire)
    if rows:
        return {row.value: values[0] for row in rows[:_CHOSEN]}
    return tuple(values[:_CHOSEN]) if question.accepts_several else values[1]
