"""Content of an earlier day, fitted to the types of today: what went out of use, and what came since."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

Location = tuple[str | int, ...]


def add_missing_keys(data: Any, newer: Any, groups: Iterable[Sequence[str]]) -> None:
    """Take each key that a group of the data lacks from `newer`; a group is given by the keys above it."""
    for way in groups:
        older_group, newer_group = data, newer
        for step in way:
            older_group, newer_group = _inside(older_group, step), _inside(newer_group, step)
        if isinstance(older_group, dict) and isinstance(newer_group, Mapping):
            older_group.update({key: newer_group[key] for key in newer_group.keys() - older_group.keys()})


def fit(data: Any, error: ValidationError, newer: Any) -> None:
    """Drop from the data each key that its type does not know; take each missing one from `newer`."""
    for detail in error.errors():
        if detail["type"] == "unexpected_keyword_argument":
            _drop(data, detail["loc"])
        elif detail["type"] == "missing":
            _fill(data, detail["loc"], newer)


def _drop(data: Any, location: Location) -> None:
    """Remove the value at this path of keys and indexes; a union's name in the path leads nowhere."""
    *way, last = location
    for step in way:
        with contextlib.suppress(KeyError):
            data = data[step]
    data.pop(last, None)


def _fill(data: Any, location: Location, newer: Any) -> None:
    """Set what stands at this path in `newer`; nothing when the path leads through a list, or nowhere."""
    *way, last = location
    for step in way:
        data, newer = _inside(data, step), _inside(newer, step)
    if isinstance(data, dict) and isinstance(newer, Mapping) and last in newer:
        data[str(last)] = newer[last]


def _inside(data: Any, step: str | int) -> Any:
    return data.get(step) if isinstance(data, Mapping) else None
