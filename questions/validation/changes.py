"""Faults of changes.yaml when read together with today's questions."""

from __future__ import annotations

from collections.abc import Iterator

from questions.model import (
    ChangeKind,
    ContentChange,
    QuestionChange,
    Questionnaire,
    is_version,
    version_numbers,
)
from questions.source_files.errors import ReferenceFault, Spot

_SIZES: dict[ChangeKind, str] = {
    "reworded": "one id, the same under was and now",
    "changed": "one id, the same under was and now",
    "split": "one id under was, and two or more under now",
    "merged": "two ids or more under was, and one under now",
    "dropped": "one id under was, and none under now",
    "new": "no id under was, and one under now",
}


def change_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the version and of the steps that led to it."""
    head = Spot("questionnaire.yaml", ("version",))
    if not is_version(questionnaire.version):
        yield head.fault("the version is three numbers", "write it like 1.0.0, in double quotes")
        return
    before = "0.0.0"
    for index, step in enumerate(questionnaire.changes):
        spot = Spot("changes.yaml", ("changes", index))
        if not is_version(step.from_) or not is_version(step.to):
            yield spot.fault(
                "“from” and “to” are versions of three numbers", "write them like 1.0.0, in double quotes"
            )
            continue
        yield from _order_faults(questionnaire, step, before, spot)
        yield from _step_faults(questionnaire, step, spot.at("questions"))
        before = step.to


def _order_faults(
    questionnaire: Questionnaire, step: ContentChange, before: str, spot: Spot
) -> Iterator[ReferenceFault]:
    first, last = version_numbers(step.from_), version_numbers(step.to)
    if not version_numbers(before) <= first < last:
        yield spot.fault(
            "steps stand in order, and each leads from a lower version to a higher one",
            "put the newest last, or mend its “from” and “to”",
        )
    if last > version_numbers(questionnaire.version):
        yield spot.at("to").fault(
            f"the version in questionnaire.yaml is only {questionnaire.version}", "raise it, or lower “to”"
        )


def _step_faults(questionnaire: Questionnaire, step: ContentChange, spot: Spot) -> Iterator[ReferenceFault]:
    seen: set[tuple[str, str]] = set()
    for index, change in enumerate(step.questions):
        here = spot.at(index)
        if not _fits(change):
            yield here.fault(f"“{change.kind}” needs {_SIZES[change.kind]}", "mend the ids, or the kind")
        if not change.note:
            yield here.at("note").fault("the note is empty", "say why, in plain words")
        ids = [*(("was", id_) for id_ in change.was), *(("now", id_) for id_ in change.now)]
        for side, id_ in ids:
            if (side, id_) in seen:
                yield here.fault(
                    f"“{id_}” stands under “{side}” twice in this step", "say all of it in one entry"
                )
            seen.add((side, id_))
        if step.to == questionnaire.version:
            yield from here.at("now").unknown(change.now, questionnaire.questions)
            yield from _still_asked(questionnaire, change, here)


def _still_asked(
    questionnaire: Questionnaire, change: QuestionChange, spot: Spot
) -> Iterator[ReferenceFault]:
    if change.kind in ("split", "merged", "dropped"):
        for id_ in change.was:
            if id_ in questionnaire.questions:
                yield spot.at("was").fault(
                    f"“{id_}” is still asked",
                    "take it out, and give what stands in its place a new id",
                )


def _fits(change: QuestionChange) -> bool:
    was, now = len(change.was), len(change.now)
    match change.kind:
        case "reworded" | "changed":
            return was == 1 and change.was == change.now
        case "split":
            return was == 1 and now > 1
        case "merged":
            return was > 1 and now == 1
        case "dropped":
            return (was, now) == (1, 0)
        case "new":
            return (was, now) == (0, 1)
