"""Content of an earlier version, adapted to the types of this code.

Published content never changes, but the types do: the site's own words once were part of texts.yaml, for
example. Two rules bridge the gap, so that no version needs code of its own:

- A key that the types no longer know is dropped.
- A key that the types require but the old file lacks is copied from today's content. So whatever changes
  what a finished plan says must be optional in its type (None in older versions) and never required.

Neither rule changes a value that an old version has. A key whose value changes its type needs a new name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from questions.source_files.errors import KeyPath


def add_missing_keys(data: Any, newer: Any, groups: Iterable[Sequence[str]]) -> None:
    """Copy each key that a group of the data lacks from `newer`. Groups are given by the keys above them."""
    for keys in groups:
        older_group, newer_group = data, newer
        for step in keys:
            older_group, newer_group = _value_of(older_group, step), _value_of(newer_group, step)
        if isinstance(older_group, dict) and isinstance(newer_group, Mapping):
            older_group.update({key: newer_group[key] for key in newer_group.keys() - older_group.keys()})


def adapt_to_current_types(data: Any, error: ValidationError, today: Any) -> None:
    """Change the data in place so that the errors go away, with missing values taken from `today`.

    Inside a list, nothing is filled in, because its entries correspond to nothing in today's list.
    """
    for detail in error.errors():
        if detail["type"] == "unexpected_keyword_argument":
            _drop(data, detail["loc"])
        elif detail["type"] == "missing":
            _fill(data, detail["loc"], today)


def _drop(data: Any, keys: KeyPath) -> None:
    *parents, last = keys
    for step in parents:
        # Pydantic puts the tag of a union into the path too; the data has no such key.
        with contextlib.suppress(KeyError):
            data = data[step]
    data.pop(last, None)


def _fill(data: Any, keys: KeyPath, today: Any) -> None:
    *parents, last = keys
    for step in parents:
        data, today = _value_of(data, step), _value_of(today, step)
    if isinstance(data, dict) and isinstance(today, Mapping) and last in today:
        data[str(last)] = today[last]


def _value_of(data: Any, key: str | int) -> Any:
    return data.get(key) if isinstance(data, Mapping) else None
