"""A person's account: taking all of it along, and deleting it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app import mail
from app.content import current
from app.database.agencies import Agency, agencies_depending_on, members_of, memberships_of
from app.database.deletion import delete_account, delete_agency, wipe
from app.extensions import db
from app.http.remembered_histories import end_sign_in
from app.monitoring.security_events import note_event
from app.permissions import roles_with
from app.privacy import bp
from app.privacy.archive import Archive, archive_page, sent
from app.privacy.archive_contents import put_account
from app.privacy.deletion_views import is_to_ask
from app.reauthentication import recent_sign_in_required


@bp.route("/account/archive", methods=["GET", "POST"])
@recent_sign_in_required
def account_archive() -> ResponseReturnValue:
    """Say what is in the archive; send it."""
    if request.method == "GET":
        about = current().questionnaire.texts.privacy.archive.account
        return archive_page(about, url_for("accounts.account"))
    note_event("archive_made")
    with Archive() as made:
        put_account(made, current_user, memberships_of(current_user.id))
        return sent(made, "account")


@bp.route("/account/delete", methods=["GET", "POST"])
@recent_sign_in_required
def account_deletion() -> ResponseReturnValue:
    """Delete the account, unless an agency with other members would be left without an owner."""
    id_, email = current_user.id, current_user.email
    alone, to_hand_over = _only_owned(id_)
    of = ",".join(agency.public_id for agency in alone)
    if is_to_ask(of) or to_hand_over:
        page = render_template(
            "privacy/delete_account.html",
            words=current().questionnaire.texts.privacy.delete,
            alone=alone,
            to_hand_over=to_hand_over,
            of=of,
        )
        return page, 409 if request.method == "POST" and to_hand_over else 200
    for agency in alone:
        delete_agency(agency.id)
        note_event("agency_deleted", agency_id=agency.id)
    note_event("account_deleted", user_id=id_)
    delete_account(id_, email)
    db.session.commit()
    wipe()
    mail.delete_emails_to(email)
    end_sign_in()
    flash("Your account is deleted.")
    return redirect(url_for("assessments.start"))


def _only_owned(id_: int) -> tuple[list[Agency], list[Agency]]:
    """Return the agencies that only this person owns: those without other members, and the others."""
    owned = agencies_depending_on(id_, roles_with("manage"))
    alone = [agency for agency in owned if len(members_of(agency)) == 1]
    return alone, [agency for agency in owned if agency not in alone]
