"""Faults of the content, in words for its editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PLAIN = {
    "missing": "“{field}” is missing",
    "unexpected_keyword_argument": "“{field}” is not a key known here; look for a typing mistake",
    "string_type": "“{field}” has to be text",
    "int_parsing": "“{field}” has to be a whole number",
    "bool_parsing": "“{field}” has to be true or false",
    "tuple_type": "“{field}” has to be a list",
    "dict_type": "“{field}” has to be a set of keys with values",
    "dataclass_type": "“{field}” has to be a set of keys with values",
    "literal_error": "“{field}” has to be one of {expected}",
    "union_tag_not_found": "“{field}” needs a kind: single, many, stage or matrix",
    "union_tag_invalid": "“{field}” has a kind that is not one of {expected_tags}",
}


@dataclass(frozen=True, slots=True, order=True)
class ContentFault:
    """One thing to mend: the file, its line (1 is the first), and what is wrong."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(ValueError):
    """The content cannot be used. `faults` holds everything that is wrong, in file order."""

    def __init__(self, faults: Sequence[ContentFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def plain_message(detail: Mapping[str, Any]) -> str:
    """Return one of pydantic's error details in plain words."""
    field = ".".join(str(step) for step in detail["loc"][-2:]) or "the file"
    form = _PLAIN.get(detail["type"])
    if form is None:
        return f"“{field}”: {detail['msg']}"
    return form.format(field=field, **detail.get("ctx", {}))
