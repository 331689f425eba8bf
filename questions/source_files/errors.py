"""Faults of the content, in words for its editor.

A place in a content file, by the path of keys and indexes that leads to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from questions.source_files.yaml_source import YamlSource

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ReferenceFault:
    """What is wrong, the place in the file of what it is about, and a way to mend it."""

    file: str
    location: Location
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of content stands."""

    file: str
    location: Location = ()

    def at(self, *inside: str | int) -> Spot:
        """Return the spot of something inside this one."""
        return Spot(self.file, (*self.location, *inside))

    def fault(self, message: str, mend: str) -> ReferenceFault:
        """Return a fault of what stands here, with a way to mend it."""
        return ReferenceFault(self.file, self.location, message, mend)

    def unknown(self, ids: Iterable[str], known: Container[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id that is not known."""
        mend = "look for a typing mistake, or add the entry it names"
        yield from (self.fault(f"there is no “{id_}”", mend) for id_ in ids if id_ not in known)

    def repeated(self, ids: Iterable[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id of a list that stood in it before."""
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield self.at(index).fault(
                    f"“{id_}” is used twice", "give the second one a name of its own, or take it out"
                )
            seen.add(id_)

    def no_date(self, text: str) -> Iterator[ReferenceFault]:
        """Yield a fault if the text that stands here is no date."""
        try:
            sound = datetime.date.fromisoformat(text).isoformat() == text
        except ValueError:
            sound = False
        if not sound:
            yield self.fault(
                f"“{self.location[-1]}” has to be a date", "write it as year-month-day, such as 2026-03-01"
            )


# What is wrong, by pydantic's name for it, and how to mend it.
_PLAIN = {
    "missing": ("“{field}” is missing", "add it"),
    "unexpected_keyword_argument": (
        "“{field}” is not a key known here",
        "look for a typing mistake, or take it out",
    ),
    "string_type": ("“{field}” has to be text", "write one text, in double quotes"),
    "int_parsing": ("“{field}” has to be a whole number", "write it in digits"),
    "bool_parsing": ("“{field}” has to be true or false", "write one of the two"),
    "tuple_type": ("“{field}” has to be a list", "write it in brackets, as [one, two]"),
    "dict_type": ("“{field}” has to be a set of keys with values", "write it as {{key: value}}"),
    "dataclass_type": ("“{field}” has to be a set of keys with values", "write it as {{key: value}}"),
    "literal_error": ("“{field}” has to be one of {expected}", "write one of these"),
    "union_tag_not_found": ("“{field}” needs a kind", "add “kind”, such as kind: single"),
    "union_tag_invalid": ("“{field}” has a kind that is not one of {expected_tags}", "write one of these"),
}


@dataclass(frozen=True, slots=True, order=True)
class ContentFault:
    """One thing to mend: the file, its line (1 is the first), what is wrong, and a way to mend it."""

    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}; mend: {self.mend}"


class ContentError(ValueError):
    """The content cannot be used. `faults` holds everything that is wrong, in file order."""

    def __init__(self, faults: Sequence[ContentFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def placed(files: Mapping[str, str], faults: Iterable[ReferenceFault]) -> Iterator[ContentFault]:
    """Yield each fault with the line, in these files, of what it is about."""
    source = cache(lambda name: YamlSource(files[name]))
    for fault in faults:
        line = source(fault.file).line(fault.location)
        yield ContentFault(fault.file, line, fault.message, fault.mend)


def plain(detail: Mapping[str, Any]) -> tuple[str, str]:
    """Return one of pydantic's error details in plain words: what is wrong, and a way to mend it."""
    field = ".".join(str(step) for step in detail["loc"][-2:]) or "the file"
    if detail["type"] not in _PLAIN:
        return f"“{field}”: {detail['msg']}", "compare it with its neighbours, and with docs/edit-content.md"
    message, mend = _PLAIN[detail["type"]]
    known = {"field": field, **detail.get("ctx", {})}
    return message.format(**known), mend.format(**known)
