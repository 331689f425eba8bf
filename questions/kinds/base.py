"""What every question has, and what each kind of question has to define.

A kind is one class, in a file of its own beside this one, listed in `questions/kinds/__init__.py`. All code
that depends on the kind of a question is a method here: nothing else asks which kind a question is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol

from questions.conditions import NOT_SURE, Answer, Condition, ConditionLiteral
from questions.kinds.options import Option, Row, Scale
from questions.model_base import Content
from questions.rules import Rules
from questions.source_files.errors import LocatedProblem, Location
from questions.text import Message, quoted
from questions.texts import Texts


class InvalidAnswer(ValueError):
    """An answer that the question does not allow. `message` says what it allows."""

    def __init__(self, english: str, /, **values: object) -> None:
        self.message = Message(english, **values)
        super().__init__(str(self.message))


class QuestionContext(Protocol):
    """What a question looks up in its questionnaire; `questions.model.Questionnaire` provides it."""

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in order."""

    @property
    def fields(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields of each question, by its id."""

    @property
    def scale(self) -> Mapping[str, Scale]:
        """Every scale by its id."""

    @property
    def resource(self) -> Mapping[str, object]:
        """Every resource by its id."""

    @property
    def supplement(self) -> Mapping[str, object]:
        """Every supplement by its id."""

    @property
    def rules(self) -> Rules:
        """The published rules."""

    @property
    def texts(self) -> Texts:
        """The texts beside the questions."""


Widget = Literal["radios", "checkboxes", "line", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a question, described without reference to any form library.

    `holds` says what it is for: the answer (of one `row`, if that is set), the note, the reason why the
    question does not apply, or a tick that the agency can point to the evidence. `limit` is the most
    characters of a note or reason.
    """

    name: str
    widget: Widget
    label: str
    holds: Literal["answer", "note", "reason", "points_to"] = "answer"
    options: tuple[Option, ...] = ()
    row: str = ""
    limit: int = 0


class MadeUpAgency(Protocol):
    """How an agency that does not exist chooses, such as the one of the sample plan."""

    def one_of(self, question: Question, values: Sequence[str], row: str = "") -> str:
        """Return the option that it chooses, in this row if the question has rows."""

    def some_of(self, question: Question, values: Sequence[str], most: int) -> tuple[str, ...]:
        """Return the options or rows that it chooses, in their order: at least one, at most `most`."""


def field_name(question_id: str, part: str) -> str:
    """Return the name of the field for a part of a question: a row, its note, or its reason."""
    return f"{question_id}-{part}"


@dataclass(frozen=True, kw_only=True)
class Question(Content, ABC):
    """What every question has. `version` is major.minor: answers of two major versions cannot be compared.

    An `essential` question is asked in the essentials too (see `questions.loading.depth`).
    """

    # Whether conditions, and rules of the content, may depend on the answer.
    conditions_may_read: ClassVar[bool] = False
    # Whether an answer is a list of options.
    accepts_several: ClassVar[bool] = False
    # Whether it is a practice: it has a priority, and takes a note and a reason.
    is_practice: ClassVar[bool] = False

    id: str
    version: str
    kind: str
    text: str
    help: str = ""
    show_when: Condition | None = None
    essential: bool = False

    @property
    def short_name(self) -> str:
        """How lists name the question."""
        return self.text

    # What every kind has to define.

    @abstractmethod
    def options_in(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return what can be chosen, in each row if there are rows; () for a question without options."""

    @abstractmethod
    def check(self, questionnaire: QuestionContext, raw: object) -> Answer | None:
        """Return the answer, or None when nothing was answered. Raises InvalidAnswer.

        This is the only check: forms, the answers file, and the command line all use it.
        """

    @abstractmethod
    def labels(self, questionnaire: QuestionContext, answer: Answer | None) -> tuple[str, ...]:
        """Return the answer in words; () for None."""

    @abstractmethod
    def fields(self, questionnaire: QuestionContext) -> tuple[Field, ...]:
        """Return the fields that a form needs to ask the question."""

    @abstractmethod
    def satisfy(self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]) -> Answer | None:
        """Return an answer that makes every literal true, or None when no answer does."""

    @abstractmethod
    def meaning(self, questionnaire: QuestionContext) -> tuple[object, ...]:
        """Return what an answer means: if that changes, the question needs a new major version."""

    @abstractmethod
    def wording(self) -> tuple[object, ...]:
        """Return what a person reads to answer: if that changes, the question needs a new minor version."""

    @abstractmethod
    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of what only this kind has; `location` is that of the question."""

    # What a kind defines only if it differs.

    def rows_in(self, questionnaire: QuestionContext) -> tuple[Row, ...]:
        """Return every row, on the path or not; () for a question that is not answered row by row."""
        return ()

    def visible_rows(
        self, questionnaire: QuestionContext, active: Mapping[str, Answer]
    ) -> tuple[Row, ...] | None:
        """Return the rows on the path after these answers; None for a question without rows."""
        return None

    def row_conditions(self, row: Row) -> tuple[Condition, ...]:
        """Return the conditions under which a row is on the path."""
        return ()

    def located_conditions(self, location: Location) -> Iterator[tuple[Condition, Location]]:
        """Yield every condition of the question with its location; `location` is that of the question."""
        if self.show_when:
            yield self.show_when, location.at("show_when")

    def option_location(self, questionnaire: QuestionContext, location: Location, index: int) -> Location:
        """Return where the content has the option with this index."""
        return location.at("options", index)

    def row_location(self, location: Location, index: int) -> Location:
        """Return where the content has the row with this index."""
        return location.at("rows", index)

    def scale_ids(self) -> tuple[str, ...]:
        """Return the ids of the scales it uses."""
        return ()

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options that call for help."""
        return ()

    def resource_sources(self, questionnaire: QuestionContext) -> Iterator[ResourceSource]:
        """Yield the answers that call for help, with the resources that they call for."""
        yield from ()

    def suggested(self, questionnaire: QuestionContext, answers: Mapping[str, Answer]) -> tuple[Option, ...]:
        """Return the options that these answers to other questions suggest, best first."""
        return ()

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> Answer | None:
        """Return how a made-up agency answers; the same for each where there is nothing to choose from."""
        return self.satisfy(questionnaire, ())

    def answer_with(
        self, questionnaire: QuestionContext, before: Answer | None, value: str, row: str
    ) -> Answer:
        """Return the answer `before` after this option is chosen too, or in its place."""
        return value

    def describe_change(
        self, questionnaire: QuestionContext, before: Answer | None, answer: str, row: str
    ) -> str:
        """Return the change from `before` to what `answer` says, to follow “if”; it ends in a comma.

        `answer` has the labels of the options, to be put in quotes.
        """
        return questionnaire.texts.plan.would_bring_answer.format(question=self.text, answer=answer)

    def values_in(self, answer: Answer | None, row: str = "") -> tuple[str, ...]:
        """Return everything that was chosen in an answer, or in one row of it; () for None."""
        return (answer,) if isinstance(answer, str) else tuple(answer or ())

    def lost(self, before: Answer, after: Answer) -> Answer | None:
        """Return the part of the answer `before` that is not in `after`; None where it has no parts."""
        return None

    def check_field(self, questionnaire: QuestionContext, field: Field, raw: object) -> Answer | None:
        """Return what one field of the answer holds, or None for nothing. Raises InvalidAnswer."""
        return self.check(questionnaire, raw)

    def field_value(self, field: Field, answer: Answer | None) -> Answer | None:
        """Return what one field shows of an answer."""
        return answer

    def merge_fields(self, before: Answer | None, sent: Mapping[str, Answer | None]) -> Answer | None:
        """Return the answer `before`, changed by what the sent fields hold, by row ("" without rows)."""
        return sent[""]

    # What is the same for every kind.

    def still_valid(self, questionnaire: QuestionContext, stored: object) -> Answer | None:
        """Return what the question still allows of a stored answer; None if that is nothing."""
        try:
            return self.check(questionnaire, stored)
        except InvalidAnswer:
            return None

    def field_names(self, questionnaire: QuestionContext) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(field.name for field in questionnaire.fields[self.id])

    def _combinable_values(self, questionnaire: QuestionContext) -> tuple[str, ...]:
        """Return the options that can be chosen together with others."""
        return tuple(option.value for option in self.options_in(questionnaire) if not option.exclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSource:
    """Answers to a question, or to one row of it, that call for the same resources.

    If one of `conditions` is false, it is not asked. `position` is the index of each option of the question.
    """

    question: Question
    row: Row | None
    options: tuple[Option, ...]
    resource_ids: tuple[str, ...]
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False
    use: Mapping[str, str] = field(default_factory=dict, hash=False)
    conditions: tuple[Condition, ...]
    position: Mapping[str, int]


def check_one(options: tuple[Option, ...], raw: object) -> str | None:
    """Return the value of the option that was chosen, or None for none. Raises InvalidAnswer."""
    if raw is None or raw == "":
        return None
    values = [option.value for option in options]
    if not isinstance(raw, str) or raw not in values:
        raise _not_an_answer(raw, values)
    return raw


def check_several(options: tuple[Option, ...], raw: object) -> tuple[str, ...] | None:
    """Return the values that were chosen, in the order of the options, or None. Raises InvalidAnswer."""
    values = [option.value for option in options]
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list | tuple | type(None)):
        raise InvalidAnswer("this needs a list. Allowed: %(allowed)s.", allowed=", ".join(values))
    if not all(isinstance(value, str) for value in chosen or ()):
        raise InvalidAnswer("this needs a list of words. Allowed: %(allowed)s.", allowed=", ".join(values))
    wanted = [value for value in chosen or () if value != ""]
    unknown = next((value for value in wanted if value not in values), None)
    if unknown is not None:
        raise _not_an_answer(unknown, values)
    return tuple(option.value for option in options if option.value in wanted) or None


def _not_an_answer(raw: object, values: Sequence[str]) -> InvalidAnswer:
    return InvalidAnswer(
        "%(answer)s is not an answer to this question. Allowed: %(allowed)s.",
        answer=quoted(raw),
        allowed=", ".join(values),
    )


def labels_of_options(options: tuple[Option, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels of the options that were chosen."""
    labels = {option.value: option.label for option in options}
    return tuple(labels[value] for value in chosen)


def options_left(
    options: tuple[Option, ...], literals: Sequence[ConditionLiteral]
) -> tuple[list[Option], list[set[str]]]:
    """Return the options that the literals do not rule out, and the sets of which one must be chosen."""
    required = [set(literal.values) for literal in literals if literal.holds]
    ruled_out = {value for literal in literals if not literal.holds for value in literal.values}
    if any(literal.known for literal in literals):
        ruled_out.add(NOT_SURE)
    return [option for option in options if option.value not in ruled_out], required


def satisfy_with_one(options: tuple[Option, ...], literals: Sequence[ConditionLiteral]) -> str | None:
    """Return the first option that makes every literal true by itself, or None."""
    left, required = options_left(options, literals)
    return next((o.value for o in left if all(o.value in values for values in required)), None)


def positions(options: tuple[Option, ...]) -> Mapping[str, int]:
    """Return the index of each option, by its value."""
    return {option.value: index for index, option in enumerate(options)}


class NamesResources(Protocol):
    """An option, row, or practice, with the resources that it calls for."""

    @property
    def resource_ids(self) -> tuple[str, ...]:
        """Resources from the guide."""

    @property
    def supplement_ids(self) -> tuple[str, ...]:
        """Resources from elsewhere."""

    @property
    def guide_gap(self) -> bool:
        """Whether the guide has nothing on this, or only covers a part of it."""

    @property
    def use(self) -> Mapping[str, str]:
        """What in a resource helps here, by the id of the resource."""


def resource_problems(
    questionnaire: QuestionContext, item: NamesResources, location: Location
) -> Iterator[LocatedProblem]:
    """Yield the errors of the resources that the item names; `location` is that of the item."""
    yield from location.at("resource_ids").unknown_ids(item.resource_ids, questionnaire.resource)
    yield from location.at("supplement_ids").unknown_ids(item.supplement_ids, questionnaire.supplement)
    yield from location.at("use").unknown_ids(item.use, (*item.resource_ids, *item.supplement_ids))


def guide_gap_problems(item: NamesResources, location: Location) -> Iterator[LocatedProblem]:
    """Yield an error if the item names no resource of the guide and does not say so."""
    if not item.resource_ids and not item.guide_gap:
        yield location.problem(
            "without a resource from the guide, guide_gap must be true",
            "add a resource, or set guide_gap: true",
        )
