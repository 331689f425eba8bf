"""Commands for accounts and agencies. Each change is a security event, and an email to whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security.recoverable import generate_reset_link

from app import clock
from app.accounts.datastore import datastore
from app.accounts.mail import CONFIRM_HOURS, RESET_HOURS
from app.accounts.registration import INVITED_HOURS, Registration, registration_link
from app.database.account_tables import User
from app.database.agencies import add_member, find_agency, members_of, memberships_of, set_role
from app.database.deletion import wipe
from app.database.directory import (
    ListedAgency,
    all_accounts,
    all_agencies,
    find_account,
    find_listed_agency,
)
from app.database.security_events import record_event
from app.erasure import depending_agencies, erase_account, erase_agency
from app.extensions import db
from app.mail.messages import at_site_url, compose, normalize_address
from app.mail.outbox import About, enqueue, send_due
from app.operations.agency_counts import counts_to_show
from app.operations.exits import CommandError, UsageError, current_questionnaire, requires_schema
from app.permissions import FULL_ROLE
from reports.plan.translations import listed


def _administers(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command on a database of this version; its links lead to SITE_URL, its emails go out."""

    @requires_schema
    @wraps(command)
    def run(*args: object, **kwargs: object) -> None:
        with at_site_url():
            command(*args, **kwargs)
        send_due()

    return run


@click.group("account")
def account_group() -> None:
    """Accounts: WHO is an email address, or the number in the list of security events."""


@click.group("agency")
def agency_group() -> None:
    """Agencies: WHICH is the number in the list, or the id in the address of the agency’s page."""


@account_group.command("list")
@requires_schema
def list_accounts() -> None:
    """List every account: number, address, name, and second step."""
    for user in all_accounts():
        second_step = "codes" if user.tf_primary_method else "no codes"
        click.echo(f"{user.id}  {user.email}  {user.name or '-'}  {second_step}")


@account_group.command("show")
@click.argument("who")
@requires_schema
def show_account(who: str) -> None:
    """Show an account: how it signs in, and its agencies."""
    user = _account(who)
    click.echo(f"account {user.id}: {user.email}, {user.name or 'no name'}")
    last = clock.local_day(user.active_at) if user.active_at else "never"
    click.echo(f"created: {clock.local_day(user.created_at)}; last sign-in: {last}")
    click.echo(f"password: {'set' if user.password else 'none'}; passkeys: {len(user.webauthn)}")
    click.echo(
        f"codes from an app: {'on' if user.tf_primary_method else 'off'}; "
        f"recovery codes left: {len(user.mf_recovery_codes or ())}"
    )
    for membership in memberships_of(user.id):
        click.echo(f"{membership.role} of agency {membership.agency.id}: {membership.agency.name}")


@account_group.command("invite")
@click.argument("address")
@_administers
def invite(address: str) -> None:
    """Send ADDRESS a link to create an account, whatever REGISTRATION says."""
    email = _new_address(address)
    days = INVITED_HOURS // 24
    link = registration_link(Registration(email=email), INVITED_HOURS)
    enqueue(compose(email, "emails/account_invitation.txt", link=link, days=days), hours=INVITED_HOURS)
    record_event("account_invited_by_administrator", clock.now())
    db.session.commit()
    click.echo(f"An invitation to {email} is in the outbox. Its link works for {days} days.")


@account_group.command("confirm")
@click.argument("address")
@_administers
def confirm(address: str) -> None:
    """Vouch for ADDRESS when emails do not reach it: print the link that it would get.

    Without an account, that is the link to create one; else, to set a new password. First make sure, such as
    by telephone, that you talk with the person whose address it is.
    """
    user = find_account(normalize_address(address))
    if user:
        link, _token = generate_reset_link(user)  # type: ignore[no-untyped-call]
        _tell(user, _("They created a link to set a new password for your account."))
    else:
        link = registration_link(Registration(email=_new_address(address)))
    record_event("address_confirmed_by_administrator", clock.now(), user_id=user.id if user else None)
    db.session.commit()
    click.echo(link)
    hours = RESET_HOURS if user else CONFIRM_HOURS
    works = ngettext("It works for one hour.", "It works for %(num)d hours.", hours)
    click.echo(f"{works} Give it to nobody else.", err=True)


@account_group.command("sign-out")
@click.argument("who")
@_administers
def sign_out(who: str) -> None:
    """End every sign-in of an account."""
    user = _account(who)
    datastore().set_uniquifier(user)
    _finish(user, "signed_out_by_administrator", _("They signed you out on every device."))
    click.echo(f"{user.email} is signed out everywhere.")


@account_group.command("reset-second-step")
@click.argument("who")
@click.option("--passkeys", is_flag=True, help="Remove the passkeys too, such as those of a lost device.")
@_administers
def reset_second_step(who: str, *, passkeys: bool) -> None:
    """Turn off codes from an app for someone who lost the phone; ends every sign-in.

    First make sure that you talk with the person whose account it is. The password is still needed, or
    access to the mailbox.
    """
    user = _account(who)
    user.tf_primary_method = user.tf_totp_secret = user.totp_counter = user.mf_recovery_codes = None
    if passkeys:
        user.webauthn.clear()
    datastore().set_uniquifier(user)
    _finish(
        user,
        "second_step_reset_by_administrator",
        _("They turned off the codes from your authenticator app, removed your passkeys, and signed you out.")
        if passkeys
        else _("They turned off the codes from your authenticator app and signed you out."),
    )
    click.echo(f"{user.email} can sign in with the password alone, and should turn codes on again.")


