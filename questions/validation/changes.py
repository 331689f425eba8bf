"""Problems in changes.yaml when read together with today's questions."""

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
from questions.source_files.errors import LocatedProblem, Location

_SIZES: dict[ChangeKind, str] = {
    "reworded": "one id, the same under was and now",
    "changed": "one id, the same under was and now",
    "split": "one id under was, and two or more under now",
    "merged": "two ids or more under was, and one under now",
    "dropped": "one id under was, and none under now",
    "new": "no id under was, and one under now",
}


def change_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in the version and in the steps that led to it."""
    head = Location("questionnaire.yaml", ("version",))
    if not is_version(questionnaire.version):
        yield head.problem("the version must be three numbers", "write it like 1.0.0, in double quotes")
        return
    before = "0.0.0"
    for index, step in enumerate(questionnaire.changes):
        location = Location("changes.yaml", ("changes", index))
        if not is_version(step.from_) or not is_version(step.to):
            yield location.problem(
                "“from” and “to” must be versions of three numbers", "write them like 1.0.0, in double quotes"
            )
            continue
        yield from _order_problems(questionnaire, step, before, location)
        yield from _step_problems(questionnaire, step, location.at("questions"))
        before = step.to


def _order_problems(
    questionnaire: Questionnaire, step: ContentChange, before: str, location: Location
) -> Iterator[LocatedProblem]:
    first, last = version_numbers(step.from_), version_numbers(step.to)
    if not version_numbers(before) <= first < last:
        yield location.problem(
            "steps must be in order, each from a lower version to a higher one",
            "put the newest last, or correct its “from” and “to”",
        )
    if last > version_numbers(questionnaire.version):
        yield location.at("to").problem(
            f"the version in questionnaire.yaml is only {questionnaire.version}", "raise it, or lower “to”"
        )


def _step_problems(
    questionnaire: Questionnaire, step: ContentChange, location: Location
) -> Iterator[LocatedProblem]:
    seen: set[tuple[str, str]] = set()
    for index, change in enumerate(step.questions):
        here = location.at(index)
        if not _fits(change):
            yield here.problem(f"“{change.kind}” needs {_SIZES[change.kind]}", "fix the ids, or the kind")
        if not change.note:
            yield here.at("note").problem("the note is empty", "say why in plain words")
        ids = [*(("was", id_) for id_ in change.was), *(("now", id_) for id_ in change.now)]
        for side, id_ in ids:
            if (side, id_) in seen:
                yield here.problem(
                    f"“{id_}” is listed under “{side}” twice in this step", "combine the entries"
                )
            seen.add((side, id_))
        if step.to == questionnaire.version:
            yield from here.at("now").unknown_ids(change.now, questionnaire.questions)
            yield from _still_asked(questionnaire, change, here)


def _still_asked(
    questionnaire: Questionnaire, change: QuestionChange, location: Location
) -> Iterator[LocatedProblem]:
    if change.kind in ("split", "merged", "dropped"):
        for id_ in change.was:
            if id_ in questionnaire.questions:
                yield location.at("was").problem(
                    f"“{id_}” is still asked",
                    "remove it from the questions, and give the question in its place a new id",
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
