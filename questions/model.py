"""Types of the questionnaire: parts, pages, questions, options. Frozen; the logic is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator

from questions.conditions import Condition
from questions.content_type import Content
from questions.guide import Guide, Resource, Source, Supplement
from questions.history import ContentChange
from questions.link_check import LinkCheck
from questions.reading_rules import ReadingRules
from questions.rules import Effort, PlanNote, Rules
from questions.texts import Texts

NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Content):
    """One answer to choose. `steps` is the points of a scale; none for "not sure" and the like."""

    value: str
    label: str
    meaning: str = ""
    steps: int | None = None
    exclusive: bool = False
    ask_reason: bool = False
    plan_cap: int | None = None
    formats: tuple[str, ...] = ()
    resource_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Content):
    """One line of a matrix question."""

    value: str
    label: str
    show_when: Condition | None = None
    resource_ids: tuple[str, ...] = ()
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class QuestionBase(Content):
    """What every question has. `version` is major.minor: a new major is not comparable."""

    id: str
    version: str
    text: str
    help: str = ""
    show_when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class SingleQuestion(QuestionBase):
    """Choose one option."""

    kind: Literal["single"]
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class ManyQuestion(QuestionBase):
    """Choose any number of options."""

    kind: Literal["many"]
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class StageQuestion(QuestionBase):
    """A practice, answered by a stage. It takes a note, and carries what the plan says about it."""

    kind: Literal["stage"]
    scale: str
    short: str
    evidence_prompt: str
    samhsa_principles: tuple[str, ...]
    samhsa_domains: tuple[str, ...]
    importance: int
    importance_basis: str
    why: str
    effort: Effort
    first_step: str
    measure: str
    owner_hint: str
    resource_ids: tuple[str, ...]
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatrixQuestion(QuestionBase):
    """One scale for several rows: its own, or the options chosen in an earlier question."""

    kind: Literal["matrix"]
    scale: str
    rows: tuple[Row, ...] = ()
    rows_from: str = ""
    resource_ids: tuple[str, ...] = ()


Question = Annotated[SingleQuestion | ManyQuestion | StageQuestion | MatrixQuestion, Discriminator("kind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Content):
    """One to four questions that belong together, at one address."""

    id: str
    title: str
    questions: tuple[Question, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Content):
    """The options of stage and matrix questions, lowest first."""

    id: str
    options: tuple[Option, ...]

    def option(self, value: str) -> Option:
        """Return the option with this value. Raises KeyError."""
        return {option.value: option for option in self.options}[value]


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
    def place_of(self) -> Mapping[str, tuple[Part, Page]]:
        """The part and page of each question, by its id."""
        return {q.id: (part, page) for part, page in self.pages for q in page.questions}

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

    @cached_property
    def practice_parts(self) -> tuple[Part, ...]:
        """The parts that stand for the guide's sections, in order."""
        return tuple(part for part in self.parts if part.kind == "practice")
