"""The files that are the same for all visitors: the questions on paper, and the plan of a made-up agency."""

from __future__ import annotations

import datetime
import zlib

from app import clock
from app.content import current
from app.pdf_cache import PdfIdentity, cached_pdf
from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import Question
from questions.model import Questionnaire
from questions.path import path_of
from reports.documents.html.document import document
from reports.documents.html.worksheet import worksheet
from reports.plan.builder import Header, action_plan
from reports.plan.translations import translations
from reports.team.model import NO_WORK, TeamPlan, team_plan

# Most practices of an agency that begins are under way; a few are done.
_WEIGHTS = (0, 1, 1, 2, 1, 3, 0, 2)
_CHOSEN = 3


def worksheet_pdf() -> bytes:
    """Return all questions as PDF, rendered once for each version. Raises what `cached_pdf` raises."""
    questionnaire = current().questionnaire
    pdf = PdfIdentity(name="worksheet", assessment_id=None, inputs=(questionnaire.fingerprint,))
    return cached_pdf(pdf, lambda: worksheet(questionnaire))


def sample_plan_pdf() -> bytes:
    """Return the plan of a made-up agency, rendered once a month. Raises what `cached_pdf` raises."""
    questionnaire, day = current().questionnaire, clock.today().replace(day=1)
    inputs = (questionnaire.fingerprint, day.isoformat())
    pdf = PdfIdentity(name="sample-plan", assessment_id=None, inputs=inputs)
    return cached_pdf(pdf, lambda: document(_sample_plan(questionnaire, day)))


def _sample_plan(questionnaire: Questionnaire, day: datetime.date) -> TeamPlan:
    """Return the plan of the made-up agency, as finished on this day."""
    given = {question.id: _answer(questionnaire, question) for question in questionnaire.questions.values()}
    path = path_of(questionnaire, Answers(by_question={id_: one for id_, one in given.items() if one}))
    name = translations(questionnaire.language).gettext("Sample agency (made up)")
    header = Header(agency=name, date=day)
    return team_plan(action_plan(path, header), NO_WORK)


def _answer(questionnaire: Questionnaire, question: Question) -> Answer | None:
    """Return a stage for a practice, the first few options where several can be chosen, else the last."""
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
