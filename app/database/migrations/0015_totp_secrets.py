"""The secrets of authenticator apps are encrypted like everything else: authenticated, bound to their row."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app
from passlib.totp import TOTP, AppWallet

from app.database.encrypted_types import EncryptedJson
from app.database.fernet import UnreadableValues
from app.encryption import key_fingerprint

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OLD = sa.Column("tf_totp_secret", sa.String(length=255), nullable=True)
_NEW = sa.Column("totp_secret", sa.LargeBinary(), nullable=True)
_account = sa.table("account", sa.column("id"), sa.column(_OLD.name), sa.column(_NEW.name, sa.LargeBinary()))
_type = EncryptedJson("account", _NEW.name)


def upgrade() -> None:
    """Take the secrets out of passlib's format."""
    keys = _keys()
    stored = op.get_bind().execute(sa.select(_account.c.tf_totp_secret)).scalars()
    needed = Counter(json.loads(secret)["enckey"]["t"] for secret in stored if secret)
    missing = sorted(needed.keys() - keys.keys())
    if missing:
        raise UnreadableValues(
            f"{sum(needed[key] for key in missing):,} secrets of authenticator apps need the keys "
            f"{', '.join(missing)}, which are not in the settings. Put them back in DATA_KEYS or the file "
            "data-keys, after the first one. Nothing was changed."
        )
    totp = _totp(keys)
    _convert(_OLD, _NEW, lambda id_, secret: _type.encrypt(totp.from_source(secret).to_json(False), (id_,)))


def downgrade() -> None:
    """Go back to passlib's format."""
    totp = _totp(_keys())
    _convert(_NEW, _OLD, lambda id_, value: totp.from_source(_type.decrypt(value, (id_,))).to_json(True))


def _keys() -> dict[str, str]:
    return {key_fingerprint(key): key for key in current_app.config["DATA_KEYS"]}


def _totp(keys: dict[str, str]) -> Any:
    return TOTP.using(issuer="replaced", wallet=AppWallet(keys, default_tag=next(iter(keys))))


def _convert(before: sa.Column[Any], after: sa.Column[Any], change: Callable[[int, Any], Any]) -> None:
    """Replace one column by another, with each value changed by this function of the account's id and it."""
    op.add_column("account", sa.Column(after.name, after.type, nullable=True))
    old, connection = _account.c[before.name], op.get_bind()
    for id_, value in connection.execute(sa.select(_account.c.id, old).where(old.is_not(None))).all():
        this = sa.update(_account).where(_account.c.id == id_)
        connection.execute(this.values({after.name: change(id_, value) if value else None}))
    with op.batch_alter_table("account") as batch:
        batch.drop_column(before.name)
