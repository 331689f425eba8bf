"""What a plan refers to: resources, each with a code, and sources of its statements, each with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions.guide import Resource, Source, Supplement
from reports.plan.model import Help
from reports.plan.translations import translations
from reports.team.model import TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A resource of the guide, or a supplement (the other one is None), with its code and what it is for."""

    code: str
    resource: Resource | None = None
    supplement: Supplement | None = None
    used_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Everything that a plan refers to. `numbers` are those of the cited sources, by id, from 1."""

    helps: tuple[Reference, ...]
    sources: tuple[Source, ...]

    @property
    def codes(self) -> Mapping[str, str]:
        """The code of each resource and supplement, by id."""
        return {item.id: ref.code for ref in self.helps for item in (ref.resource, ref.supplement) if item}

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source, by id."""
        return {source.id: number for number, source in enumerate(self.sources, start=1)}


def references(team: TeamPlan) -> References:
    """Return what the open actions and the training needs of a plan refer to, in the order of the content."""
    questionnaire = team.plan.questionnaire
    uses = tuple(_uses(team))
    used: dict[str, list[str]] = {}
    for label, help_ in uses:
        for id_ in _ids(help_):
            names = used.setdefault(id_, [])
            if label not in names:
                names.append(label)
    resources = [item for item in questionnaire.resources if item.id in used]
    supplements = [item for item in questionnaire.supplements if item.id in used]
    return References(
        helps=(
            *(
                Reference(code=f"R{number}", resource=item, used_for=tuple(used[item.id]))
                for number, item in enumerate(resources, start=1)
            ),
            *(
                Reference(code=f"R{number}", supplement=item, used_for=tuple(used[item.id]))
                for number, item in enumerate(supplements, start=len(resources) + 1)
            ),
        ),
        sources=_cited(team, supplements),
    )


def _uses(team: TeamPlan) -> Iterator[tuple[str, Help]]:
    """Yield what help is for, and the help."""
    _ = translations(team.plan.questionnaire.language).gettext
    for item in team.planned:
        if item.tool and not item.work.closed:
            yield _("action %(position)s") % {"position": item.position}, item.tool.help
    for need in team.plan.training:
        yield _("training"), need.help


def _ids(help_: Help) -> Iterator[str]:
    for chosen in help_.resources:
        yield chosen.resource.id
        if chosen.also:
            yield chosen.also.id
    for supplement in help_.supplements:
        yield supplement.supplement.id


def _cited(team: TeamPlan, supplements: list[Supplement]) -> tuple[Source, ...]:
    """Return the sources of what the pages of the open actions and the list of resources state."""
    named = {
        id_
        for item in team.planned
        if item.tool and not item.work.closed
        for id_ in item.tool.question.source_ids
    }
    named |= {id_ for supplement in supplements for id_ in supplement.source_ids}
    return tuple(source for source in team.plan.questionnaire.sources if source.id in named)
