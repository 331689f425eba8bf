"""The small forms beside the questions: coming back, and finishing."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from app.assessments.page_view import FormFault
from app.forms import Form
from questions.answers import InvalidAnswer, check_text
from questions.free_text import clean

_NOT_FOUND = (
    "We found no self-check with this code. Look for mixed-up or missing characters. "
    "A code that was replaced by a new one no longer works."
)


def faults_of(form: Form) -> tuple[FormFault, ...]:
    """Return the form's faults, for the summary on top of the page."""
    return tuple(
        FormFault(anchor=field.name, about=field.label.text, message=str(message))
        for field in form
        for message in field.errors
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
        try:
            check_text(field.data or "", self._limit)
        except InvalidAnswer as error:
            raise ValidationError(str(error)) from error

    def name(self) -> str:
        """Return the name, cleaned, on one line."""
        return " ".join(clean(self.agency.data or "").split())
