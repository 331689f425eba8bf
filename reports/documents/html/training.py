"""Training needs as tables of few rows: one for all needs with the same answer and the same help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from reports.plan.model import ActionPlan, Help, TrainingNeed


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """Training needs with the same answer and the same help, as one row."""

    labels: tuple[str, ...]
    answer: str
    help: Help


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTable:
    """A training question with a need. Where topics are chosen, the answers are what the rows are about."""

    question: str
    has_answers: bool
    rows: tuple[TrainingRow, ...]


def training_tables(plan: ActionPlan) -> Iterator[TrainingTable]:
    """Yield a table for each training question that shows a need."""
    for id_, group in groupby(plan.training, key=lambda need: need.cause.question):
        needs = tuple(group)
        yield TrainingTable(
            question=plan.questionnaire.questions[id_].text,
            has_answers=any(need.answer.label != need.label for need in needs),
            rows=tuple(_rows(needs)),
        )


def _rows(needs: tuple[TrainingNeed, ...]) -> Iterator[TrainingRow]:
    """Yield the needs in order, with one row for needs that have the same answer and the same help."""
    alike: dict[tuple[str, Help], list[TrainingNeed]] = {}
    for need in needs:
        alike.setdefault((need.answer.label, _without_reasons(need.help)), []).append(need)
    for (answer, help_), members in alike.items():
        yield TrainingRow(labels=tuple(member.label for member in members), answer=answer, help=help_)


def _without_reasons(help_: Help) -> Help:
    return replace(help_, resources=tuple(replace(chosen, because=()) for chosen in help_.resources))
