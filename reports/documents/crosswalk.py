"""The agency's answers by SAMHSA's ten domains and six principles, as funders ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from questions.kinds.stage import StageQuestion
from reports.plan.model import ActionPlan, Finding
from reports.plan.translations import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkLine:
    """A domain or principle, and the answered practices that serve it, each with its answer."""

    group: str
    name: str
    practices: tuple[tuple[str, str], ...]


def crosswalk(plan: ActionPlan) -> tuple[CrosswalkLine, ...]:
    """Return a line for each domain and principle; () in versions that do not name the domains."""
    rules, language = plan.questionnaire.rules, plan.questionnaire.language
    _ = translations(language).gettext
    if not rules.samhsa_domains:
        return ()
    found = tuple(answered(plan))
    return (
        *_lines(_("SAMHSA domain"), rules.samhsa_domains, found, lambda question: question.samhsa_domains),
        *_lines(_("SAMHSA principle"), rules.samhsa_principles, found, lambda q: q.samhsa_principles),
    )


def answered(plan: ActionPlan) -> Iterator[Finding]:
    """Yield each practice that is answered with a stage, in the guide's order."""
    found = {finding.question.id: finding for finding in plan.strengths}
    found |= {action.question.id: action.finding for action in plan.actions}
    yield from (found[id_] for id_ in plan.questionnaire.practice if id_ in found)


def _lines(
    group: str,
    names: Mapping[str, str],
    findings: tuple[Finding, ...],
    ids_of: Callable[[StageQuestion], tuple[str, ...]],
) -> Iterator[CrosswalkLine]:
    for id_, name in names.items():
        practices = tuple((f.question.short, f.answer.label) for f in findings if id_ in ids_of(f.question))
        yield CrosswalkLine(group=group, name=name, practices=practices)
