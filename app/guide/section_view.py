"""One section of the guide: what it recommends, and links to its questions in a self-check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.content import path_for
from app.database.assessments import Assessment
from app.http.remembered_histories import remembered_assessments
from questions.guide import GuideSection, Organisation, Resource, Supplement
from questions.kinds.stage import StageQuestion
from questions.model import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A section with its resources, the publishers of these that have changed, and its practices.

    `supplements` maps each supplement to the practices of the section that name it.
    """

    section: GuideSection
    resources: tuple[Resource, ...]
    organisations: tuple[Organisation, ...]
    practices: tuple[StageQuestion, ...]
    supplements: Mapping[Supplement, tuple[StageQuestion, ...]]
    before: GuideSection | None
    after: GuideSection | None


def section_page(questionnaire: Questionnaire, section: GuideSection) -> SectionPage:
    """Return what the page of a section shows."""
    guide = questionnaire.guide
    resources = tuple(r for r in questionnaire.resources if r.section == section.number)
    named = {id_ for resource in resources for id_ in resource.organisation_ids}
    practices = _practices(questionnaire, section)
    place = guide.sections.index(section)
    return SectionPage(
        section=section,
        resources=resources,
        organisations=tuple(o for o in guide.organisations if o.id in named),
        practices=practices,
        supplements={
            supplement: users
            for supplement in questionnaire.supplements
            if (
                users := tuple(practice for practice in practices if supplement.id in practice.supplement_ids)
            )
        },
        before=guide.sections[place - 1] if place else None,
        after=guide.sections[place + 1] if place + 1 < len(guide.sections) else None,
    )


def _practices(questionnaire: Questionnaire, section: GuideSection) -> tuple[StageQuestion, ...]:
    (part,) = (part for part in questionnaire.parts if part.id == section.part)
    return part.practices


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheckEntry:
    """Where a section leads: into the newest draft that this browser may open, or to a new one.

    `finished` is the newest finished assessment, if there is no draft. `pages` maps each section's part to
    the address of its first page in the draft.
    """

    draft: Assessment | None
    finished: Assessment | None
    pages: Mapping[str, str]


def self_check_entry(questionnaire: Questionnaire) -> SelfCheckEntry:
    """Return where the sections lead in the assessments that this browser may open."""
    mine = remembered_assessments()
    draft = next((assessment for assessment in mine if not assessment.finished), None)
    finished = next((assessment for assessment in mine if assessment.finished), None)
    return SelfCheckEntry(
        draft=draft,
        finished=None if draft else finished,
        pages=_first_pages(questionnaire, draft) if draft else {},
    )


def _first_pages(questionnaire: Questionnaire, draft: Assessment) -> dict[str, str]:
    """Return the address of each section's first page in a draft.

    A draft of an older version may not have the part; then it is the address that continues the draft.
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
