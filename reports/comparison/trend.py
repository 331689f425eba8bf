"""The same practices over several assessments: how many stood at each stage each time. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questions.model import Questionnaire
from questions.path import Path
from reports.comparison.matching import comparable
from reports.plan.model import StageCounts
from reports.plan.priorities import answer_to

_FEWEST = 3  # two are a comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The stages, each time, of the practices that all of these assessments rated.

    `practices` is how many those are.
    """

    practices: int
    counts: tuple[StageCounts, ...]


def trend(paths: Sequence[Path]) -> Trend | None:
    """Return the trend over these assessments, in their order, by the questionnaire of the last one.

    None for fewer than three, and if they rated no practice in common.
    """
    if len(paths) < _FEWEST:
        return None
    last = paths[-1]
    ids = [id_ for id_ in last.questionnaire.practice if all(_is_rated(path, last, id_) for path in paths)]
    if not ids:
        return None
    steps = ([_steps(path, id_) for id_ in ids] for path in paths)
    return Trend(practices=len(ids), counts=tuple(counts_of(last.questionnaire, each) for each in steps))


def counts_of(questionnaire: Questionnaire, steps: Iterable[int | None]) -> StageCounts:
    """Return how many answers are at each stage, in the words of this questionnaire."""
    scale = questionnaire.scale[questionnaire.practices[0].scale]
    stages = [option for option in scale.options if option.steps is not None]
    found = Counter(steps)
    return StageCounts(
        counts={stage.value: found[stage.steps] for stage in stages},
        labels={stage.value: stage.label for stage in stages},
    )


def _is_rated(path: Path, last: Path, id_: str) -> bool:
    return comparable(path, last, id_) and id_ in path.visible and _steps(path, id_) is not None


def _steps(path: Path, id_: str) -> int | None:
    answer = answer_to(path, path.questionnaire.practice[id_])
    return answer.steps if answer else None
