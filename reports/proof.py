"""Proof that every resource, supplement, rule, note and sentence of the plan is reached by some answers."""

from __future__ import annotations

from collections.abc import Iterator

from questions.model import Questionnaire
from questions.path import Path
from questions.proof import Claim, Proof, prove
from reports.model import ActionPlan
from reports.plan import action_plan
from reports.proof_choice import choice_claims
from reports.proof_resources import resource_claims
from reports.proof_rules import rule_claims
from reports.proof_texts import text_claims
from reports.proof_ways import OCCASION


def plan_proofs(questionnaire: Questionnaire) -> tuple[Proof[ActionPlan] | Proof[Path], ...]:
    """Return a proof for each thing that a plan can hold, and for each rule that decides what it holds."""
    held = prove(questionnaire, _claims(questionnaire), lambda path: action_plan(path, OCCASION))
    return (*held, *prove(questionnaire, choice_claims(questionnaire), lambda path: path))


def _claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    yield from resource_claims(questionnaire)
    yield from rule_claims(questionnaire)
    yield from text_claims(questionnaire)
