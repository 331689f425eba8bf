"""The texts that the code knows of texts.yaml: where each one is, and whether anything still reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from questions.model_base import NoLongerRead
from questions.texts import Texts

ANY = "*"  # in place of the keys of a group by ids

Keys = tuple[str, ...]


def known_texts(*, read: bool) -> tuple[Keys, ...]:
    """Return the keys that lead to each text which is still read, or to each which no longer is."""
    return tuple(keys for keys, type_ in _texts(Texts, ()) if (type_ != NoLongerRead) is read)


def values_at(data: Any, keys: Keys) -> Iterator[Any]:
    """Yield the values in the data of a file to which these keys lead."""
    if not keys:
        yield data
    elif isinstance(data, Mapping):
        inner = data.values() if keys[0] == ANY else [data[keys[0]]] if keys[0] in data else []
        for one in inner:
            yield from values_at(one, keys[1:])


def _texts(kind: Any, above: Keys) -> Iterator[tuple[Keys, Any]]:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        type_, keys = hints[field.name], (*above, field.name)
        yield keys, type_
        by_id = get_origin(type_) is Mapping
        for inner in (type_, *get_args(type_)):
            if isinstance(inner, type) and is_dataclass(inner):
                yield from _texts(inner, (*keys, ANY) if by_id else keys)
