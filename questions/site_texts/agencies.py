"""Types of the texts for people who work together: agencies, links to a plan, and two people at once."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTexts(Content):
    """What the members of an agency may do: the values of app.database.agencies.Role."""

    owner: str
    editor: str
    viewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTexts(Content):
    """Texts for agencies and their members."""

    list_intro: str
    none_yet: str
    roles: RoleTexts
    may_do: RoleTexts
    no_checks_yet: str
    invite_intro: str
    invite_subject: str
    invite_mail: str
    invite_not_sent: str
    join_intro: str
    join_needs_account: str
    join_other_address: str
    last_owner: str
    leave_intro: str
    remove_intro: str
    hand_over_intro: str
    bring_intro: str
    bring_facts: tuple[str, ...]
    bring_none: str
    where_intro: str
    where_agency: str
    where_device: str
    may_read: str
    pause_in_agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLinkTexts(Content):
    """Texts for links by which anyone can read one plan."""

    links_intro: str
    links_facts: tuple[str, ...]
    link_made: str
    no_links: str
    read_until: str
    link_gone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTexts(Content):
    """Texts for two people who changed the same thing."""

    both_changed: str
    rest_saved: str
    choose_one: str
    choose_boxes: str
    merge_text: str
    order_changed: str
    changed_before_removal: str
    removed_meanwhile: str
    finished_meanwhile: str


AGENCY_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "invite_subject": frozenset({"agency"}),
    "invite_mail": frozenset({"who", "agency", "role", "link", "date"}),
    "join_intro": frozenset({"agency", "role"}),
    "join_other_address": frozenset({"email"}),
    "remove_intro": frozenset({"name"}),
    "hand_over_intro": frozenset({"name"}),
    "where_agency": frozenset({"agency"}),
    "read_until": frozenset({"date"}),
}
