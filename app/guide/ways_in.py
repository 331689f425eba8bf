"""From a section of the guide to its questions, in this browser's self-check or in a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.access import open_here
from app.database.assessments import Assessment
from app.questionnaires import path_for
from questions.model import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """The open self-check that was begun last, or else the one that was finished last; both may be missing.

    `pages` has the address of the first page of each part in the open one.
    """

    draft: Assessment | None
    finished: Assessment | None
    pages: Mapping[str, str]


def ways_in(questionnaire: Questionnaire) -> WaysIn:
    """Return the ways from the sections into what this browser may open."""
    mine = open_here()
    draft = next((assessment for assessment in mine if not assessment.finished), None)
    finished = next((assessment for assessment in mine if assessment.finished), None)
    return WaysIn(
        draft=draft,
        finished=None if draft else finished,
        pages=_first_pages(questionnaire, draft) if draft else {},
    )


def _first_pages(questionnaire: Questionnaire, draft: Assessment) -> dict[str, str]:
    """Return where each section's questions begin.

    A draft of an older version may have no such part; then it is where the draft goes on.
    """
    first = {page.part.id: page.page.id for page in reversed(path_for(draft).pages)}
    elsewhere = url_for("assessments.resume", public_id=draft.public_id)
    return {
        section.part: url_for(
            "assessments.page", public_id=draft.public_id, part=section.part, page=first[section.part]
        )
        if section.part in first
        else elsewhere
        for section in questionnaire.guide.sections
    }
