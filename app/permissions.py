"""Who may read, edit, or manage an assessment, a history, or an agency.

What belongs to an agency is open to its members, each as far as their role allows. Anything else is open to
the browsers that remember its history (app/http/remembered_histories.py).

Everything here is closed by default: a role without a row in ROLES allows nothing, and what a person may not
read looks as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from flask import abort, g, request
from flask_babel import lazy_gettext as _
from flask_security import current_user

from app.database.agencies import Agency, Membership, Role, find_agency, memberships_of
from app.database.assessments import Assessment, History, find_assessment, find_history
from app.http.remembered_histories import is_open_here, remembered

# read: open every page and download. edit: answer, finish, work on the plan, share it, delete drafts.
# delete: finished self-checks and whole histories. manage: the agency, its members, and its invitations.
Permission = Literal["read", "edit", "delete", "manage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDefinition:
    """What a role is called, how it is explained, and what it allows."""

    name: str
    explanation: str
    permissions: frozenset[Permission]


ROLES: Mapping[Role, RoleDefinition] = {
    "owner": RoleDefinition(
        name=_("Owner"),
        explanation=_(
            "Can do all that an editor can, and can delete finished self-checks, invite and remove people, "
            "change roles, and rename or delete the agency."
        ),
        permissions=frozenset({"read", "edit", "delete", "manage"}),
    ),
    "editor": RoleDefinition(
        name=_("Editor"),
        explanation=_(
            "Can start self-checks, change answers, work on plans, share plans by a link, and delete drafts. "
            "Cannot delete what is finished."
        ),
        permissions=frozenset({"read", "edit"}),
    ),
    "viewer": RoleDefinition(
        name=_("Viewer"),
        explanation=_("Can read answers, plans, and comparisons. Cannot change anything."),
        permissions=frozenset({"read"}),
    ),
}
# The role of whoever creates an agency, and of a browser in what it started without an account.
FULL_ROLE: Role = "owner"
# The role offered first in an invitation, and the one left to an owner who hands over.
DEFAULT_ROLE: Role = "editor"
_Subject = TypeVar("_Subject", Assessment, History, Agency)


class AssessmentNotFound(LookupError):
    """There is no such assessment, or this person may not read it: the two look the same."""


class AgencyNotFound(LookupError):
    """There is no such agency, or this person may not read it: the two look the same."""


def allows(role: Role | None, permission: Permission) -> bool:
    """Return whether a role includes a permission; None means no role at all."""
    return role is not None and role in ROLES and permission in ROLES[role].permissions


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that include a permission."""
    return [role for role in ROLES if allows(role, permission)]


def role_name(role: Role) -> str:
    """Return the name of a role; a role that is not defined is named as it is stored."""
    return ROLES[role].name if role in ROLES else role


def user_id() -> int | None:
    """Return the id of the signed-in account, None without one."""
    return current_user.id if current_user.is_authenticated else None


def memberships(permission: Permission = "read") -> list[Membership]:
    """Return the signed-in person's memberships whose role includes a permission, ordered by agency name."""
    return [membership for membership in _all_memberships() if allows(membership.role, permission)]


def can(subject: Assessment | History | Agency, permission: Permission) -> bool:
    """Return whether the person who sent this request has a permission."""
    return allows(_role_for(subject), permission)


def require(public_id: str, permission: Permission = "read", *, lock: bool = True) -> Assessment:
    """Return an assessment; if this request may change it and wants the lock, locked against others.

    Raises AssessmentNotFound, and answers 403 to a person who may read it but lacks the permission.
    """
    found = find_assessment(public_id, lock=lock and _locks(permission)) if _may_read_any() else None
    return _checked(found, permission, AssessmentNotFound)


def require_to_delete(public_id: str) -> Assessment:
    """Return an assessment that this person may delete: a draft to edit, or a finished one to delete."""
    found = require(public_id, "edit")
    return _checked(found, "delete", AssessmentNotFound) if found.finished else found


def require_history(public_id: str, permission: Permission = "read", *, lock: bool = True) -> History:
    """Return a history, as `require` does an assessment."""
    found = find_history(public_id, lock=lock and _locks(permission)) if _may_read_any() else None
    return _checked(found, permission, AssessmentNotFound)


def require_agency(public_id: str, permission: Permission = "read") -> Agency:
    """Return an agency, as `require` does an assessment, with its members locked. Raises AgencyNotFound."""
    return _checked(find_agency(public_id, lock=_locks(permission)), permission, AgencyNotFound)


def _checked(found: _Subject | None, permission: Permission, not_found: type[LookupError]) -> _Subject:
    """Return what was found, if the role allows it; the queries are the same whether anything was found."""
    _all_memberships()
    if found is None or not can(found, "read"):
        raise not_found
    if not can(found, permission):
        abort(403)
    return found


def _locks(permission: Permission) -> bool:
    return permission != "read" and request.method == "POST"


def _may_read_any() -> bool:
    """Return whether this browser or account could have access to anything; if not, nothing is queried."""
    return bool(remembered()) or user_id() is not None


def _role_for(subject: Assessment | History | Agency) -> Role | None:
    if isinstance(subject, Agency):
        return _role_in(subject.id)
    history = subject.history if isinstance(subject, Assessment) else subject
    if history.agency_id is not None:
        return _role_in(history.agency_id)
    return FULL_ROLE if is_open_here(history) else None


def _role_in(agency_id: int) -> Role | None:
    return next((one.role for one in _all_memberships() if one.agency.id == agency_id), None)


def _all_memberships() -> list[Membership]:
    """Return the signed-in person's memberships, queried once per request."""
    if "memberships" not in g:
        id_ = user_id()
        g.memberships = [] if id_ is None else memberships_of(id_)
    found: list[Membership] = g.memberships
    return found
