"""Settings, from the environment only. A setting that cannot be used stops the start, in plain words."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import tempfile
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyAddress,
    SecretStr,
    ValidationError,
    field_validator,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.private_files import sync_folder

PROJECT = Path(__file__).parent.parent
# What people typed stays out of error messages, and so out of the log.
_PRIVATE = {"hide_parameters": True}
_DRIVERS = {"sqlite", "postgresql", "postgresql+psycopg"}
SECRET_LENGTH = 16
KEY_LENGTH = 32
# How long a browser can open an assessment: the privacy text says 14 days after the last save, and the
# cookie is made anew once a day.
DEVICE_DAYS = 15


class SettingsError(SystemExit):
    """The settings cannot be used; the message says which, and what is allowed."""


class Settings(BaseModel):
    """What an administrator can set. Every default is safe for one machine of one agency."""

    model_config = ConfigDict(hide_input_in_errors=True)

    listen: IPvAnyAddress = IPv4Address("127.0.0.1")
    port: int = Field(default=8000, ge=1, le=65535)
    web_workers: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=4, ge=1, le=64)
    trusted_proxies: int = Field(default=0, ge=0, le=9)
    trusted_hosts: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    metrics_token: SecretStr = Field(default=SecretStr(""), min_length=SECRET_LENGTH, validate_default=False)
    rate_limits: bool = True
    draft_days: int = Field(default=90, ge=1, le=36500)
    finished_days: int = Field(default=1095, ge=1, le=36500)
    data_dir: Path = PROJECT / "instance"
    database_url: str = ""
    secret_key: SecretStr = Field(default=SecretStr(""), min_length=SECRET_LENGTH, validate_default=False)
    data_keys: SecretStr = SecretStr("")
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = Field(default="no-reply@localhost", pattern=r"^[^@\s]+@[^@\s]+$")

    @field_validator("data_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        _keys(value.get_secret_value())
        return value

    @property
    def address(self) -> str:
        """Where the server listens, as in a web address."""
        host = f"[{self.listen}]" if self.listen.version == 6 else str(self.listen)
        return f"{host}:{self.port}"

    def flask_config(self) -> dict[str, Any]:
        """Return Flask's configuration. Makes the data folder and its secret where they are needed."""
        return {
            "SECRET_KEY": self.secret_key.get_secret_value() or _own_secret(self.data_dir),
            "DATA_KEYS": self._data_keys(),
            "SQLALCHEMY_ENGINES": {"default": self._engine()},
            "DRAFT_DAYS": self.draft_days,
            "FINISHED_DAYS": self.finished_days,
            "RATE_LIMITS": self.rate_limits,
            "TRUSTED_PROXIES": self.trusted_proxies,
            "TRUSTED_HOSTS": list(_split(self.trusted_hosts)) or None,
            "METRICS_TOKEN": self.metrics_token.get_secret_value(),
            **self._mail(),
            "SESSION_COOKIE_NAME": "assessment",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "PERMANENT_SESSION_LIFETIME": DEVICE_DAYS * 24 * 3600,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,  # the token is bound to the session; some browsers send no referrer
            "MAX_CONTENT_LENGTH": 512 * 1024,
            "MAX_FORM_PARTS": 500,
        }

    def _data_keys(self) -> tuple[str, ...]:
        given = self.data_keys.get_secret_value()
        return _keys(given) if given else _own_keys(self.data_dir)

    def _mail(self) -> dict[str, Any]:
        return {
            "SMTP_HOST": self.smtp_host,
            "SMTP_PORT": self.smtp_port,
            "SMTP_USER": self.smtp_user,
            "SMTP_PASSWORD": self.smtp_password.get_secret_value(),
            "SMTP_TLS": self.smtp_tls,
            "MAIL_FROM": self.mail_from,
            "MAIL_FOLDER": self.data_dir.resolve() / "mail",
        }

    def _engine(self) -> dict[str, Any]:
        if not self.database_url:
            _private_folder(self.data_dir)
            file = self.data_dir.resolve() / "assessments.sqlite"
            _private_file(file)
            return {"url": f"sqlite:///{file}", **_PRIVATE}
        on_server = make_url(self.database_url).get_backend_name() == "postgresql"
        waiting = {"connect_args": {"connect_timeout": 5}} if on_server else {}
        return {"url": self.database_url, "pool_pre_ping": True, **waiting, **_PRIVATE}


def read_settings() -> Settings:
    """Return the settings of the environment. Raises SettingsError, which ends the program."""
    given = {name: os.environ.get(name.upper(), "") for name in Settings.model_fields}
    try:
        settings = Settings.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        lines = [f"  {str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise SettingsError("These settings cannot be used:\n" + "\n".join(lines)) from None
    if settings.database_url and not _is_database(settings.database_url):
        raise SettingsError(
            "DATABASE_URL has to look like sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; "
            "in a password, write / @ : and the like as %2F %40 %3A"
        )
    if settings.smtp_host and not settings.trusted_hosts:
        raise SettingsError(
            "SMTP_HOST needs TRUSTED_HOSTS: a link in an e-mail carries the name that the visitor's browser "
            "gave, so say which names are yours"
        )
    return settings


def _is_database(address: str) -> bool:
    """Return whether this is the address of a database that we know how to use."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # the second, if the port is no number
        return False
    return url.drivername in _DRIVERS and bool(url.database and url.database != ":memory:")


def _private_folder(folder: Path) -> None:
    """Make the folder for the owner only."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"DATA_DIR {folder} cannot be used: {error.strerror}") from None


def _private_file(path: Path, text: str = "") -> None:
    """Make the file with this text for the owner only, unless it is there already; never half of it.

    It is on the disk before anything is sealed by the key in it: that could never be read again else.
    """
    try:
        if path.exists():
            return
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
        sync_folder(path.parent)
    except OSError as error:
        raise SettingsError(f"DATA_DIR {path.parent} cannot be written to: {error.strerror}") from None


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _keys(text: str) -> tuple[str, ...]:
    """Return the keys that stand in a text. Raises ValueError if there is none, or what is no key."""
    keys = _split(text)
    if not keys or not all(map(_is_key, keys)):
        raise ValueError(f"each key is {KEY_LENGTH} random bytes in URL-safe base64; commas part them")
    return keys


def _is_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == KEY_LENGTH
    except ValueError:
        return False


def _own_keys(folder: Path) -> tuple[str, ...]:
    """Return the keys that seal what this installation stores; the first start makes one."""
    _private_folder(folder)
    path = folder / "data-keys"
    _private_file(path, base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode())
    try:
        return _keys(path.read_text())
    except ValueError as error:
        raise SettingsError(f"{path} holds what is no key: {error}. Put it back as it was.") from None


def _own_secret(folder: Path) -> str:
    """Return the secret of this installation; the first start makes it."""
    _private_folder(folder)
    path = folder / "secret-key"
    _private_file(path, secrets.token_urlsafe(48))
    secret = path.read_text()
    if len(secret) < SECRET_LENGTH:
        raise SettingsError(f"{path} holds no secret. Remove it, and the next start makes a new one.")
    return secret
