"""All that can be proved of content that is sound in itself: what answers reach, and what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questions.model import Questionnaire
from questions.proof import Proof, faults_of
from questions.proof_things import content_faults, content_proofs
from questions.reading import reading_faults
from questions.spot import ReferenceFault
from reports.proof import plan_proofs


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentProof:
    """A proof for each thing of the content, and the faults that were found on the way."""

    proofs: tuple[Proof[Any], ...]
    faults: tuple[ReferenceFault, ...]


def content_proof(questionnaire: Questionnaire) -> ContentProof:
    """Return what answers reach in this content, and its faults."""
    of_content, of_plans = content_proofs(questionnaire), plan_proofs(questionnaire)
    faults = (
        *content_faults(questionnaire, of_content),
        *faults_of(of_plans),
        *reading_faults(questionnaire),
    )
    return ContentProof(proofs=(*of_content, *of_plans), faults=faults)