@account_group.command("close")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_administers
def close_account(who: str, *, yes: bool) -> None:
    """Delete an account, with the agencies that have no other member."""
    user = _account(who)
    id_, email = user.id, user.email
    alone, to_hand_over = depending_agencies(id_)
    if to_hand_over:
        raise CommandError(
            f"Agency {agency.id} ({agency.name}) would have no owner. Name another one first: agency owner"
            for agency in to_hand_over
        )
    deleted = listed((email, *(agency.name for agency in alone)), "en-US")
    _ask(f"Delete the account {deleted}?", yes=yes)
    for agency in alone:
        erase_agency(agency)
        record_event("agency_closed_by_administrator", clock.now(), agency_id=agency.id)
    erase_account(id_, email)
    record_event("account_closed_by_administrator", clock.now(), user_id=id_)
    _write(email, _("They deleted your account."), About())
    db.session.commit()
    wipe()
    click.echo(f"The account {email} is deleted.")


@agency_group.command("list")
@requires_schema
def list_agencies() -> None:
    """List every agency: number, name, members, and self-checks."""
    for one in all_agencies():
        click.echo(_line(one))


@agency_group.command("show")
@click.argument("which")
@requires_schema
def show_agency(which: str) -> None:
    """Show an agency: its members and their roles."""
    found = _agency(which)
    click.echo(f"agency {_line(found)}")
    click.echo(f"created: {clock.local_day(found.created_at)}; page: /agencies/{found.agency.public_id}/")
    for member in members_of(found.agency):
        click.echo(f"{member.role}: account {member.user_id}, {member.email}")


@agency_group.command("owner")
@click.argument("which")
@click.argument("who")
@_administers
def make_owner(which: str, who: str) -> None:
    """Make an account an owner of an agency; those who are owners stay it."""
    agency, user = _agency(which).agency, _account(who)
    find_agency(agency.public_id, lock=True)
    before = members_of(agency)
    add_member(agency, user.id, FULL_ROLE, clock.now())
    set_role(agency, user.id, FULL_ROLE)
    record_event("owner_named_by_administrator", clock.now(), user_id=user.id, agency_id=agency.id)
    for address in {user.email, *(member.email for member in before if member.role == FULL_ROLE)}:
        change = _("They made %(email)s an owner of “%(agency)s.”", email=user.email, agency=agency.name)
        _write(address, change, About(user_id=user.id, agency_id=agency.id))
    db.session.commit()
    click.echo(f"{user.email} is an owner of {agency.name}.")


@agency_group.command("close")
@click.argument("which")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_administers
def close_agency(which: str, *, yes: bool) -> None:
    """Delete an agency with all its self-checks and plans. Its members keep their accounts."""
    found = _agency(which)
    agency, members = found.agency, members_of(found.agency)
    _ask(f"Delete {agency.name} with {found.self_checks} self-checks?", yes=yes)
    erase_agency(agency)
    record_event("agency_closed_by_administrator", clock.now(), agency_id=agency.id)
    for member in members:
        change = _("They deleted “%(agency)s” with all its self-checks and plans.", agency=agency.name)
        _write(member.email, change, About(user_id=member.user_id))
    db.session.commit()
    wipe()
    click.echo(f"{agency.name} is deleted.")


@agency_group.command("counts")
@requires_schema
def count_agencies() -> None:
    """Show how many agencies gave which answer, over those that agreed on their page; see docs/privacy.md."""
    release = counts_to_show(clock.now())
    db.session.commit()
    if release is None:
        raise CommandError(
            [
                "There are no counts to show. They need five agencies that agreed and finished a self-check; "
                "after that, five that joined, left or finished another one since the last counts."
            ]
        )
    click.echo(f"{release.agencies} agencies or more, counted on {clock.long_date(release.at)}")
    questionnaire = current_questionnaire()
    for id_, counts in release.counts.items():
        if counts and id_ in questionnaire.practice:
            practice = questionnaire.practice[id_]
            click.echo(f"{id_}  {practice.short}")
            for option in practice.options_in(questionnaire):
                if option.value in counts:
                    click.echo(f"  {option.label}: {counts[option.value]} or more")


def _account(who: str) -> User:
    """Return an account. Raises UsageError."""
    user = find_account(who if who.isdecimal() else normalize_address(who))
    if user is None:
        raise UsageError([f"There is no account {who}. To see them all: account list"])
    return user


def _agency(which: str) -> ListedAgency:
    """Return an agency. Raises UsageError."""
    found = find_listed_agency(which)
    if found is None:
        raise UsageError([f"There is no agency {which}. To see them all: agency list"])
    return found


def _new_address(address: str) -> str:
    """Return a normalized address that has no account. Raises UsageError."""
    email = normalize_address(address)
    if not email:
        raise UsageError([f"{address} is not an email address"])
    if find_account(email):
        raise UsageError([f"{email} has an account already"])
    return email


def _line(one: ListedAgency) -> str:
    checks = f"{one.self_checks} self-checks, {one.finished} of them finished"
    return f"{one.agency.id}  {one.agency.name}  {one.members} members  {checks}"


def _ask(question: str, *, yes: bool) -> None:
    """Continue if the administrator says yes; otherwise end the command."""
    if not yes:
        click.confirm(question, abort=True)


def _finish(user: User, kind: str, change: str) -> None:
    """Record the event, tell the person, and commit."""
    record_event(kind, clock.now(), user_id=user.id)
    _tell(user, change)
    db.session.commit()


def _tell(user: User, change: str) -> None:
    _write(user.email, change, About(user_id=user.id))


def _write(to: str, change: str, about: About) -> None:
    """Enqueue an email that says what the administrator did."""
    contact = current_app.config["OPERATOR_CONTACT"]
    enqueue(compose(to, "emails/by_administrator.txt", change=change, contact=contact), about)
