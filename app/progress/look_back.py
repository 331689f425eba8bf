"""The look-back: where the agency now thinks it stood back then, on answers that went down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questions.answers import options_of
from questions.model import Option
from reports.comparison_model import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackLine:
    """A practice that went down: its field, the stages to choose from, and the one chosen ("" for none)."""

    question: str
    text: str
    stages: tuple[Option, ...]
    chosen: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"look-{self.question}"


def look_back_lines(comparison: Comparison) -> tuple[LookBackLine, ...]:
    """Return a line for each practice that went down, with the stages of the earlier questionnaire."""
    earlier = comparison.earlier.path.questionnaire
    return tuple(
        LookBackLine(
            question=pair.question.id,
            text=pair.question.text,
            stages=tuple(
                option
                for option in options_of(earlier, earlier.questions[pair.question.id])
                if option.steps is not None
            ),
            chosen=pair.look_back.value if pair.look_back else "",
        )
        for pair in comparison.moved_down
    )


def posted_look_backs(comparison: Comparison, form: Mapping[str, str]) -> dict[str, str]:
    """Return the stages to keep, by question: those posted, and of before where nothing was sent."""
    lines = look_back_lines(comparison)
    posted = {line.question: form.get(line.field, line.chosen) for line in lines}
    allowed = {line.question: {option.value for option in line.stages} for line in lines}
    return {question: value for question, value in posted.items() if value in allowed[question]}
