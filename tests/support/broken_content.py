"""The shipped content with something broken in it, and its problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from questions.loading.loader import load
from questions.source_files.errors import ContentError, ContentProblem
from reports.documents.text_key_check import text_key_problems


def broken(content: Mapping[str, str], name: str, old: str, new: str) -> dict[str, str]:
    """Return the content with the first `old` of a file replaced."""
    assert old in content[name], f"{name} no longer has: {old}"
    return {**content, name: content[name].replace(old, new, 1)}


def faults_of(files: Mapping[str, str]) -> list[str]:
    """Return the problems of the content, as an editor reads them, but for the way to fix each."""
    try:
        load(files, text_key_problems)
    except ContentError as error:
        return without_mends(error.problems)
    return []


def without_mends(problems: Iterable[ContentProblem]) -> list[str]:
    """Return each problem as an editor reads it, up to the way to fix it; there must be one."""
    told = [str(problem).split("; fix: ") for problem in problems]
    assert all(len(pieces) == 2 and pieces[1] for pieces in told), told
    return [pieces[0] for pieces in told]


def place(files: Mapping[str, str], name: str, fragment: str) -> str:
    """Return file:line of the first line with the fragment."""
    lines = files[name].splitlines()
    return f"{name}:{next(n for n, line in enumerate(lines, start=1) if fragment in line)}"
