"""Errors of texts.yaml where it has a text for each id that code knows: one too few, or one too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questions.model import Questionnaire
from questions.source_files.errors import ReferenceFault, Spot
from reports.comparison.model import FATE_KINDS, OUTCOMES, REASONS
from reports.team.model import FIELDS, STATUSES


def required_text_errors(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield an error for each id without a text, and for each text of an id that no code knows."""
    work, comparison = questionnaire.texts.work, questionnaire.texts.comparison
    yield from _errors("work", "fields", work.fields, FIELDS)
    yield from _errors("work", "statuses", work.statuses, STATUSES)
    yield from _errors("comparison", "outcomes", comparison.outcomes, OUTCOMES)
    yield from _errors("comparison", "reasons", comparison.reasons, REASONS)
    yield from _errors("comparison", "fates", comparison.fates, FATE_KINDS)


def _errors(
    group: str, name: str, texts: Mapping[str, object], required: Sequence[str]
) -> Iterator[ReferenceFault]:
    spot = Spot("texts.yaml", (group, name))
    for id_ in required:
        if id_ not in texts:
            yield spot.fault(f"“{name}.{id_}” is missing", "write it below this line")
    for id_ in texts:
        if id_ not in required:
            yield spot.at(id_).fault(f"“{name}.{id_}” is not a key known here", "look for a typing mistake")
