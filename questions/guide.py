"""Types of the guide, its resources, supplements and sources."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from questions.conditions import Condition
from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSection(Content):
    """One of the guide's five sections. `asks` is the question that it answers, in our words."""

    number: int
    part: str
    title: str
    asks: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Content):
    """A publisher that was renamed, moved or closed since the guide was written."""

    id: str
    guide_name: str
    now: str
    site: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Content):
    """The federal guide this tool follows.

    The options of `audience_question` are the groups of people that a resource can be made for.
    """

    title: str
    page_title: str
    publisher: str
    year: int
    url: str
    about: str
    sections: tuple[GuideSection, ...]
    organisations: tuple[Organisation, ...]
    source_ids: tuple[str, ...]
    audience_question: str

    def section(self, part: str) -> GuideSection | None:
        """Return the section of a part, or None."""
        return next((section for section in self.sections if section.part == part), None)


LinkKind = Literal["the_item", "archived_copy", "third_party_copy", "later_version_probable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Content):
    """An address, and what it leads to."""

    url: str
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Content):
    """A page to search, or a substitute: a label, and an address if one is known."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Content):
    """A resource that the guide recommends. The top of content/resources.yaml says which links may be shown.

    `show_when` says for whom it is made; without it, it fits any agency. `audience` names those people in a
    sentence (“you serve …”). `caution` costs points in the choice; `caveat` is only shown. `retired` is the
    day we learned that it is no longer offered (ISO date); then `successor` is the id of the resource or
    supplement that replaces it, unless there is a `substitute`. `seen` is when its address was last seen to
    carry it (a year, and a month and a day if known), and `evidence` says where.
    """

    id: str
    title: str
    title_is: Literal["confirmed", "probable", "description"]
    publisher: str
    format: str
    about: str
    best_for: tuple[Literal["learn", "do", "spread"], ...]
    section: int
    year: int | None = None
    show_when: Condition | None = None
    audience: str = ""
    caution: str = ""
    caveat: str = ""
    link: Link | None = None
    look_at: Place | None = None
    publisher_site: str = ""
    search_words: str = ""
    substitute: Place | None = None
    same_as: str = ""
    retired: str = ""
    successor: str = ""
    organisation_ids: tuple[str, ...] = ()
    seen: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Content):
    """A resource from outside the guide; always under its own heading. For `seen`, see Resource."""

    id: str
    title: str
    publisher: str
    about: str
    url: str = ""
    year: int | None = None
    caution: str = ""
    seen: str = ""
    evidence: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Content):
    """The source of a statement of fact, and the day it was last checked (ISO date)."""

    id: str
    statement: str
    citation: str
    checked: str
    url: str = ""

    @property
    def checked_on(self) -> datetime.date:
        """The day of the last check."""
        return datetime.date.fromisoformat(self.checked)
