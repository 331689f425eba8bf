"""What the kinds that list their own options share: single, many, and topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions.conditions import Answer
from questions.kinds.base import (
    Field,
    Question,
    QuestionContext,
    ResourceSource,
    Widget,
    labels_of_options,
    positions,
    resource_problems,
)
from questions.kinds.options import Option
from questions.source_files.errors import LocatedProblem, Location


@dataclass(frozen=True, kw_only=True)
class OwnOptionsQuestion(Question):
    """A question that lists its own options. An option that calls for help names resources."""

    options: tuple[Option, ...]

    def options_in(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options."""
        return self.options

    def labels(self, questionnaire: QuestionContext, answer: Answer | None) -> tuple[str, ...]:
        """Return the labels of the options; () for None."""
        return labels_of_options(self.options, self.values_in(answer))

    def fields(self, questionnaire: QuestionContext) -> tuple[Field, ...]:
        """Return one group of check boxes, or of radio buttons where only one may be chosen."""
        widget: Widget = "checkboxes" if self.accepts_several else "radios"
        return (Field(name=self.id, widget=widget, label=self.text, options=self.options),)

    def meaning(self, questionnaire: QuestionContext) -> tuple[object, ...]:
        """Return the kind, with the options where only one may be chosen.

        There, one option more or less changes what the others mean. Where several may be chosen, each
        stands for itself.
        """
        return (self.kind,) if self.accepts_several else (self.kind, {each.value for each in self.options})

    def lost(self, before: Answer, after: Answer) -> Answer | None:
        """Return the options of `before` that are not in `after`; None for none."""
        left = self.values_in(after)
        return tuple(value for value in self.values_in(before) if value not in left) or None

    def wording(self) -> tuple[object, ...]:
        """Return the texts of the question and its options."""
        inside = {option.value: (option.label, option.meaning) for option in self.options}
        return (self.text, self.help, inside)

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of the options."""
        yield from location.at("options").repeated_ids(option.value for option in self.options)
        if len(self.options) < 2:
            yield location.at("options").problem("a question needs two options or more", "add one")
        for index, option in enumerate(self.options):
            here = location.at("options", index)
            yield from resource_problems(questionnaire, option, here)
            yield from here.at("formats").unknown_ids(option.formats, questionnaire.rules.formats)

    def resource_sources(self, questionnaire: QuestionContext) -> Iterator[ResourceSource]:
        """Yield each option that calls for help, with its resources."""
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


def still_offered(options: tuple[Option, ...], stored: object) -> tuple[str, ...]:
    """Return the options of a stored answer that are still offered."""
    values = stored if isinstance(stored, list | tuple) else (stored,)
    return tuple(option.value for option in options if option.value in values)
