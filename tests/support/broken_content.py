"""Content with an error in it, and the problems that are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from questions.loading.loader import load
from questions.source_files.errors import ContentError, ContentProblem
from reports.documents.text_key_check import text_key_problems


def broken(content: Mapping[str, str], name: str, old: str, new: str) -> dict[str, str]:
    """Return the content with the first occurrence of `old` in a file replaced."""
    assert old in content[name], f"{name} no longer has: {old}"
    return {**content, name: content[name].replace(old, new, 1)}


def problems_of(files: Mapping[str, str]) -> list[str]:
    """Return the problems of the content as an editor reads them, without the fixes."""
    try:
        load(files, text_key_problems)
    except ContentError as error:
        return without_fixes(error.problems)
    return []


def without_fixes(problems: Iterable[ContentProblem]) -> list[str]:
    """Return each problem as an editor reads it, without the fix, which it must have."""
    parts = [str(problem).split("; fix: ") for problem in problems]
    assert all(len(pieces) == 2 and pieces[1] for pieces in parts), parts
    return [pieces[0] for pieces in parts]


def place(files: Mapping[str, str], name: str, fragment: str) -> str:
    """Return "file:line" for the first line that has the fragment."""
    lines = files[name].splitlines()
    return f"{name}:{next(n for n, line in enumerate(lines, start=1) if fragment in line)}"
