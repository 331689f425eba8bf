"""What the kinds that are answered on a scale share: stage and matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions.kinds.base import Question, QuestionContext
from questions.kinds.options import Option
from questions.source_files.errors import LocatedProblem, Location


@dataclass(frozen=True, kw_only=True)
class ScaleQuestion(Question):
    """A question whose options are those of the scale with the id `scale`.

    Several questions share a scale, so its labels are not part of their wording, but its steps are part of
    what an answer means.
    """

    scale: str

    def options_in(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options of the scale."""
        return questionnaire.scale[self.scale].options

    def option_location(self, questionnaire: QuestionContext, location: Location, index: int) -> Location:
        """Return where the scale has the option."""
        scale = list(questionnaire.scale).index(self.scale)
        return Location("scales.yaml", ("scales", scale, "options", index))

    def scale_ids(self) -> tuple[str, ...]:
        """Return its scale."""
        return (self.scale,)

    def meaning(self, questionnaire: QuestionContext) -> tuple[object, ...]:
        """Return the scale, and the step of each option on it."""
        steps = {(option.value, option.steps) for option in self.options_in(questionnaire)}
        return (self.kind, self.scale, steps)

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the error of a scale that does not exist."""
        yield from location.at("scale").unknown_ids([self.scale], questionnaire.scale)
