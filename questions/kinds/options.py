"""What a question offers to choose from: options, scales of options, and rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from questions.conditions import Condition
from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Content):
    """One answer to choose. `steps` is its place on a scale; None for "not sure" and the like.

    `lead` is what someone with this job is called who leads an action, if that is not the label. `use`
    says, by the id of a resource or supplement, what in it helps here. A gap in a practice of
    `suggested_by` suggests the option. `first_step` of a stage takes the place of the practice's.
    """

    value: str
    label: str
    meaning: str = ""
    steps: int | None = None
    exclusive: bool = False
    ask_reason: bool = False
    plan_cap: int | None = None
    formats: tuple[str, ...] = ()
    resource_ids: tuple[str, ...] = ()
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False
    use: dict[str, str] = field(default_factory=dict, hash=False)
    lead: str = ""
    suggested_by: tuple[str, ...] = ()
    first_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Content):
    """Options that several questions share, lowest first."""

    id: str
    options: tuple[Option, ...]

    def option(self, value: str) -> Option:
        """Return the option with this value. Raises KeyError."""
        return {option.value: option for option in self.options}[value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Content):
    """One row of a question that is answered row by row."""

    value: str
    label: str
    show_when: Condition | None = None
    resource_ids: tuple[str, ...] = ()
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False
    use: dict[str, str] = field(default_factory=dict, hash=False)
