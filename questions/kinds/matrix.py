"""A question of kind “matrix”: one scale for several rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from questions.conditions import Answer, Chosen, Condition, ConditionLiteral, truth
from questions.kinds.base import (
    Field,
    InvalidAnswer,
    MadeUpAgency,
    QuestionContext,
    ResourceSource,
    check_one,
    field_name,
    guide_gap_problems,
    positions,
    resource_problems,
)
from questions.kinds.options import Option, Row
from questions.kinds.scale import ScaleQuestion
from questions.source_files.errors import LocatedProblem, Location
from questions.text import quoted


@dataclass(frozen=True, kw_only=True)
class MatrixQuestion(ScaleQuestion):
    """One scale for several rows: its own rows, or the options chosen in an earlier question."""

    kind: Literal["matrix"]
    rows: tuple[Row, ...] = ()
    rows_from: str = ""
    resource_ids: tuple[str, ...] = ()

    def rows_in(self, questionnaire: QuestionContext) -> tuple[Row, ...]:
        """Return every row, on the path or not."""
        if not self.rows_from:
            return self.rows
        options = questionnaire.questions[self.rows_from].options_in(questionnaire)
        return tuple(Row(value=option.value, label=option.label) for option in options)

    def visible_rows(self, questionnaire: QuestionContext, active: Mapping[str, Answer]) -> tuple[Row, ...]:
        """Return the rows on the path; all of them while the question they come from has no answer."""
        rows = self.rows_in(questionnaire)
        if self.rows_from:
            chosen = active.get(self.rows_from)
            return tuple(row for row in rows if chosen is None or row.value in chosen)
        return tuple(row for row in rows if truth(row.show_when, active) is not False)

    def check(self, questionnaire: QuestionContext, raw: object) -> Mapping[str, str] | None:
        """Return what was chosen by row, or None for nothing. Raises InvalidAnswer."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise InvalidAnswer("this needs one answer for each row, as “row: answer”")
        rows = [row.value for row in self.rows_in(questionnaire)]
        unknown = [row for row in raw if row not in rows]
        if unknown:
            raise InvalidAnswer(
                "%(row)s is not a row of this question. Rows: %(known)s.",
                row=quoted(unknown[0]),
                known=", ".join(rows),
            )
        options = self.options_in(questionnaire)
        checked = {row: _check_row(options, row, raw[row]) for row in rows if row in raw}
        return {row: value for row, value in checked.items() if value} or None

    def still_valid(self, questionnaire: QuestionContext, stored: object) -> Answer | None:
        """Return the rows of a stored answer that are still asked and still allow it; None for none."""
        if not isinstance(stored, Mapping):
            return super().still_valid(questionnaire, stored)
        rows = {row.value for row in self.rows_in(questionnaire)}
        values = {option.value for option in self.options_in(questionnaire)}
        offered = {row: value for row, value in stored.items() if row in rows and value in values}
        return super().still_valid(questionnaire, offered)

    def labels(self, questionnaire: QuestionContext, answer: Answer | None) -> tuple[str, ...]:
        """Return what was chosen as “row: label”; () for None."""
        labels = {option.value: option.label for option in self.options_in(questionnaire)}
        rows, by_row = self.rows_in(questionnaire), _by_row(answer)
        return tuple(f"{row.label}: {labels[by_row[row.value]]}" for row in rows if row.value in by_row)

    def fields(self, questionnaire: QuestionContext) -> tuple[Field, ...]:
        """Return a group of radio buttons for each row."""
        options = self.options_in(questionnaire)
        return tuple(
            Field(
                name=field_name(self.id, row.value),
                widget="radios",
                label=f"{self.text} {row.label}",
                options=options,
                row=row.value,
            )
            for row in self.rows_in(questionnaire)
        )

    def satisfy(
        self, questionnaire: QuestionContext, literals: Sequence[ConditionLiteral]
    ) -> Mapping[str, str] | None:
        """Return what each literal wants in its row, or None when two want different things in one row."""
        rows: dict[str, str] = {}
        for literal in literals:
            (value,) = literal.values
            if rows.setdefault(literal.row, value) != value:
                return None
        return rows

    def meaning(self, questionnaire: QuestionContext) -> tuple[object, ...]:
        """Return the scale and where the rows come from. A single row may be added or removed."""
        return (*super().meaning(questionnaire), self.rows_from)

    def wording(self) -> tuple[object, ...]:
        """Return the texts of the question and its rows; those of the scale are shared."""
        return (self.text, self.help, {row.value: row.label for row in self.rows})

    def problems(self, questionnaire: QuestionContext, location: Location) -> Iterator[LocatedProblem]:
        """Yield the errors of the scale, the resources, and the rows."""
        yield from super().problems(questionnaire, location)
        yield from location.at("resource_ids").unknown_ids(self.resource_ids, questionnaire.resource)
        if bool(self.rows) == bool(self.rows_from):
            yield location.problem("a matrix needs either rows or rows_from", "remove one, or add one")
        if self.rows_from:
            yield from self._rows_from_problems(questionnaire, location.at("rows_from"))
        yield from location.at("rows").repeated_ids(row.value for row in self.rows)
        for index, row in enumerate(self.rows):
            here = location.at("rows", index)
            yield from resource_problems(questionnaire, row, here)
            yield from guide_gap_problems(row, here)

    def _rows_from_problems(
        self, questionnaire: QuestionContext, location: Location
    ) -> Iterator[LocatedProblem]:
        ids = list(questionnaire.questions)
        if self.rows_from not in ids[: ids.index(self.id)]:
            yield location.problem(
                f"rows must come from an earlier question, and “{self.rows_from}” is not one",
                "use a question of kind “many” that comes before this one",
            )
        origin = questionnaire.questions.get(self.rows_from)
        if origin and not origin.accepts_several:
            yield location.problem(
                f"rows must come from a question of kind “many”, not “{self.rows_from}”",
                "use another question, or list the rows here",
            )

    def row_conditions(self, row: Row) -> tuple[Condition, ...]:
        """Return the condition of the row itself, or that its option is chosen."""
        own = (row.show_when,) if row.show_when else ()
        return (*own, Chosen(q=self.rows_from, any_of=(row.value,))) if self.rows_from else own

    def located_conditions(self, location: Location) -> Iterator[tuple[Condition, Location]]:
        """Yield every condition of the question and of its rows, with its place."""
        yield from super().located_conditions(location)
        for index, row in enumerate(self.rows):
            if row.show_when:
                yield row.show_when, location.at("rows", index, "show_when")

    def row_location(self, location: Location, index: int) -> Location:
        """Return the location of the row, or of the question that the rows come from."""
        return location.at("rows_from") if self.rows_from else location.at("rows", index)

    def gap_options(self, questionnaire: QuestionContext) -> tuple[Option, ...]:
        """Return the options below the top of the scale."""
        options = self.options_in(questionnaire)
        top = max(option.steps or 0 for option in options)
        return tuple(option for option in options if option.steps is not None and option.steps < top)

    def resource_sources(self, questionnaire: QuestionContext) -> Iterator[ResourceSource]:
        """Yield the options below the top, in each row."""
        gap_options, position = self.gap_options(questionnaire), positions(self.options_in(questionnaire))
        asked_when = (self.show_when,) if self.show_when else ()
        for row in self.rows_in(questionnaire):
            yield ResourceSource(
                question=self,
                row=row,
                options=gap_options,
                resource_ids=row.resource_ids or self.resource_ids,
                supplement_ids=row.supplement_ids,
                guide_gap=row.guide_gap,
                use=row.use,
                conditions=(*asked_when, *self.row_conditions(row)),
                position=position,
            )

    def made_up_answer(self, questionnaire: QuestionContext, agency: MadeUpAgency) -> Mapping[str, str]:
        """Return what a made-up agency chooses in some of the rows."""
        rows = [row.value for row in self.rows_in(questionnaire)]
        values = self._combinable_values(questionnaire)
        return {row: agency.one_of(self, values, row) for row in agency.some_of(self, rows, len(rows))}

    def answer_with(
        self, questionnaire: QuestionContext, before: Answer | None, value: str, row: str
    ) -> Answer:
        """Return the answer with this option in its row."""
        return {**_by_row(before), row: value}

    def describe_change(
        self, questionnaire: QuestionContext, before: Answer | None, answer: str, row: str
    ) -> str:
        """Return that the row has this answer."""
        rows = {each.value: each.label for each in self.rows_in(questionnaire)}
        template = questionnaire.texts.plan.would_bring_row
        return template.format(question=self.text, answer=answer, row=rows[row])

    def values_in(self, answer: Answer | None, row: str = "") -> tuple[str, ...]:
        """Return what was chosen in one row, or in all of them."""
        by_row = _by_row(answer)
        return tuple(filter(None, (by_row.get(row),) if row else by_row.values()))

    def lost(self, before: Answer, after: Answer) -> Answer | None:
        """Return the rows of `before` that are not in `after`; None for none."""
        left = _by_row(after)
        return {row: value for row, value in _by_row(before).items() if row not in left} or None

    def check_field(self, questionnaire: QuestionContext, field: Field, raw: object) -> Answer | None:
        """Return what was chosen in the row of a field, or None for nothing. Raises InvalidAnswer."""
        checked = self.check(questionnaire, {field.row: raw})
        return checked[field.row] if checked else None

    def field_value(self, field: Field, answer: Answer | None) -> str | None:
        """Return what was chosen in the row of a field."""
        return _by_row(answer).get(field.row)

    def merge_fields(self, before: Answer | None, sent: Mapping[str, Answer | None]) -> Answer | None:
        """Return the rows answered before with those that were sent; an empty one takes the answer back."""
        rows = {**_by_row(before), **sent}
        return {row: value for row, value in rows.items() if isinstance(value, str)} or None


def _by_row(answer: Answer | None) -> Mapping[str, str]:
    """Return what was chosen by row; {} for None."""
    return answer if isinstance(answer, Mapping) else {}


def _check_row(options: tuple[Option, ...], row: str, raw: object) -> str | None:
    try:
        return check_one(options, raw)
    except InvalidAnswer as error:
        raise InvalidAnswer("row %(row)s: %(problem)s", row=row, problem=error.message) from error
