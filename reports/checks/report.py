"""Everything that `content check` proves about content without errors in itself: what answers reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from questions.model import Questionnaire
from questions.path import Path
from questions.source_files.errors import LocatedProblem
from reports.checks.balance import Balance, balance_of, balance_problems
from reports.checks.coverage.prover import Claim, Proof, prove, unproved_problems
from reports.checks.coverage.questions import content_problems, content_proofs
from reports.checks.coverage.resources import choice_claims, resource_claims
from reports.checks.coverage.rules import rule_claims
from reports.checks.coverage.texts import text_claims
from reports.checks.readability import reading_problems
from reports.plan.builder import ANY_HEADER, action_plan
from reports.plan.model import ActionPlan


def plan_proofs(questionnaire: Questionnaire) -> tuple[Proof[ActionPlan] | Proof[Path], ...]:
    """Return a proof for each item that a plan can have, and for each rule that decides what it has."""
    held = prove(questionnaire, _claims(questionnaire), lambda path: action_plan(path, ANY_HEADER))
    return (*held, *prove(questionnaire, choice_claims(questionnaire), lambda path: path))


def _claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    yield from resource_claims(questionnaire)
    yield from rule_claims(questionnaire)
    yield from text_claims(questionnaire)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentProof:
    """A proof for each item of the content, and the problems found along the way.

    `balance` are the figures of composed plans; None where the content does not compose them.
    """

    proofs: tuple[Proof[Any], ...]
    balance: Balance | None
    problems: tuple[LocatedProblem, ...]


def content_proof(questionnaire: Questionnaire) -> ContentProof:
    """Return the proofs for this content and its problems."""
    of_content, of_plans = content_proofs(questionnaire), plan_proofs(questionnaire)
    balance = balance_of(questionnaire) if questionnaire.rules.composition else None
    problems = (
        *content_problems(questionnaire, of_content),
        *unproved_problems(of_plans),
        *reading_problems(questionnaire),
        *(balance_problems(questionnaire, balance) if balance else ()),
    )
    return ContentProof(proofs=(*of_content, *of_plans), problems=problems, balance=balance)
