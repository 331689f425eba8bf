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
from reports.plan.translations import translations

NO_BREAK = "\u00a0"
# In the circles of a table: a cell without text is read as empty.
LETTERS = "abcdefghij"

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
            in_short=_in_short(questionnaire),
            agenda=_agenda(questionnaire.language),
            letters=LETTERS,
            only_if=partial(_only_if, questionnaire, numbers),
        )
    )


def _stages(questionnaire: Questionnaire) -> tuple[Option, ...]:
    """Return the answers to a practice, which all practices share."""
    return questionnaire.practices[0].options_in(questionnaire)


def _in_short(questionnaire: Questionnaire) -> str:
    """Return what the four stages mean, for the foot of each page."""
    ranked = (option for option in _stages(questionnaire) if option.steps is not None)
    return " · ".join(f"{option.label}: {option.meaning}" for option in ranked)


def _agenda(language: str) -> tuple[tuple[int, str], ...]:
    """Return the steps of the meeting, with their minutes."""
    _ = translations(language).gettext
    return (
        (10, _("Welcome. Say that this is no test, and that it helps to disagree. Read the stages aloud.")),
        (
            60,
            _(
                "Go down the score sheet. Talk only about rows where marks differ: what has each person "
                "seen? Write what you agree on under “Ours.”"
            ),
        ),
        (10, _("Take a break.")),
        (20, _("Rows with “Not sure”: who can find out, and by when?")),
        (15, _("Go through the training needs at the end.")),
        (5, _("Who enters the answers online, and when will you look at the plan together?")),
    )


def _only_if(questionnaire: Questionnaire, numbers: Mapping[str, int], condition: Condition | None) -> str:
    """Return the sentence about who is asked; "" if everyone is."""
    own = questionnaire.rules.own_condition(condition)
    if own is None:
        return ""
    words = questionnaire.texts.files.worksheet

    def name_of(question: Question) -> str:
        return words.question_name.format(number=numbers[question.id]).replace(" ", NO_BREAK)

    return words.only_if.format(condition=in_words(questionnaire, own, name_of))
