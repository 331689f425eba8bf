"""A question of kind “single”: choose one option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from questions.conditions import Answer, ConditionLiteral
from questions.kinds.base import (
    Field,
    Question,
    QuestionContext,
    ResourceSource,
    check_one,
    labels_of_options,
    option_problems,
    positions,
    satisfy_with_one,
)
from questions.kinds.options import Option
from questions.source_files.errors import LocatedProblem, Location


@dataclass(frozen=True, kw_only=True)
class SingleQuestion(Question):
    """Choose one option. An option that names resources calls for help."""

    conditions_may_read: ClassVar[bool] = True

    kind: Literal["single"]
    options: tuple[Option, ...]

    def options_in(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options."""
        return self.options

    def check(self, questionnaire: QuestionContext, raw: object) -> str | None:
        """Return the option that was chosen, or None. Raises InvalidAnswer."""
        return check_one(self.options, raw)

    def labels(self, questionnaire: QuestionContext, answer: Answer | None) -> tuple[str, ...]:
        """Return the label of the option; () for None."""
        return labels_of_options(self.options, answer)

    def fields(self, questionnaire: QuestionContext) -> tuple[Field, ...]:
        """Return one group of radio buttons."""
        return (Field(name=self.id, widget="radios", label=self.text, options=self.options),)

    def satisfy(self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]) -> str | None:
        """Return an option that makes every literal true, or None."""
        return satisfy_with_one(self.options, literals)

    def meaning(self, questionnaire: QuestionContext) -> tuple[object, ...]:
        """Return the options: with one more or less, the others mean something else."""
        return (self.kind, {option.value for option in self.options})

    def wording(self) -> tuple[object, ...]:
        """Return the texts of the question and its options."""
        inside = {option.value: (option.label, option.meaning) for option in self.options}
        return (self.text, self.help, inside)

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of the options."""
        return option_problems(questionnaire, self.options, location)

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options that name resources."""
        return tuple(option for option in self.options if option.resource_ids)

    def resource_sources(self, questionnaire: QuestionContext) -> Iterator[ResourceSource]:
        """Yield each option that names resources."""
        for option in self.gap_options(questionnaire):
            yield ResourceSource(
                question=self,
                row=None,
                options=(option,),
                resource_ids=option.resource_ids,
                supplement_ids=option.supplement_ids,
                guide_gap=option.guide_gap,
                use=option.use,
                conditions=(self.show_when,) if self.show_when else (),
                position=positions(self.options),
            )
