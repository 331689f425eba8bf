"""Forms for agencies: a name, an invitation, a role, and the agency that a self-check is moved to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import ValidationError

from app.content import current
from app.database.agencies import Agency, Role
from app.database.assessments import History
from app.forms.base import Form, NameField, check_length, no_address
from app.forms.privacy_warning import no_client_data
from app.mail.messages import normalize_address
from app.permissions import DEFAULT_ROLE, ROLES
from app.tokens import code_hash
from questions.text import clean


class AgencyNameForm(Form):
    """The name of an agency."""

    name = NameField(_l("Name of the agency"), validators=[no_address, no_client_data])

    def __init__(self, name: str = "") -> None:
        super().__init__(data={"name": name})

    def validate_name(self, field: NameField) -> None:
        """Require a name within the limit."""
        check_length(field, current().questionnaire.rules.agency_limit)
        if not field.data:
            raise ValidationError(_("Enter a name."))


class RoleForm(Form):
    """The role of a member."""

    role = RadioField(_l("What this person can do"), choices=[], validate_choice=False)

    def validate_role(self, field: RadioField) -> None:
        """Require a defined role."""
        if field.data not in ROLES:
            raise ValidationError(_("Choose one."))

    def chosen(self) -> Role:
        """Return the role of a valid form."""
        return str(self.role.data)


class InviteForm(RoleForm):
    """Who is invited, and in which role."""

    email = StringField(_l("Email address"))

    def __init__(self, members: Iterable[str] = (), draft: Mapping[str, str] | None = None) -> None:
        super().__init__(data={"role": DEFAULT_ROLE, **(draft or {})})
        self._members = set(members)

    def validate_email(self, field: StringField) -> None:
        """Require an email address that is not a member's."""
        if not self.address():
            raise ValidationError(_("Enter an email address, such as name@example.org."))
        if self.address() in self._members:
            raise ValidationError(_("This person is already a member."))

    def address(self) -> str:
        """Return the address in the form that accounts use, "" if it is invalid."""
        return normalize_address(clean(self.email.data or ""))


class TransferForm(Form):
    """One of a person's agencies, and the return code of the history that is added to it."""

    code = StringField(_l("Return code"))
    agency = RadioField(_l("Which agency?"), choices=[], validate_choice=False)

    def __init__(self, agencies: Iterable[Agency], history: History, chosen: str | None) -> None:
        self._agencies = {agency.public_id: agency for agency in agencies}
        self._code_hash = history.return_code_hash
        only = next(iter(self._agencies)) if len(self._agencies) == 1 else chosen
        super().__init__(data={"agency": only})

    def validate_code(self, field: StringField) -> None:
        """Require the present code, if there is one: a browser that was left open does not have it."""
        if self._code_hash and code_hash(field.data or "") != self._code_hash:
            raise ValidationError(_("This is not the return code of this self-check."))

    def validate_agency(self, field: RadioField) -> None:
        """Require one of the agencies."""
        if field.data not in self._agencies:
            raise ValidationError(_("Choose one."))

    def chosen(self) -> Agency:
        """Return the agency of a valid form."""
        return self._agencies[str(self.agency.data)]
