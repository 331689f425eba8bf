"""Starting a draft, and opening one, as a whole or at one page, with its answers and their path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.content import answers_from, current, questionnaire_of, store_current_questionnaire
from app.database.answers import StoredAnswer, answers_to, stored_answers
from app.database.assessments import Assessment, NewAssessment, add_assessment, add_history
from app.database.locking import Stale
from app.permissions import Permission, require
from app.tokens import new_id
from questions.answers import Answers
from questions.model import Page, Questionnaire
from questions.path import Path, PathPage, path_of
from questions.versions.migration import same_questions


def begin_draft(
    *, previous: Assessment | None = None, agency: str = "", agency_id: int | None = None
) -> Assessment:
    """Return a new draft that uses the current questionnaire. The caller commits.

    It joins the history of the finished assessment that it starts from, if one is given. Otherwise it starts
    a history, which belongs to the agency with the id `agency_id`, if any. `agency` is the name to print on
    the plan.
    """
    history = previous.history if previous else add_history(new_id(), agency_id)
    new = NewAssessment(
        public_id=new_id(),
        history_id=history.id,
        fingerprint=store_current_questionnaire().fingerprint,
        previous_id=previous.id if previous else None,
        agency=agency,
    )
    return add_assessment(new, clock.now())


class AlreadyFinished(Exception):
    """The assessment is frozen; only its plan can be read."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


class PageNotFound(LookupError):
    """The questionnaire has no such page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with its stored answers, those of them that its questionnaire allows, and their path."""

    assessment: Assessment
    stored: dict[str, StoredAnswer]
    answers: Answers
    path: Path

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that it uses."""
        return self.path.questionnaire

    @property
    def can_upgrade(self) -> bool:
        """Whether the current questionnaire asks other questions than its own."""
        return not same_questions(self.questionnaire, current().questionnaire)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage(Draft):
    """A draft opened at the page with this number."""

    number: int

    @property
    def page(self) -> Page:
        """The page, with all its questions."""
        return self.questionnaire.pages[self.number][1]

    @property
    def on_path(self) -> PathPage | None:
        """The page with its questions on the path, or None when it is off the path."""
        return self.path.page(self.number)


def open_draft(public_id: str, permission: Permission = "read", *, lock: bool = True) -> Draft:
    """Return a draft. Raises AssessmentNotFound or AlreadyFinished."""
    assessment = require(public_id, permission, lock=lock)
    if assessment.finished:
        raise AlreadyFinished(public_id)
    questionnaire, stored = questionnaire_of(assessment), stored_answers(assessment)
    answers = answers_from(questionnaire, stored)
    return Draft(assessment=assessment, stored=stored, answers=answers, path=path_of(questionnaire, answers))


def open_page(
    public_id: str, part: str, page: str, permission: Permission = "read", *, lock: bool = True
) -> DraftPage:
    """Return a draft opened at a page. Raises AssessmentNotFound, AlreadyFinished or PageNotFound."""
    draft = open_draft(public_id, permission, lock=lock)
    number = draft.questionnaire.page_number.get((part, page))
    if number is None:
        raise PageNotFound
    return DraftPage(
        assessment=draft.assessment,
        stored=draft.stored,
        answers=draft.answers,
        path=draft.path,
        number=number,
    )


def lock_unchanged(draft: Draft, question_ids: Iterable[str]) -> None:
    """Keep others from changing a draft of which these answers are still as they were read. Raises Stale."""
    ids = list(question_ids)
    locked = require(draft.assessment.public_id, "edit")
    now = answers_to([locked.id], ids).get(locked.id, {})
    if locked != draft.assessment or any(now.get(id_) != draft.stored.get(id_) for id_ in ids):
        raise Stale
