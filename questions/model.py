"""Types of the questionnaire: parts, pages, questions, options. Frozen; the logic is elsewhere.

Types of the history: what became of each question from one version of the content to the next.

Types of what was found when the addresses of the content were tested (content/link_checks.yaml).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from questions.guide import Guide, Place, Resource, Source, Supplement
from questions.kinds import AnyQuestion
from questions.kinds.base import Field as FormField
from questions.kinds.base import Question
from questions.kinds.options import Scale
from questions.kinds.stage import StageQuestion, practices_among
from questions.model_base import Content
from questions.rules import PlanNote, ReadingRules, Rules
from questions.texts import Texts

ChangeKind = Literal["reworded", "changed", "split", "merged", "dropped", "new"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange(Content):
    """What became of the questions `was`: the questions `now`. `note` says why, in plain words."""

    kind: ChangeKind
    note: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentChange(Content):
    """One step from a published version to the next. A question it does not list is the same."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    summary: str
    questions: tuple[QuestionChange, ...] = ()


def is_version(text: str) -> bool:
    """Return whether this is a version of the content: three numbers with points between."""
    number = "(0|[1-9][0-9]{0,3})"
    return re.fullmatch(f"{number}[.]{number}[.]{number}", text) is not None


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, so that versions can be put in order. Raises ValueError."""
    return tuple(int(number) for number in version.split("."))


def major(version: str) -> str:
    """Return the first number of a version: with another one, answers are not comparable."""
    return version.partition(".")[0]


LinkStatus = Literal[
    "works",  # it leads to a page or a file
    "moved",  # so does its permanent redirect
    "redirected",  # so does its redirect, which may change again
    "gone",  # 404 or 410
    "soft_404",  # it says “found” but shows a page that says “not found”, or the site's home page
    "refused",  # 401, 403, 429 and the like: the site lets no robot in, but a person may get in
    "certificate",  # a browser would warn of the site's certificate
    "timeout",  # no answer in time
    "unreachable",  # no answer at all
    "server_error",  # 5xx, or redirects without end
]
WORKING_STATUSES = frozenset({"works", "moved", "redirected"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheck(Content):
    """The last test of an address (days are ISO dates). `final` is where it led, if that is elsewhere.

    `code` is the last HTTP code, if there was one; `last_worked` is "" while it never worked.
    """

    url: str
    status: LinkStatus
    checked: str
    last_worked: str = ""
    code: int | None = None
    final: str = ""

    @property
    def checked_on(self) -> datetime.date:
        """The day of the test."""
        return datetime.date.fromisoformat(self.checked)

    @property
    def last_worked_on(self) -> datetime.date | None:
        """The last day on which it was tested and worked."""
        return datetime.date.fromisoformat(self.last_worked) if self.last_worked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer(Content):
    """Someone who reviewed the questions: what they are (“survivor leader”), when, and a note."""

    name: str
    role: str
    date: datetime.date
    note: str = ""


NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Content):
    """One to four questions that belong together, at one address."""

    id: str
    title: str
    questions: tuple[AnyQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Content):
    """A group of pages: the profile, one section of the guide, or the training needs."""

    id: str
    kind: Literal["profile", "practice", "training"]
    title: str
    short_title: str
    intro: str
    pages: tuple[Page, ...]
    guide_section: int | None = None

    @property
    def practices(self) -> tuple[StageQuestion, ...]:
        """The practices of the part, in order."""
        return practices_among(question for page in self.pages for question in page.questions)


@dataclass(frozen=True, kw_only=True, eq=False)
class Questionnaire:
    """All content of one version, checked. `fingerprint` is the SHA-256 of its files.

    Two are equal only when they are the same object, so that one can be the key of a cache.
    """

    id: str
    version: str
    fingerprint: str
    language: str
    parts: tuple[Part, ...]
    scales: tuple[Scale, ...]
    guide: Guide
    resources: tuple[Resource, ...]
    supplements: tuple[Supplement, ...]
    sources: tuple[Source, ...]
    rules: Rules
    plan_notes: tuple[PlanNote, ...]
    texts: Texts
    reading: ReadingRules
    changes: tuple[ContentChange, ...] = ()
    link_checks: tuple[LinkCheck, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()

    @cached_property
    def pages(self) -> tuple[tuple[Part, Page], ...]:
        """Every page with its part, in order."""
        return tuple((part, page) for part in self.parts for page in part.pages)

    @cached_property
    def page_number(self) -> Mapping[tuple[str, str], int]:
        """The place of each page in `pages`, by the ids of its part and itself."""
        return {(part.id, page.id): number for number, (part, page) in enumerate(self.pages)}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in order."""
        return {q.id: q for _, page in self.pages for q in page.questions}

    @cached_property
    def fields(self) -> Mapping[str, tuple[FormField, ...]]:
        """The fields of each question, by its id."""
        return {id_: question.fields(self) for id_, question in self.questions.items()}

    @cached_property
    def practice(self) -> Mapping[str, StageQuestion]:
        """Every practice by its id, in the guide's order."""
        return {practice.id: practice for practice in practices_among(self.questions.values())}

    @property
    def practices(self) -> tuple[StageQuestion, ...]:
        """Every practice, in the guide's order."""
        return tuple(self.practice.values())

    @cached_property
    def place_of(self) -> Mapping[str, tuple[Part, Page]]:
        """The part and page of each question, by its id."""
        return {q.id: (part, page) for part, page in self.pages for q in page.questions}

    @cached_property
    def part(self) -> Mapping[str, Part]:
        """Every part by its id, in order."""
        return {part.id: part for part in self.parts}

    @cached_property
    def whole_depth(self) -> str | None:
        """The answer that asks for everything; None if the content has one depth only."""
        depth = self.rules.depth
        options = self.questions[depth.question].options_in(self) if depth else ()
        return next((option.value for option in options if depth and option.value != depth.essentials), None)

    @cached_property
    def scale(self) -> Mapping[str, Scale]:
        """Every scale by its id."""
        return {scale.id: scale for scale in self.scales}

    @cached_property
    def resource(self) -> Mapping[str, Resource]:
        """Every resource of the guide by its id, in guide order."""
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def supplement(self) -> Mapping[str, Supplement]:
        """Every supplement by its id."""
        return {supplement.id: supplement for supplement in self.supplements}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Every source by its id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def link_check(self) -> Mapping[str, LinkCheck]:
        """The last test of each address that was ever tested."""
        return {check.url: check for check in self.link_checks}

    def link_fails(self, url: str) -> bool:
        """Return whether the address was broken when it was last tested. A refused robot does not count."""
        check = self.link_check.get(url)
        return check is not None and check.status not in {*WORKING_STATUSES, "refused"}

    def successor(self, resource: Resource) -> Place | None:
        """Return the successor of a retired resource; None without one."""
        if resource.successor in self.resource:
            after = self.resource[resource.successor]
            return Place(label=after.title, url=after.link.url if after.link else "")
        if resource.successor in self.supplement:
            outside = self.supplement[resource.successor]
            return Place(label=outside.title, url=outside.url)
        return None

    @cached_property
    def practice_parts(self) -> tuple[Part, ...]:
        """The parts that stand for the guide's sections, in order."""
        return tuple(part for part in self.parts if part.kind == "practice")
