"""Tables of accounts, agencies, links, security events and rate limits; times are UTC without a zone."""

# Flask-Security's mixins declare their columns with wider types.
# mypy: disable-error-code="assignment"

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.encrypted_types import EncryptedJson, InRow
from app.database.tables import Base


class User(Base, UserMixin):
    """A person with an account. The names of most columns are Flask-Security's."""

    __tablename__ = "account"
    # Flask-Security asks each user for site-wide roles; ours belong to a membership.
    roles: ClassVar[tuple[()]] = ()  # type: ignore[misc]

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime.datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    totp_secret: Mapped[Any] = mapped_column(EncryptedJson(__tablename__, "totp_secret"), nullable=True)
    totp_counter: Mapped[int | None]  # of the last code that was used: no code works twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime.datetime]
    active_at: Mapped[datetime.datetime | None]  # the last sign-in
    notified_at: Mapped[datetime.datetime | None]  # that it ends, because nobody uses it
    reminders_since: Mapped[datetime.datetime | None]  # the person wants emails before dates in plans

    webauthn: Mapped[list[Passkey]] = relationship(back_populates="user", cascade="all, delete-orphan")

    @property
    def tf_totp_secret(self) -> str | None:
        """The secret of the person's authenticator app, in passlib's JSON. Raises DecryptionError."""
        return None if self.totp_secret is None else self.totp_secret.decrypt(self.id)

    @tf_totp_secret.setter
    def tf_totp_secret(self, secret: str | None) -> None:
        self.totp_secret = None if secret is None else InRow(secret, self.id)


class Passkey(Base, WebAuthnMixin):
    """A passkey of an account. The names of the columns are Flask-Security's."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    lastuse_datetime: Mapped[datetime.datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))

    user: Mapped[User] = relationship(back_populates="webauthn")


class SignInRow(Base):
    """A browser in which someone is signed in. What it is called, and the hash of its token."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime.datetime]
    seen_at: Mapped[datetime.datetime]


class AgencyRow(Base):
    """An agency: its members share its assessments."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime.datetime]
    notified_at: Mapped[datetime.datetime | None]  # that it ends, because nobody uses it
    counted_since: Mapped[datetime.datetime | None]  # the agency agreed to be counted


class ReleasedCountsRow(Base):
    """Counts over agencies as they were shown, and digests of who was in them."""

    __tablename__ = "released_counts"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime]
    agencies: Mapped[int]
    counts: Mapped[Any] = mapped_column(JSON)
    members: Mapped[Any] = mapped_column(JSON)


class MembershipRow(Base):
    """A member of an agency, and the member’s role: a row of the table in app/permissions.py."""

    __tablename__ = "membership"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[datetime.datetime]


class InvitationRow(Base):
    """A pending invitation by email."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(10))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]


class PlanLinkRow(Base):
    """A link by which anyone can read one plan, until it expires or is withdrawn (its row deleted)."""

    __tablename__ = "plan_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]
    reader: Mapped[str] = mapped_column(String(16), server_default="other")  # whom it is for


class CalendarFeedRow(Base):
    """An address at which calendars read the dates of a history's newest plan, until it is withdrawn."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    history_id: Mapped[int] = mapped_column(ForeignKey("history.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime.datetime]


class ReminderRow(Base):
    """That a person was reminded of a date in a plan: a keyed digest of the date and its action."""

    __tablename__ = "reminder"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    sent_at: Mapped[datetime.datetime]


class SecurityEventRow(Base):
    """An event that matters for security. Row ids and kinds only: no names, no contents."""

    __tablename__ = "security_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int | None]
    agency_id: Mapped[int | None]
    network: Mapped[str] = mapped_column(Text, default="")


class OutgoingEmailRow(Base):
    """An email that waits to be delivered. It goes with the account, agency and plan that it is about."""

    __tablename__ = "outgoing_email"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    content: Mapped[Any] = mapped_column(EncryptedJson(__tablename__, "content"))  # address, subject, text
    recipient: Mapped[str] = mapped_column(String(32), index=True)  # a keyed digest of the address
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime.datetime]
    next_try_at: Mapped[datetime.datetime] = mapped_column(index=True)
    tries: Mapped[int]
    expires_at: Mapped[datetime.datetime]


class TurnRow(Base):
    """Work that one of all processes does, such as the purge of the day."""

    __tablename__ = "turn"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime.datetime]
    done_at: Mapped[datetime.datetime | None]
    held_because: Mapped[str] = mapped_column(Text)


class RateLimitRow(Base):
    """How often something was attempted in the current window; shared by all web processes."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime.datetime] = mapped_column(index=True)
