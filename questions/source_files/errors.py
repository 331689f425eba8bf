"""Problems in the content, described for its editor, and where in a file each one is."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from questions.source_files.yaml_source import YamlSource

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A value in a content file: the keys and indexes that lead to it."""

    file: str
    keys: KeyPath = ()

    def at(self, *keys: str | int) -> Location:
        """Return the location of a value inside this one."""
        return Location(self.file, (*self.keys, *keys))

    def problem(self, message: str, fix: str) -> LocatedProblem:
        """Return a problem at this location, with a way to fix it."""
        return LocatedProblem(self, message, fix)

    def unknown_ids(self, ids: Iterable[str], known: Container[str]) -> Iterator[LocatedProblem]:
        """Yield a problem for each id that is not known."""
        fix = "look for a typo, or add the entry that it names"
        yield from (self.problem(f"there is no “{id_}”", fix) for id_ in ids if id_ not in known)

    def repeated_ids(self, ids: Iterable[str]) -> Iterator[LocatedProblem]:
        """Yield a problem for each id that appears in the list a second time."""
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield self.at(index).problem(
                    f"“{id_}” is used twice", "give the second one its own name, or remove it"
                )
            seen.add(id_)

    def invalid_date(self, text: str) -> Iterator[LocatedProblem]:
        """Yield a problem unless the text is an ISO date."""
        try:
            valid = datetime.date.fromisoformat(text).isoformat() == text
        except ValueError:
            valid = False
        if not valid:
            yield self.problem(
                f"“{self.keys[-1]}” must be a date", "write it as year-month-day, such as 2026-03-01"
            )


def texts_within(location: Location, content: object) -> Iterator[tuple[Location, str]]:
    """Yield every text of a piece of content, which is at this location, with the location of the text."""
    if isinstance(content, str):
        yield location, content
    elif isinstance(content, tuple):
        for index, inner in enumerate(content):
            yield from texts_within(location.at(index), inner)
    elif isinstance(content, Mapping):
        for key, inner in content.items():
            yield from texts_within(location.at(key), inner)
    elif is_dataclass(content):
        for field in fields(content):
            yield from texts_within(location.at(field.name), getattr(content, field.name))


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """What is wrong with the value at a location, and a way to fix it."""

    location: Location
    message: str
    fix: str


@dataclass(frozen=True, slots=True, order=True)
class ContentProblem:
    """One problem as an editor reads it: file, line (from 1), what is wrong, and a way to fix it."""

    file: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}; fix: {self.fix}"


class ContentError(ValueError):
    """The content cannot be used. `problems` holds everything that is wrong, in the order of the files."""

    def __init__(self, problems: Sequence[ContentProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def with_lines(files: Mapping[str, str], problems: Iterable[LocatedProblem]) -> Iterator[ContentProblem]:
    """Yield each problem with the line of its location in these files (text by name)."""
    source = cache(lambda name: YamlSource(files[name]))
    for problem in problems:
        file = problem.location.file
        yield ContentProblem(file, source(file).line(problem.location.keys), problem.message, problem.fix)


# Pydantic's error types: what is wrong, and how to fix it.
_MESSAGES = {
    "missing": ("“{field}” is missing", "add it"),
    "unexpected_keyword_argument": ("“{field}” is not a known key", "look for a typo, or remove it"),
    "string_type": ("“{field}” must be text", "write one text, in double quotes"),
    "int_parsing": ("“{field}” must be a whole number", "write it in digits"),
    "bool_parsing": ("“{field}” must be true or false", "write one of the two"),
    "tuple_type": ("“{field}” must be a list", "write it in brackets, as [one, two]"),
    "dict_type": ("“{field}” must be a set of keys with values", "write it as {{key: value}}"),
    "dataclass_type": ("“{field}” must be a set of keys with values", "write it as {{key: value}}"),
    "literal_error": ("“{field}” must be one of {expected}", "write one of these"),
    "union_tag_not_found": ("“{field}” needs a kind", "add “kind”, such as kind: single"),
    "union_tag_invalid": ("“{field}” has a kind that is not one of {expected_tags}", "write one of these"),
}


def humanize(detail: Mapping[str, Any]) -> tuple[str, str]:
    """Return one of pydantic's error details in plain words: what is wrong, and a way to fix it."""
    field = ".".join(str(step) for step in detail["loc"][-2:]) or "the file"
    if detail["type"] not in _MESSAGES:
        return f"“{field}”: {detail['msg']}", "compare it with similar entries and with docs/edit-content.md"
    message, fix = _MESSAGES[detail["type"]]
    values = {"field": field, **detail.get("ctx", {})}
    return message.format(**values), fix.format(**values)
