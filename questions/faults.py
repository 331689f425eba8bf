"""Faults of the content, in words for its editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from questions.spot import ReferenceFault
from questions.yaml_source import YamlSource

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
    "union_tag_not_found": ("“{field}” needs a kind: single, many, stage or matrix", "add “kind”"),
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
