"""The forms around the questions: returning with a code, finishing, and starting a new self-check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, ValidationError

from app.database.agencies import Agency
from app.forms.base import Form, NameField, ValuesField, check_length
from app.forms.field_labels import AGENCY_LABEL
from app.forms.privacy_warning import no_client_data

DEVICE = "device"
OWN = "own"
DEVICES = {OWN, "shared"}


class ReturnForm(Form):
    """Asks for a return code, and whether it is to stay open on this device."""

    code = StringField(
        _l("Return code or link"), validators=[InputRequired(_l("Enter your return code or link."))]
    )
    own = BooleanField()

    def reject(self) -> None:
        """Add the error that there is no such code."""
        message = _(
            "We found no self-check with this code. Look for mixed-up or missing characters. "
            "A code that was replaced by a new one no longer works."
        )
        self.code.errors = [*self.code.errors, message]


class FinishForm(Form):
    """Asks for the name to print on the plan."""

    agency = NameField(AGENCY_LABEL, validators=[no_client_data])

    def __init__(self, agency: str, limit: int) -> None:
        super().__init__(data={"agency": agency})
        self._limit = limit

    def validate_agency(self, field: NameField) -> None:
        """Reject a name over the limit."""
        check_length(field, self._limit)


class WhereForm(Form):
    """Asks where a new self-check belongs: to an agency of the person, or to this device; and whose that is.

    Each is asked only if it is not known. What is an agency's opens by signing in, on any device.
    """

    where = RadioField(_l("Where does it belong?"), choices=[], validate_choice=False)
    device = RadioField(_l("Is this your own device?"), choices=[], validate_choice=False)

    def __init__(
        self, agencies: Iterable[Agency], chosen: Mapping[str, str], *, asks_for_device: bool
    ) -> None:
        self.was_sent = "where" in chosen or "device" in chosen
        super().__init__(formdata=MultiDict(chosen) if self.was_sent else None)
        self.agencies = {agency.public_id: agency for agency in agencies}
        self.asks_for_device = asks_for_device

    def validate_where(self, field: RadioField) -> None:
        """Require this device or one of the agencies, if there are any."""
        if self.agencies and field.data not in {DEVICE, *self.agencies}:
            raise ValidationError(_("Choose one."))

    def validate_device(self, field: RadioField) -> None:
        """Require an answer for a self-check that this device opens."""
        is_for_device = not self.agencies or self.where.data == DEVICE
        if self.asks_for_device and is_for_device and field.data not in DEVICES:
            raise ValidationError(_("Choose one."))

    def chosen(self) -> Agency | None:
        """Return the agency, None for this device."""
        return self.agencies.get(str(self.where.data))

    def is_own_device(self) -> bool:
        """Return whether the person says that this is their own device."""
        return bool(self.device.data == OWN)


class RetakeForm(Form):
    """Asks how to start again, and which open actions of the last plan are to come along."""

    start = RadioField(
        _l("How do you want to start?"),
        choices=[],
        validate_choice=False,
        validators=[AnyOf(("old", "blank"), message=_l("Choose one of the two ways to start."))],
    )
    offered = ValuesField()
    bring = ValuesField()

    def brings(self, action: str) -> bool:
        """Return whether an action comes along: all do but those that were offered and are not ticked."""
        return action in (self.bring.data or ()) or action not in (self.offered.data or ())
