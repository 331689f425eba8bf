"""Whether a content file changed in layout, words or meaning: decided by its data, not its text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from questions.links.inventory import LINK_CHECKS
from questions.model import major
from questions.source_files.errors import KeyPath
from questions.source_files.yaml_source import SourceError, YamlSource

# Keys of words that people read. All others carry meaning: ids, values, steps, conditions, numbers.
WORDS = frozenset(
    [
        "about",
        "alone_label",
        "asks",
        "audience",
        "caution",
        "caveat",
        "checked",
        "citation",
        "evidence",
        "evidence_prompt",
        "first_step",
        "goal",
        "guide_name",
        "help",
        "intro",
        "label",
        "lead",
        "meaning",
        "measure",
        "note",
        "owner_hint",
        "page_title",
        "publisher",
        "publisher_site",
        "retired",
        "reviewers",
        "search_words",
        "seen",
        "short",
        "short_title",
        "site",
        "statement",
        "successor",
        "summary",
        "text",
        "title",
        "url",
        "use",
        "why",
        "year",
    ]
)
# Under these keys, the values are words, but the set of keys carries meaning.
_NAMES = {"rules.yaml": ("effort", "formats", "samhsa_domains", "samhsa_principles"), "guide.yaml": ("now",)}
_ONLY_WORDS = frozenset({"texts.yaml", "reading.yaml", LINK_CHECKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """How a file differs: the first changed line, and the key whose meaning changed ("" if none)."""

    kind: Literal["layout", "words", "meaning"]
    line: int
    what: str = ""
    what_line: int = 0


def file_change(name: str, old: str, new: str) -> FileChange | None:
    """Return how a content file changed; None if its text is the same."""
    if old == new:
        return None
    line = _first_line(old, new)
    try:
        before, now = YamlSource(old), YamlSource(new)
    except SourceError:
        return FileChange(kind="meaning", line=line, what=name, what_line=line)
    place = next(_meaning_changes(name, before.data, now.data, ()), None)
    if place is not None:
        what = next((str(step) for step in reversed(place) if isinstance(step, str)), name)
        return FileChange(kind="meaning", line=line, what=what, what_line=now.line(place))
    return FileChange(kind="layout" if before.data == now.data else "words", line=line)


def _first_line(old: str, new: str) -> int:
    pairs = itertools.zip_longest(old.split("\n"), new.split("\n"))
    return next(number for number, (before, now) in enumerate(pairs, start=1) if before != now)


def _meaning_changes(name: str, old: Any, new: Any, place: KeyPath) -> Iterator[KeyPath]:
    """Yield the keys to each value whose meaning changed."""
    if old == new or name in _ONLY_WORDS:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _in_mapping(name, old, new, place)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, now) in enumerate(zip(old, new, strict=True)):
            yield from _meaning_changes(name, before, now, (*place, index))
    elif not _is_words(name, place) and not _is_minor(old, new, place):
        yield place


def _in_mapping(name: str, old: dict[str, Any], new: dict[str, Any], place: KeyPath) -> Iterator[KeyPath]:
    for key in {**old, **new}:
        if key in old and key in new:
            yield from _meaning_changes(name, old[key], new[key], (*place, key))
        elif key not in WORDS or key == "caution":  # a caution costs points, whatever it says
            yield (*place, key)


def _is_words(name: str, place: KeyPath) -> bool:
    return any(step in WORDS or step in _NAMES.get(name, ()) for step in place)


def _is_minor(old: Any, new: Any, place: KeyPath) -> bool:
    """Return whether this is a question's version raised for other words with the same meaning."""
    return place[-1:] == ("version",) and isinstance(new, str) and major(str(old)) == major(new)
