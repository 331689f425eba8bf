"""Types of the texts on links: when they were tested, and what stands in the place of a retired resource."""

from __future__ import annotations

from dataclasses import dataclass

from questions.content_type import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTexts(Content):
    """What is said of links: of all (`none_tested`, `some_tested`), of one, and of a retired resource."""

    none_tested: str
    some_tested: str
    link_worked: str
    link_refused: str
    link_failed: str
    link_last_worked: str
    find_it: str
    link_retired: str
    successor: str


LINK_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "link_worked": frozenset({"date"}),
    "link_refused": frozenset({"date"}),
    "link_failed": frozenset({"date"}),
    "link_last_worked": frozenset({"date"}),
    "link_retired": frozenset({"date"}),
}
