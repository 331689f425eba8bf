"""One section of the guide, ready to lay out: what it recommends, and what stands beside that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questions.guide import GuideSection, Organisation, Resource, Supplement
from questions.model import Questionnaire, StageQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A section with its resources, the publishers of them that changed, and its practices.

    `supplements` are those that a practice of the section names, each with these practices.
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
    questions = (question for page in part.pages for question in page.questions)
    return tuple(question for question in questions if isinstance(question, StageQuestion))
