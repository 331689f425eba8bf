"""The small forms beside the questions: coming back, and finishing."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired

from app.forms import Form, check_length
from questions.free_text import clean

_NOT_FOUND = (
    "We found no self-check with this code. Look for mixed-up or missing characters. "
    "A code that was replaced by a new one no longer works."
)


class ReturnForm(Form):
    """Asks for a return code."""

    code = StringField("Return code", validators=[InputRequired("Type in your return code.")])

    def refuse(self) -> None:
        """Say beside the field that there is no such code."""
        self.code.errors = [*self.code.errors, _NOT_FOUND]


class FinishForm(Form):
    """Asks for the name that stands on the plan."""

    agency = StringField("Name of your agency or program")

    def __init__(self, agency: str, limit: int) -> None:
        super().__init__(data={"agency": agency})
        self._limit = limit

    def validate_agency(self, field: StringField) -> None:
        """Refuse a name over the limit."""
        check_length(field, self._limit)

    def name(self) -> str:
        """Return the name, cleaned, on one line."""
        return " ".join(clean(self.agency.data or "").split())


class RetakeForm(Form):
    """Asks how to start again."""

    start = RadioField(
        "How do you want to start?",
        choices=[],
        validate_choice=False,
        validators=[AnyOf(("old", "blank"), message="Choose one of the two ways to start.")],
    )
