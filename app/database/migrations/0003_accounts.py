"""Accounts, agencies and their members; links to read a plan; security events; rate limits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHANGED_BY = ("answer", "plan_work", "look_back")


def upgrade() -> None:
    """Add the tables; all that is stored stays without an account, as it was."""
    _create_accounts()
    _create_agencies()
    _create_guards()
    with op.batch_alter_table("history") as batch:
        batch.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_history_agency_id_agency"), "agency", ["agency_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_history_agency_id"), "history", ["agency_id"])
    op.add_column("look_back", sa.Column("changed_at", sa.DateTime(), nullable=True))
    for table in _CHANGED_BY:
        _add_changed_by(table)


def downgrade() -> None:
    """Take the tables away; assessments of an agency stay, without a way in until a return code is made."""
    for table in _CHANGED_BY:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_changed_by_id_account"), type_="foreignkey")
            batch.drop_column("changed_by_id")
    op.drop_column("look_back", "changed_at")
    op.drop_index(op.f("ix_history_agency_id"), "history")
    with op.batch_alter_table("history") as batch:
        batch.drop_constraint(op.f("fk_history_agency_id_agency"), type_="foreignkey")
        batch.drop_column("agency_id")
    for table in (
        "rate_limit",
        "security_event",
        "plan_link",
        "invitation",
        "membership",
        "agency",
        "passkey",
        "account",
    ):
        op.drop_table(table)


def _add_changed_by(table: str) -> None:
    """Let each row tell who changed it last; None for a person without an account."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_changed_by_id_account"),
            "account",
            ["changed_by_id"],
            ["id"],
            ondelete="SET NULL",
        )


def _create_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("totp_counter", sa.Integer(), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("fs_webauthn_user_handle", name=op.f("uq_account_fs_webauthn_user_handle")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("passkey", "user_id", "account", "CASCADE"),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.UnicodeText(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_user_id"), "passkey", ["user_id"])


def _create_agencies() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agency_public_id")),
    )
    op.create_table(
        "membership",
        _reference("membership", "agency_id", "agency", "CASCADE"),
        _reference("membership", "user_id", "account", "CASCADE"),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "user_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("invitation", "agency_id", "agency", "CASCADE"),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_agency_id"), "invitation", ["agency_id"])
    op.create_table(
        "plan_link",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("plan_link", "assessment_id", "assessment", "CASCADE"),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        _reference("plan_link", "made_by_id", "account", "SET NULL"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_plan_link_token_hash")),
    )
    op.create_index(op.f("ix_plan_link_assessment_id"), "plan_link", ["assessment_id"])


def _create_guards() -> None:
    op.create_table(
        "security_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("network", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_event")),
    )
    op.create_index(op.f("ix_security_event_at"), "security_event", ["at"])
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_limit")),
    )
    op.create_index(op.f("ix_rate_limit_expires_at"), "rate_limit", ["expires_at"])


def _reference(table: str, column: str, to: str, ondelete: str) -> sa.Column[int]:
    name = op.f(f"fk_{table}_{column}_{to}")
    key = sa.ForeignKey(f"{to}.id", name=name, ondelete=ondelete)
    return sa.Column(column, sa.Integer(), key, nullable=ondelete == "SET NULL")
