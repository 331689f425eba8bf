"""The agency's answers by SAMHSA's ten domains and six principles, as funders ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from questions.kinds.stage import StageQuestion
from reports.plan.model import ActionPlan, Finding
from reports.plan.translations import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkTable:
    """The domains or the principles: each with how many of the practices that serve it have each stage."""

    title: str
    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def crosswalk(plan: ActionPlan) -> tuple[CrosswalkTable, ...]:
    """Return a table of the domains and one of the principles; () in versions that name no domains."""
    rules, language = plan.questionnaire.rules, plan.questionnaire.language
    _ = translations(language).gettext
    if not rules.samhsa_domains:
        return ()
    return (
        _table(plan, _("SAMHSA domain"), rules.samhsa_domains, lambda question: question.samhsa_domains),
        _table(plan, _("SAMHSA principle"), rules.samhsa_principles, lambda q: q.samhsa_principles),
    )


def answered(plan: ActionPlan) -> Iterator[Finding]:
    """Yield each practice that is answered with a stage, in the guide's order."""
    found = {finding.question.id: finding for finding in plan.strengths}
    found |= {action.question.id: action.finding for action in plan.actions}
    yield from (found[id_] for id_ in plan.questionnaire.practice if id_ in found)


def _table(
    plan: ActionPlan,
    title: str,
    names: Mapping[str, str],
    ids_of: Callable[[StageQuestion], tuple[str, ...]],
) -> CrosswalkTable:
    stages = sorted(plan.questionnaire.rules.gap, key=lambda code: -plan.questionnaire.rules.gap[code])
    found = Counter((id_, f.answer.value) for f in answered(plan) for id_ in ids_of(f.question))
    return CrosswalkTable(
        title=title,
        stages=tuple(plan.sections[0].labels[code] for code in stages),
        rows=tuple((name, tuple(found[id_, code] for code in stages)) for id_, name in names.items()),
    )
