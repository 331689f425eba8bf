"""A question of kind “many”: choose any number of options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from questions.conditions import Answer, ConditionLiteral
from questions.kinds.base import (
    InvalidAnswer,
    MadeUpAgency,
    QuestionContext,
    check_several,
    options_left,
)
from questions.kinds.own_options import OwnOptionsQuestion, still_offered


@dataclass(frozen=True, kw_only=True)
class ManyQuestion(OwnOptionsQuestion):
    """Choose any number of options. An exclusive one, such as “none of these,” is chosen alone."""

    conditions_may_read: ClassVar[bool] = True
    accepts_several: ClassVar[bool] = True

    kind: Literal["many"]

    def check(self, questionnaire: QuestionContext, raw: object) -> tuple[str, ...] | None:
        """Return the chosen options in their own order, or None for none. Raises InvalidAnswer."""
        chosen = check_several(self.options, raw)
        exclusive = next((o for o in self.options if o.exclusive and o.value in (chosen or ())), None)
        if exclusive and len(chosen or ()) > 1:
            raise InvalidAnswer(
                "You chose “%(option)s” together with other answers. "
                "Keep only “%(option)s”, or remove it and keep the others.",
                option=exclusive.label,
            )
        return chosen

    def still_valid(self, questionnaire: QuestionContext, stored: object) -> Answer | None:
        """Return the options of a stored answer that are still offered; None if there is none."""
        return super().still_valid(questionnaire, still_offered(self.options, stored))

    def satisfy(
        self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]
    ) -> tuple[str, ...] | None:
        """Return options of which each literal has one, or None; an exclusive one is chosen alone."""
        left, required = options_left(self.options, literals)
        alone = [option for option in left if all(option.value in values for values in required)]
        if alone:
            return (min(alone, key=lambda option: option.exclusive).value,)
        picks = [
            next((o for o in left if o.value in values and not o.exclusive), None) for values in required
        ]
        if not picks or None in picks:
            return None
        return tuple(option.value for option in left if option in picks)

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> tuple[str, ...]:
        """Return the options that a made-up agency chooses."""
        values = self._combinable_values(questionnaire)
        return agency.some_of(self, values, len(values))

    def answer_with(
        self, questionnaire: QuestionContext, before: Answer | None, value: str, row: str
    ) -> Answer:
        """Return the options of `before` and this one, unless one of them is exclusive."""
        exclusive = {option.value for option in self.options if option.exclusive}
        others = set() if value in exclusive else set(before or ()) - exclusive
        return tuple(o.value for o in self.options if o.value in others or o.value == value)

    def describe_change(
        self, questionnaire: QuestionContext, before: Answer | None, answer: str, row: str
    ) -> str:
        """Return that these options are chosen too, or in place of an exclusive one."""
        texts = questionnaire.texts.plan
        alone = next((o.label for o in self.options if o.exclusive and o.value in (before or ())), "")
        template = texts.would_bring_other if alone else texts.would_bring_choice
        return template.format(question=self.text, answer=answer, before=alone)
