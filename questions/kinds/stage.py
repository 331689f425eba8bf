"""A question of kind “stage”: a practice, answered by how far the agency has come with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from questions.conditions import Answer, Condition, ConditionLiteral
from questions.kinds.base import (
    Field,
    MadeUpAgency,
    Question,
    QuestionContext,
    ResourceSource,
    check_one,
    field_name,
    guide_gap_problems,
    labels_of_options,
    positions,
    resource_problems,
    satisfy_with_one,
)
from questions.kinds.options import Option
from questions.kinds.scale import ScaleQuestion
from questions.model_base import Content
from questions.rules import Effort
from questions.source_files.errors import LocatedProblem, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureBy(Content):
    """The measure for the agencies for which the condition holds."""

    show_when: Condition
    text: str


@dataclass(frozen=True, kw_only=True)
class StageQuestion(ScaleQuestion):
    """A practice. It takes a note and a reason, and carries what the plan says about it.

    `title` is the action in the imperative, and `goal` how it is when it is reached. `leads` are the jobs
    that could lead it, best first. `roles` are its parts in a composed plan, beside that of its importance.
    `use` says, by the id of a resource or supplement, what in it helps here.
    """

    is_practice: ClassVar[bool] = True

    kind: Literal["stage"]
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
    title: str = ""
    goal: str = ""
    roles: tuple[Literal["foundation", "survivors"], ...] = ()
    leads: tuple[str, ...] = ()
    measure_by: tuple[MeasureBy, ...] = ()
    use: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def short_name(self) -> str:
        """How lists name the practice."""
        return self.short

    def check(self, questionnaire: QuestionContext, raw: object) -> str | None:
        """Return the stage that was chosen, or None. Raises InvalidAnswer."""
        return check_one(self.options_in(questionnaire), raw)

    def labels(self, questionnaire: QuestionContext, answer: Answer | None) -> tuple[str, ...]:
        """Return the label of the stage; () for None."""
        return labels_of_options(self.options_in(questionnaire), self.values_in(answer))

    def fields(self, questionnaire: QuestionContext) -> tuple[Field, ...]:
        """Return a group of radio buttons, the texts of the note and the reason, and a tick for evidence."""
        rules, stages = questionnaire.rules, self.options_in(questionnaire)
        note, reason = field_name(self.id, "note"), field_name(self.id, "reason")
        tick = Option(value="yes", label=self.evidence_prompt)
        points_to = Field(
            name=field_name(self.id, "points_to"),
            widget="checkboxes",
            label=self.text,
            holds="points_to",
            options=(tick,),
        )
        return (
            Field(name=self.id, widget="radios", label=self.text, options=stages),
            Field(name=note, widget="text", label=self.text, holds="note", limit=rules.note_limit),
            Field(name=reason, widget="line", label=self.text, holds="reason", limit=rules.reason_limit),
            *((points_to,) if rules.composition else ()),
        )

    def satisfy(self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]) -> str | None:
        """Return a stage that makes every literal true, or None."""
        return satisfy_with_one(self.options_in(questionnaire), literals)

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> str:
        """Return the stage that a made-up agency chooses."""
        return agency.one_of(self, self._combinable_values(questionnaire))

    def wording(self) -> tuple[object, ...]:
        """Return the texts of the question; those of the scale are shared by all practices."""
        return (self.text, self.help)

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of what it names: scale, resources, principles, importance."""
        rules = questionnaire.rules
        yield from super().problems(questionnaire, location)
        yield from resource_problems(questionnaire, self, location)
        yield from guide_gap_problems(self, location)
        if rules.samhsa_domains:
            yield from location.at("samhsa_domains").unknown_ids(self.samhsa_domains, rules.samhsa_domains)
        if rules.leads and rules.leads.question in questionnaire.questions:
            jobs = questionnaire.questions[rules.leads.question].options_in(questionnaire)
            yield from location.at("leads").unknown_ids(self.leads, [job.value for job in jobs])
        yield from location.at("samhsa_principles").unknown_ids(
            self.samhsa_principles, rules.samhsa_principles
        )
        basis = {importance.basis: importance.value for importance in rules.importance}
        if basis.get(self.importance_basis) != self.importance:
            yield location.at("importance").problem(
                "importance and importance_basis do not match rules.yaml",
                "use a pair from rules.yaml",
            )

    def located_conditions(self, location: Location) -> Iterator[tuple[Condition, Location]]:
        """Yield the condition of the question and those of its measures."""
        yield from super().located_conditions(location)
        for index, measure in enumerate(self.measure_by):
            yield measure.show_when, location.at("measure_by", index, "show_when")

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the stages below the highest."""
        gap = questionnaire.rules.gap
        return tuple(option for option in self.options_in(questionnaire) if gap.get(option.value))

    def resource_sources(self, questionnaire: QuestionContext) -> Iterator[ResourceSource]:
        """Yield the stages below the highest, together."""
        yield ResourceSource(
            question=self,
            row=None,
            options=self.gap_options(questionnaire),
            resource_ids=self.resource_ids,
            supplement_ids=self.supplement_ids,
            guide_gap=self.guide_gap,
            use=self.use,
            conditions=(self.show_when,) if self.show_when else (),
            position=positions(self.options_in(questionnaire)),
        )

    def describe_change(
        self, questionnaire: QuestionContext, before: Answer | None, answer: str, row: str
    ) -> str:
        """Return that the practice is at this stage."""
        return questionnaire.texts.plan.would_bring_practice.format(practice=self.short, answer=answer)


def practices_among(questions: Iterable[Question]) -> tuple[StageQuestion, ...]:
    """Return those of the questions that are practices, in the same order."""
    return tuple(question for question in questions if isinstance(question, StageQuestion))
