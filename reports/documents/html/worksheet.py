"""The blank questionnaire as an HTML document for the PDF: every question, to discuss on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from questions.conditions import Condition
from questions.kinds import KINDS
from questions.kinds.base import Question
from questions.kinds.options import Option
from questions.model import Questionnaire
from reports.documents.condition_labels import in_words
from reports.documents.html.document import environment, require_macros

NO_BREAK = "\u00a0"

require_macros(environment("en-US"), "report/worksheet_questions.html", KINDS)


def worksheet(questionnaire: Questionnaire) -> str:
    """Return every part, page and question of the questionnaire as HTML, with boxes to tick."""
    numbers = {id_: number for number, id_ in enumerate(questionnaire.questions, start=1)}
    return (
        environment(questionnaire.language)
        .get_template("report/worksheet.html")
        .render(
            questionnaire=questionnaire,
            words=questionnaire.texts.files.worksheet,
            numbers=numbers,
            stages=_stages(questionnaire),
            only_if=partial(_only_if, questionnaire, numbers),
        )
    )


def _stages(questionnaire: Questionnaire) -> tuple[Option, ...]:
    """Return the answers to a practice, which all practices share."""
    return questionnaire.practices[0].options_in(questionnaire)


def _only_if(questionnaire: Questionnaire, numbers: Mapping[str, int], condition: Condition | None) -> str:
    """Return the sentence about who is asked; "" if everyone is."""
    own = questionnaire.rules.own_condition(condition)
    if own is None:
        return ""
    words = questionnaire.texts.files.worksheet

    def name_of(question: Question) -> str:
        return words.question_name.format(number=numbers[question.id]).replace(" ", NO_BREAK)

    return words.only_if.format(condition=in_words(questionnaire, own, name_of))
