"""Settings, read from the environment only. An invalid one stops the start with a readable message."""

from __future__ import annotations

import base64
import datetime
import secrets
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, IPvAnyAddress, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app import clock
from app.private_files import make_private_file, make_private_folder

PROJECT = Path(__file__).parent.parent
# Keeps what people typed out of error messages, and so out of the log.
_PRIVATE = {"hide_parameters": True}
_LOGOS = (".png", ".jpg", ".svg", ".webp")
_DRIVERS = {"sqlite", "postgresql", "postgresql+psycopg"}
SECRET_LENGTH = 16
KEY_LENGTH = 32
# How long a browser can open an assessment: the privacy page promises 14 days after the last save, and the
# cookie is renewed once a day.
DEVICE_DAYS = 15


class SettingsError(SystemExit):
    """The settings cannot be used; the message says which ones, and what is allowed."""


class Settings(BaseSettings):
    """What an administrator can set. Every default is safe for one agency on one machine.

    A setting left empty counts as not set.
    """

    # An error that quotes its input would print secrets.
    model_config = SettingsConfigDict(
        env_ignore_empty=True, validate_default=False, hide_input_in_errors=True
    )

    listen: IPvAnyAddress = IPv4Address("127.0.0.1")
    port: int = Field(default=8000, ge=1, le=65535)
    web_workers: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=4, ge=1, le=64)
    trusted_proxies: int = Field(default=0, ge=0, le=9)
    trusted_hosts: str = ""
    hsts_subdomains: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    metrics_token: SecretStr = Field(default=SecretStr(""), min_length=SECRET_LENGTH)
    rate_limits: bool = True
    trusted_networks: str = ""
    draft_days: int = Field(default=90, ge=1, le=36500)
    finished_days: int = Field(default=1095, ge=1, le=36500)
    agency_days: int = Field(default=1095, ge=60, le=36500)
    account_days: int = Field(default=1095, ge=60, le=36500)
    registration: Literal["open", "invited", "closed"] = "open"
    operator_name: str = Field(default="", max_length=100)
    operator_contact: str = Field(default="", max_length=200)
    operator_logo: Path | None = None
    site_url: str = Field(default="", pattern=r"^https?://[^/\s]+(/[^\s]*)?$")
    tz: str = ""
    data_dir: Path = PROJECT / "instance"
    database_url: str = ""
    secret_key: SecretStr = Field(default=SecretStr(""), min_length=SECRET_LENGTH)
    data_keys: SecretStr = SecretStr("")
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = Field(default="no-reply@localhost", pattern=r"^[^@\s]+@[^@\s]+$")

    @field_validator("data_keys")
    @classmethod
    def _check_keys(cls, value: SecretStr) -> SecretStr:
        _split_keys(value.get_secret_value())
        return value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value and not _is_supported_database(value):
            raise ValueError(
                "has to look like sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; "
                "in a password, write / @ : and the like as %2F %40 %3A"
            )
        return value

    @field_validator("trusted_networks")
    @classmethod
    def _check_networks(cls, value: str) -> str:
        _networks(value)
        return value

    @field_validator("tz")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        clock.find_zone(value)
        return value

    @field_validator("smtp_host")
    @classmethod
    def _check_hosts(cls, value: str, others: ValidationInfo) -> str:
        if value and not _split(others.data.get("trusted_hosts", "")):
            raise ValueError(
                "needs TRUSTED_HOSTS: a link in an email carries the name that the visitor's browser sent, "
                "so say which names are yours"
            )
        return value

    @field_validator("operator_logo")
    @classmethod
    def _check_logo(cls, value: Path | None) -> Path | None:
        if value and (value.suffix.lower() not in _LOGOS or not value.is_file()):
            raise ValueError(f"has to be a file of one of these kinds: {', '.join(_LOGOS)}")
        return value

    @property
    def address(self) -> str:
        """The host and port of the server, as in a web address."""
        host = f"[{self.listen}]" if self.listen.version == 6 else str(self.listen)
        return f"{host}:{self.port}"

    @property
    def time_zone(self) -> datetime.tzinfo:
        """The time zone of every day that the site shows."""
        return clock.find_zone(self.tz)

    def flask_config(self) -> dict[str, Any]:
        """Return Flask's configuration; create the data folder and its keys if they are missing.

        Raises SettingsError.
        """
        return {
            "SECRET_KEY": self.secret_key.get_secret_value() or self._own_secret(),
            "DATA_KEYS": self._data_keys(),
            "SQLALCHEMY_ENGINES": {"default": self._engine()},
            "DRAFT_DAYS": self.draft_days,
            "FINISHED_DAYS": self.finished_days,
            "AGENCY_DAYS": self.agency_days,
            "ACCOUNT_DAYS": self.account_days,
            "TIME_ZONE": self.time_zone,
            "WEB_THREADS": self.web_threads,
            "RATE_LIMITS": self.rate_limits,
            "TRUSTED_NETWORKS": _networks(self.trusted_networks),
            "TRUSTED_PROXIES": self.trusted_proxies,
            "TRUSTED_HOSTS": list(_split(self.trusted_hosts)) or None,
            "HSTS_SUBDOMAINS": self.hsts_subdomains,
            "METRICS_TOKEN": self.metrics_token.get_secret_value(),
            **self._mail(),
            **self._operator(),
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
        return _split_keys(given) if given else self._own_keys()

    def _own_keys(self) -> tuple[str, ...]:
        new = base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode()
        path = self._stored("data-keys", new)
        try:
            return _split_keys(path.read_text())
        except ValueError as error:
            raise SettingsError(f"{path} does not hold keys: {error}. Put the file back as it was.") from None

    def _own_secret(self) -> str:
        path = self._stored("secret-key", secrets.token_urlsafe(48))
        secret = path.read_text()
        if len(secret) < SECRET_LENGTH:
            raise SettingsError(f"{path} holds no secret. Remove it, and the next start creates a new one.")
        return secret

    def _stored(self, name: str, text: str = "") -> Path:
        """Return the file of this name in the data folder; the first start creates it with this text."""
        folder = self.data_dir.resolve()
        try:
            make_private_folder(folder)
        except OSError as error:
            raise SettingsError(f"DATA_DIR {folder} cannot be used: {error.strerror}") from None
        try:
            make_private_file(folder / name, text)
        except OSError as error:
            raise SettingsError(f"DATA_DIR {folder} cannot be written to: {error.strerror}") from None
        return folder / name

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

    def _operator(self) -> dict[str, Any]:
        hosts = [host.lstrip(".") for host in _split(self.trusted_hosts)]
        address = f"https://{hosts[0]}" if hosts else f"http://{self.address}"
        return {
            "REGISTRATION": self.registration,
            "OPERATOR_NAME": self.operator_name,
            "OPERATOR_CONTACT": self.operator_contact,
            "OPERATOR_LOGO": self.operator_logo.resolve() if self.operator_logo else None,
            "SITE_URL": self.site_url or address,
        }

    def _engine(self) -> dict[str, Any]:
        if not self.database_url:
            return {"url": f"sqlite:///{self._stored('assessments.sqlite')}", **_PRIVATE}
        on_server = make_url(self.database_url).get_backend_name() == "postgresql"
        waiting = {"connect_args": {"connect_timeout": 5}} if on_server else {}
        return {"url": self.database_url, "pool_pre_ping": True, **waiting, **_PRIVATE}


def read_settings() -> Settings:
    """Return the settings of the environment. Raises SettingsError, which ends the program."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"  {str(e['loc'][0]).upper()} {e['msg'].removeprefix('Value error, ')}"
            if e["type"] == "value_error"
            else f"  {str(e['loc'][0]).upper()}: {e['msg']}"
            for e in error.errors(include_input=False)
        ]
        raise SettingsError("These settings cannot be used:\n" + "\n".join(lines)) from None


def _is_supported_database(address: str) -> bool:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # the second, if the port is not a number
        return False
    return url.drivername in _DRIVERS and bool(url.database and url.database != ":memory:")


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks in a comma-separated text. Raises ValueError."""
    try:
        return tuple(ip_network(word) for word in _split(text))
    except ValueError:
        raise ValueError("has to be addresses or networks, such as 203.0.113.7,198.51.100.0/24") from None


def _split_keys(text: str) -> tuple[str, ...]:
    """Return the keys in a comma-separated text. Raises ValueError if there is none or one is malformed."""
    keys = _split(text)
    if not keys or not all(map(_is_key, keys)):
        raise ValueError(
            f"each key has to be {KEY_LENGTH} random bytes in URL-safe base64; separate keys by commas"
        )
    return keys


def _is_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == KEY_LENGTH
    except ValueError:
        return False
