"""The small forms beside the questions: coming back, and finishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, ValidationError

from app.database.agencies import Agency
from app.forms.base import Form, check_length
from app.forms.privacy_warning import no_client_data
from questions.text import one_line

DEVICE = "device"
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

    agency = StringField("Name of your agency or program", validators=[no_client_data])

    def __init__(self, agency: str, limit: int) -> None:
        super().__init__(data={"agency": agency})
        self._limit = limit

    def validate_agency(self, field: StringField) -> None:
        """Refuse a name over the limit."""
        check_length(field, self._limit)

    def name(self) -> str:
        """Return the name, cleaned, on one line."""
        return one_line(self.agency.data or "")


class WhereForm(Form):
    """Asks where a new self-check belongs: to one of the person's agencies, or to this device."""

    where = RadioField("Where does it belong?", choices=[], validate_choice=False)

    def __init__(self, agencies: Iterable[Agency], chosen: Mapping[str, str]) -> None:
        super().__init__(formdata=MultiDict(chosen) if "where" in chosen else None)
        self.agencies = {agency.public_id: agency for agency in agencies}

    def validate_where(self, field: RadioField) -> None:
        """Refuse none, and an agency that is not among them."""
        if field.data not in {DEVICE, *self.agencies}:
            raise ValidationError("Choose one.")

    def chosen(self) -> Agency | None:
        """Return the agency, None for this device; the form has to be valid."""
        return self.agencies.get(str(self.where.data))


class RetakeForm(Form):
    """Asks how to start again."""

    start = RadioField(
        "How do you want to start?",
        choices=[],
        validate_choice=False,
        validators=[AnyOf(("old", "blank"), message="Choose one of the two ways to start.")],
    )
