"""Content check: the groups of texts.yaml that need one text for each id in the code, and no other.

The ids are those of fields, statuses and outcomes in `reports`, so the check cannot be in `questions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questions.model import Questionnaire
from questions.source_files.errors import LocatedProblem, Location
from reports.comparison.model import OUTCOMES, REASONS
from reports.team.fields import field_ids, status_ids


def text_key_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield a problem for each id without a text, and for each text whose id is not in the code."""
    work, comparison = questionnaire.texts.work, questionnaire.texts.comparison
    yield from _problems("work", "fields", work.fields, field_ids())
    yield from _problems("work", "statuses", work.statuses, status_ids())
    yield from _problems("comparison", "outcomes", comparison.outcomes, OUTCOMES)
    yield from _problems("comparison", "reasons", comparison.reasons, REASONS)


def _problems(
    group: str, name: str, texts: Mapping[str, object], required: Sequence[str]
) -> Iterator[LocatedProblem]:
    location = Location("texts.yaml", (group, name))
    for id_ in required:
        if id_ not in texts:
            yield location.problem(f"“{name}.{id_}” is missing", "write it below this line")
    for id_ in texts:
        if id_ not in required:
            yield location.at(id_).problem(
                f"“{name}.{id_}” is not a known key", "look for a typo, or remove it"
            )
