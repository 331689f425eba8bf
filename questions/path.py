"""From answers to the path: which questions, rows and pages are visible, and what is left to do.

The path is worked out from the start each time. An answer off the path stays stored, and counts nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from questions.answers import Answers
from questions.conditions import Answer, Truth, leaves, truth
from questions.kinds.base import Question
from questions.kinds.options import Row
from questions.model import NOT_APPLICABLE, Page, Part, Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage:
    """A page with the questions of it that are on the path (at least one).

    `number` is its place among all pages of the questionnaire, from 0.
    """

    number: int
    part: Part
    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a page is on the way: questions done and on the path now, and the range still to come.

    `fewest` and `most` bound the questions on later pages, whatever is answered from here on. `minutes` is an
    estimate, from and to, for those of this page and later ones that have no answer yet; (0, 0) for none.
    `minutes_left` estimates the most of these questions at a middle speed, so no new answer adds to it.
    """

    part_number: int
    part_count: int
    answered: int
    on_path: int
    fewest: int
    most: int
    minutes: tuple[int, int]
    minutes_left: int


@dataclass(frozen=True, kw_only=True)
class Path:
    """The questions on the path, and what was answered.

    `visible` holds the questions on the path: True, or None where that depends on an open answer. `rows`
    are the visible rows of those questions that have rows. `active` holds the answers on the path;
    `inactive` those off the path, which are stored and count nowhere.
    """

    questionnaire: Questionnaire
    visible: Mapping[str, Truth]
    rows: Mapping[str, tuple[Row, ...]]
    active: Answers
    inactive: Answers

    @cached_property
    def pages(self) -> tuple[PathPage, ...]:
        """The pages with a question on the path, in order."""
        pages = []
        for number, (part, page) in enumerate(self.questionnaire.pages):
            questions = tuple(q for q in page.questions if q.id in self.visible)
            if questions:
                pages.append(PathPage(number=number, part=part, page=page, questions=questions))
        return tuple(pages)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts with a page on the path, in order."""
        return tuple({page.part.id: page.part for page in self.pages}.values())

    @property
    def is_first_look(self) -> bool:
        """Whether only the essentials are asked."""
        depth = self.questionnaire.rules.depth
        return depth is not None and self.active.by_question.get(depth.question) == depth.essentials

    def page(self, number: int) -> PathPage | None:
        """Return the page with this number, or None when it is off the path."""
        return next((page for page in self.pages if page.number == number), None)

    def after(self, number: int) -> PathPage | None:
        """Return the next page on the path; None at the end."""
        return next((page for page in self.pages if page.number > number), None)

    def before(self, number: int) -> PathPage | None:
        """Return the page on the path before; None at the start."""
        return next((page for page in reversed(self.pages) if page.number < number), None)

    def complete_parts(self, unseen: Container[str] = ()) -> frozenset[str]:
        """Return the ids of the parts whose every question on the path has an answer that was seen."""
        open_parts = {page.part.id for page in self._open_pages(unseen)}
        return frozenset(part.id for part in self.parts) - open_parts

    def first_open_page(self, unseen: Container[str] = ()) -> PathPage | None:
        """Return the first page with a question that has no answer, or an unseen one; else None."""
        return next(self._open_pages(unseen), None)

    def _open_pages(self, unseen: Container[str]) -> Iterator[PathPage]:
        done = {id_ for id_ in self.active.by_question if id_ not in unseen}
        return (page for page in self.pages if any(question.id not in done for question in page.questions))


def path_of(questionnaire: Questionnaire, answers: Answers) -> Path:
    """Return the path of these answers. Never raises for checked answers."""
    visible: dict[str, Truth] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    active: dict[str, Answer] = {}
    inactive: dict[str, Answer] = {}
    for question in questionnaire.questions.values():
        answer = answers.by_question.get(question.id)
        state = truth(question.show_when, active)
        if state is False:
            if answer is not None:
                inactive[question.id] = answer
            continue
        visible[question.id] = state
        visible_rows = question.visible_rows(questionnaire, active)
        if visible_rows is not None:
            rows[question.id] = visible_rows
            answer, off_path = _split_rows(visible_rows, answer)
            if off_path:
                inactive[question.id] = off_path
        if answer:
            active[question.id] = answer
    reasoned = {id_ for id_, answer in active.items() if answer == NOT_APPLICABLE}
    return Path(
        questionnaire=questionnaire,
        visible=visible,
        rows=rows,
        active=Answers(
            by_question=active,
            notes=_only(visible, answers.notes),
            reasons=_only(reasoned, answers.reasons),
            points_to=frozenset(answers.points_to & visible.keys()),
        ),
        inactive=Answers(
            by_question=inactive,
            notes=_without(visible, answers.notes),
            reasons=_without(reasoned, answers.reasons),
            points_to=frozenset(answers.points_to - visible.keys()),
        ),
    )


def progress(path: Path, here: PathPage, unseen: Container[str] = ()) -> Progress:
    """Return the progress at a page of the path; an unseen answer takes as long as one that is missing."""
    before, later = _split_at(path.questionnaire, here.number)
    decided = {q.id: path.active.by_question.get(q.id) for q in before}
    outlook = [_will_be_visible(question, decided) for question in later]
    done = {id_ for id_ in path.active.by_question if id_ not in unseen}
    open_here = sum(question.id not in done for question in here.questions)
    open_later = [will for question, will in zip(later, outlook, strict=True) if question.id not in done]
    fewest_open = open_here + sum(will is True for will in open_later)
    most_open = open_here + sum(will is not False for will in open_later)
    rate = path.questionnaire.rules.minutes_per_question
    return Progress(
        part_number=[part.id for part in path.parts].index(here.part.id) + 1,
        part_count=len(path.parts),
        answered=len(path.active.by_question),
        on_path=len(path.visible),
        fewest=sum(will is True for will in outlook),
        most=sum(will is not False for will in outlook),
        minutes=(math.ceil(fewest_open * rate.fewest), math.ceil(most_open * rate.most)),
        minutes_left=math.ceil(most_open * (rate.fewest + rate.most) / 2),
    )


def _will_be_visible(question: Question, decided: Mapping[str, Answer | None]) -> Truth:
    """Return whether the question will be visible, or None if that depends on answers still to come."""
    state = truth(question.show_when, {id_: answer for id_, answer in decided.items() if answer})
    if state is not None:
        return state
    return None if any(leaf.q not in decided for leaf in leaves(question.show_when)) else True


def _split_at(questionnaire: Questionnaire, number: int) -> tuple[list[Question], list[Question]]:
    """Return the questions of the pages before this one, and of those after it."""
    before: list[Question] = [q for _, page in questionnaire.pages[:number] for q in page.questions]
    after: list[Question] = [q for _, page in questionnaire.pages[number + 1 :] for q in page.questions]
    return before, after


def _split_rows(
    rows: tuple[Row, ...], answer: Answer | None
) -> tuple[Mapping[str, str] | None, Mapping[str, str]]:
    """Return the answers of the rows on the path (None for none), and of the others."""
    if not isinstance(answer, Mapping):
        return None, {}
    visible = {row.value for row in rows}
    on_path = {row: value for row, value in answer.items() if row in visible}
    return on_path or None, {row: value for row, value in answer.items() if row not in visible}


def _only(ids: Container[str], texts: Mapping[str, str]) -> dict[str, str]:
    return {id_: text for id_, text in texts.items() if id_ in ids}


def _without(ids: Container[str], texts: Mapping[str, str]) -> dict[str, str]:
    return {id_: text for id_, text in texts.items() if id_ not in ids}


def answer_labels(path: Path, question: Question) -> tuple[str, ...]:
    """Return the labels of the answer on the path, a matrix as "row: answer"; () for none."""
    return question.labels(path.questionnaire, path.active.by_question.get(question.id))
