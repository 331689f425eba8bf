"""The plan of a made-up agency, which shows visitors what they would get.

It is built here and not beside the page, so that the key of its cached PDF covers it.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Sequence

from questions.answers import Answers
from questions.kinds.base import MadeUpAgency, Question
from questions.model import Questionnaire
from questions.path import path_of
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from reports.plan.translations import translations

# The stages of its practices, 0 for the lowest: most of an agency that begins are under way; a few are done.
_STAGES = (0, 1, 1, 2, 1, 3, 0, 2)
_CHOSEN = 3


class _SampleAgency:
    """Chooses the first few where it may, and otherwise the second option, but the lowest in each row."""

    def one_of(self, question: Question, values: Sequence[str], row: str = "") -> str:
        if question.is_practice:
            return values[_STAGES[zlib.crc32(question.id.encode()) % len(_STAGES)]]
        return values[0] if row else values[:2][-1]

    def some_of(self, question: Question, values: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(values[: min(_CHOSEN, most)])


def made_up_answers(questionnaire: Questionnaire, agency: MadeUpAgency) -> Answers:
    """Return the answers of a made-up agency to all questions, at whatever depth."""
    depth = questionnaire.rules.depth
    given = {
        id_: question.made_up_answer(questionnaire, agency)
        for id_, question in questionnaire.questions.items()
        if not depth or id_ != depth.question  # blank means that everything is asked
    }
    return Answers(by_question={id_: answer for id_, answer in given.items() if answer})


def sample_plan(questionnaire: Questionnaire, day: datetime.date) -> ActionPlan:
    """Return the plan of the made-up agency, as finished on this day."""
    path = path_of(questionnaire, made_up_answers(questionnaire, _SampleAgency()))
    name = translations(questionnaire.language).gettext("Sample agency (made up)")
    return action_plan(path, Header(agency=name, date=day))
