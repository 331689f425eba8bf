"""A question of kind “topics”: choose a few options, of which some are suggested by answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from questions.conditions import Answer, ConditionLiteral
from questions.kinds.base import (
    InvalidAnswer,
    MadeUpAgency,
    QuestionContext,
    check_several,
    guide_gap_problems,
)
from questions.kinds.options import Option
from questions.kinds.own_options import OwnOptionsQuestion, still_offered
from questions.source_files.errors import LocatedProblem, Location


@dataclass(frozen=True, kw_only=True)
class TopicsQuestion(OwnOptionsQuestion):
    """Choose up to `most` options. Each calls for help, and may be suggested by gaps in practices."""

    accepts_several: ClassVar[bool] = True

    kind: Literal["topics"]
    most: int

    def suggested(self, questionnaire: QuestionContext, answers: Mapping[str, Answer]) -> tuple[Option, ...]:
        """Return the options that gaps in these answers suggest, the largest gap first."""
        gap = questionnaire.rules.gap
        gaps = {id_: gap.get(answer, 0) for id_, answer in answers.items() if isinstance(answer, str)}
        largest = {
            option.value: max((gaps.get(id_, 0) for id_ in option.suggested_by), default=0)
            for option in self.options
        }
        found = [option for option in self.options if largest[option.value]]
        return tuple(sorted(found, key=lambda option: -largest[option.value]))

    def check(self, questionnaire: QuestionContext, raw: object) -> tuple[str, ...] | None:
        """Return the chosen options in their own order, or None for none. Raises InvalidAnswer."""
        chosen = check_several(self.options, raw)
        if chosen and len(chosen) > self.most:
            raise InvalidAnswer(
                "You chose %(count)s. Choose %(most)s at most: please take out %(over)s.",
                count=len(chosen),
                most=self.most,
                over=len(chosen) - self.most,
            )
        return chosen

    def still_valid(self, questionnaire: QuestionContext, stored: object) -> Answer | None:
        """Return the options of a stored answer that are still offered; None if there is none."""
        return super().still_valid(questionnaire, still_offered(self.options, stored)[: self.most])

    def satisfy(
        self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]
    ) -> tuple[str, ...] | None:
        """Return the options that the literals want, or None when they are too many."""
        wanted = {value for literal in literals if literal.holds for value in literal.values}
        chosen = tuple(option.value for option in self.options if option.value in wanted)
        return chosen if len(chosen) <= self.most else None

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> tuple[str, ...]:
        """Return the options that a made-up agency chooses."""
        return agency.some_of(self, self._combinable_values(questionnaire), self.most)

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of the options, and of the practices that suggest them."""
        yield from super().problems(questionnaire, location)
        if not 1 <= self.most <= len(self.options):
            yield location.at("most").problem("“most” must be from 1 to the number of options", "correct it")
        practices = [id_ for id_, question in questionnaire.questions.items() if question.is_practice]
        for index, option in enumerate(self.options):
            here = location.at("options", index)
            yield from here.at("suggested_by").unknown_ids(option.suggested_by, practices)
            yield from guide_gap_problems(option, here)

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return every option: each is chosen because help is needed."""
        return self.options

    def answer_with(
        self, questionnaire: QuestionContext, before: Answer | None, value: str, row: str
    ) -> Answer:
        """Return the options of `before` and this one; if they would be too many, the last gives way."""
        others = [other for other in before or () if other != value][: self.most - 1]
        return tuple(option.value for option in self.options if option.value in (*others, value))

    def describe_change(
        self, questionnaire: QuestionContext, before: Answer | None, answer: str, row: str
    ) -> str:
        """Return that these options are chosen."""
        return questionnaire.texts.plan.would_bring_choice.format(question=self.text, answer=answer)
