"""A question of kind “single”: choose one option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from questions.conditions import ConditionLiteral
from questions.kinds.base import (
    MadeUpAgency,
    QuestionContext,
    check_one,
    satisfy_with_one,
)
from questions.kinds.options import Option
from questions.kinds.own_options import OwnOptionsQuestion


@dataclass(frozen=True, kw_only=True)
class SingleQuestion(OwnOptionsQuestion):
    """Choose one option. An option that names resources calls for help."""

    conditions_may_read: ClassVar[bool] = True

    kind: Literal["single"]

    def check(self, questionnaire: QuestionContext, raw: object) -> str | None:
        """Return the option that was chosen, or None. Raises InvalidAnswer."""
        return check_one(self.options, raw)

    def satisfy(self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]) -> str | None:
        """Return an option that makes every literal true, or None."""
        return satisfy_with_one(self.options, literals)

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> str:
        """Return the option that a made-up agency chooses."""
        return agency.one_of(self, self._combinable_values(questionnaire))

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options that name resources."""
        return tuple(option for option in self.options if option.resource_ids)
