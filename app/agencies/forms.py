"""The forms of agencies: a name, an invitation, a role, and where a self-check goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, ValidationError

from app.content import current
from app.database.agencies import ROLES, Agency, Role
from app.forms.base import Form, check_length
from app.forms.privacy_warning import no_client_data
from app.mail import usual_address
from questions.text import clean, one_line


class NameForm(Form):
    """The name of an agency."""

    name = StringField("Name of the agency", validators=[no_client_data])

    def __init__(self, name: str = "") -> None:
        super().__init__(data={"name": name})

    def validate_name(self, field: StringField) -> None:
        """Refuse none, and one over the limit."""
        check_length(field, current().questionnaire.rules.agency_limit)
        if not self.text():
            raise ValidationError("Type in a name.")

    def text(self) -> str:
        """Return the name, cleaned, on one line."""
        return one_line(self.name.data or "")


class RoleForm(Form):
    """What a member may do."""

    role = RadioField(
        "What this person may do", choices=[], validators=[AnyOf(ROLES, "Choose one.")], validate_choice=False
    )

    def chosen(self) -> Role:
        """Return the role; the form has to be valid."""
        return cast(Role, self.role.data)


class InviteForm(RoleForm):
    """Who is invited, and what the person may do."""

    email = StringField("E-mail address")

    def __init__(self, members: Iterable[str] = (), kept: Mapping[str, str] | None = None) -> None:
        super().__init__(data={"role": "editor", **(kept or {})})
        self._members = set(members)

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address, and that of a member."""
        if not self.address():
            raise ValidationError("Type in an e-mail address, such as name@example.org.")
        if self.address() in self._members:
            raise ValidationError("This person is a member already.")

    def address(self) -> str:
        """Return the address as accounts have it, "" for what is none."""
        return usual_address(clean(self.email.data or ""))


class AgencyChoiceForm(Form):
    """One of a person's agencies."""

    agency = RadioField("Which agency?", choices=[], validate_choice=False)

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = {agency.public_id: agency for agency in agencies}
        only = next(iter(self._agencies)) if len(self._agencies) == 1 else None
        super().__init__(data={"agency": only})

    def validate_agency(self, field: RadioField) -> None:
        """Refuse none, and one that is not among them."""
        if field.data not in self._agencies:
            raise ValidationError("Choose one.")

    def chosen(self) -> Agency:
        """Return the agency; the form has to be valid."""
        return self._agencies[str(self.agency.data)]
