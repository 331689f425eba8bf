"""Whether changes.yaml is correct: what it says about each question, compared with the last version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions.model import ChangeKind, ContentChange, Questionnaire, major, version_numbers
from questions.source_files.errors import LocatedProblem, Location

_REMOVED: tuple[ChangeKind, ...] = ("split", "merged", "dropped")
_ADDED: tuple[ChangeKind, ...] = ("split", "merged", "new")
_UNCHANGED_IDS: tuple[ChangeKind, ...] = ("reworded", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What a step says about a question: what happened to it, and the location of that entry."""

    kind: ChangeKind
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """The step to today's version: its entries by question id, before (`was`) and after (`now`)."""

    location: Location
    was: dict[str, _Entry]
    now: dict[str, _Entry]


def step_problems(earlier: Questionnaire, today: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in changes.yaml: in published steps, and in the step from `earlier` to today."""
    published = version_numbers(earlier.version)
    steps = [
        (index, step) for index, step in enumerate(today.changes) if version_numbers(step.to) > published
    ]
    location = Location("changes.yaml", ("changes",))
    if today.changes[: len(today.changes) - len(steps)] != earlier.changes:
        yield location.problem(
            f"the steps up to {earlier.version} are published and may not change", "put them back"
        )
    if len(steps) > 1 or any((s.from_, s.to) != (earlier.version, today.version) for _, s in steps):
        lead = f"one step must lead from {earlier.version}, which was published last, to {today.version}"
        yield location.at(steps[0][0]).problem(lead, "put all that changed since into that one step")
        return
    step = _read(location.at(steps[0][0]), steps[0][1]) if steps else _Step(location=location, was={}, now={})
    yield from _removed(earlier, today, step)
    yield from _added(earlier, today, step)
    yield from _stayed(earlier, today, step)


def _read(location: Location, step: ContentChange) -> _Step:
    was: dict[str, _Entry] = {}
    now: dict[str, _Entry] = {}
    for index, change in enumerate(step.questions):
        entry = _Entry(kind=change.kind, location=location.at("questions", index))
        was.update(dict.fromkeys(change.was, entry))
        now.update(dict.fromkeys(change.now, entry))
    return _Step(location=location, was=was, now=now)


def _removed(earlier: Questionnaire, today: Questionnaire, step: _Step) -> Iterator[LocatedProblem]:
    """Yield problems with questions that are no longer asked."""
    for id_, entry in step.was.items():
        if id_ not in earlier.questions:
            yield entry.location.at("was").problem(
                f"{earlier.version} has no question “{id_}”", "write the id that it had then"
            )
    for id_ in earlier.questions:
        if id_ not in today.questions and (id_ not in step.was or step.was[id_].kind not in _REMOVED):
            yield step.location.problem(
                f"“{id_}” is gone since {earlier.version}",
                "say what became of it: split, merged or dropped, "
                f'such as {{kind: dropped, was: [{id_}], note: "why"}}',
            )


def _added(earlier: Questionnaire, today: Questionnaire, step: _Step) -> Iterator[LocatedProblem]:
    """Yield problems with questions that were not asked before."""
    for id_, entry in step.now.items():
        if entry.kind in _ADDED and id_ in earlier.questions:
            yield entry.location.at("now").problem(
                f"“{id_}” was asked in {earlier.version} already",
                "what is new needs a new id, and what is not needs another kind",
            )
    for id_ in today.questions:
        if id_ not in earlier.questions and (id_ not in step.now or step.now[id_].kind not in _ADDED):
            yield step.location.problem(
                f"“{id_}” is new since {earlier.version}",
                "say where it comes from: split, merged or new, "
                f'such as {{kind: new, now: [{id_}], note: "why"}}',
            )


def _stayed(earlier: Questionnaire, today: Questionnaire, step: _Step) -> Iterator[LocatedProblem]:
    """Yield problems with questions in both: the entry must match the versions of the question."""
    for id_, now in today.questions.items():
        before = earlier.questions.get(id_)
        entry = step.now.get(id_)
        if before is None or (entry and entry.kind not in _UNCHANGED_IDS):
            continue
        kind = _kind(before.version, now.version)
        if entry and entry.kind != kind:
            went = f"“{id_}” went from version {before.version} to {now.version}"
            fix = f"write “{kind}”" if kind else "remove the entry"
            yield entry.location.at("kind").problem(f"{went}: that is not “{entry.kind}”", fix)
        if kind and not entry:
            yield step.location.problem(
                f"“{id_}” went from version {before.version} to {now.version} since {earlier.version}",
                f'add {{kind: {kind}, was: [{id_}], now: [{id_}], note: "why"}}',
            )


def _kind(before: str, now: str) -> ChangeKind | None:
    """Return how a question changed according to its versions; None if it is the same."""
    if before == now:
        return None
    return "reworded" if major(before) == major(now) else "changed"
