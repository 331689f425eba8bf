"""Settings: one that cannot be used stops the start in plain words, without revealing a secret."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import PROJECT, Settings, SettingsError, read_settings
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client

ERRORS = [
    ({"PORT": "abc"}, "PORT"),
    ({"PORT": "0"}, "PORT"),
    ({"PORT": "65536"}, "PORT"),
    ({"DATABASE_URL": "nonsense-geheim"}, "DATABASE_URL has to look like"),
    ({"DATABASE_URL": "mysql://user:geheim@host/name"}, "DATABASE_URL has to look like"),
    ({"DATABASE_URL": "postgresql://user:geheim@host:geheim/name"}, "DATABASE_URL has to look like"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL has to look like"),
    ({"SECRET_KEY": "geheim"}, "SECRET_KEY"),
    ({"METRICS_TOKEN": "geheim"}, "METRICS_TOKEN"),
    ({"LISTEN": "localhost"}, "LISTEN"),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS"),
    ({"WEB_THREADS": "many"}, "WEB_THREADS"),
    ({"TRUSTED_PROXIES": "127.0.0.1"}, "TRUSTED_PROXIES"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
    ({"TZ": "America/Los_Angles"}, "TZ has to be a time zone that this machine knows"),
    ({"TZ": "Pacific Time"}, "TZ has to be a time zone that this machine knows"),
    ({"TZ": "/etc/passwd"}, "TZ has to be a time zone that this machine knows"),
    ({"TZ": "America"}, "TZ has to be a time zone that this machine knows"),
    ({"MAIL_FROM": "geheim"}, "MAIL_FROM"),
    ({"REGISTRATION": "geheim"}, "REGISTRATION"),
    ({"OPERATOR_LOGO": "geheim.png"}, "OPERATOR_LOGO has to be a file"),
    ({"OPERATOR_LOGO": str(PROJECT / "Makefile")}, "OPERATOR_LOGO has to be a file"),
    ({"SITE_URL": "geheim"}, "SITE_URL"),
    ({"SMTP_TLS": "geheim"}, "SMTP_TLS"),
    ({"SMTP_HOST": "geheim"}, "SMTP_HOST needs TRUSTED_HOSTS"),
    ({"SMTP_HOST": "geheim", "TRUSTED_HOSTS": " , "}, "SMTP_HOST needs TRUSTED_HOSTS"),
    ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR /dev/null/x cannot be used"),
    ({"DATA_DIR": "/proc"}, "DATA_DIR /proc cannot be written to"),
    ({"DATA_DIR": str(PROJECT / "Makefile")}, "Makefile cannot be used"),
]


@pytest.mark.parametrize(("setting", "words"), ERRORS)
def test_an_error_is_in_plain_words_without_a_secret(
    monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], words: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings().flask_config()
    assert words in str(raised.value)
    assert "geheim" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize(
    ("value", "same"), [(":America/New_York", "America/New_York"), (":/etc/localtime", ""), (":", "")]
)
def test_a_time_zone_can_be_set_as_the_system_itself_sets_it(
    monkeypatch: pytest.MonkeyPatch, value: str, same: str
) -> None:
    zones = []
    for zone in (value, same):
        monkeypatch.setenv("TZ", zone)
        zones.append(read_settings().time_zone)
    assert zones[0] == zones[1]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        *ERRORS[0:1],
        *ERRORS[5:6],
        *ERRORS[8:9],
        ({"DATABASE_URL": "postgresql://user:geheim@127.0.0.1:1/name"}, "The database does not answer"),
    ],
)
def test_the_server_does_not_start_with_an_error(tmp_path: Path, setting: dict[str, str], words: str) -> None:
    given = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "geheim-geheim-geheim",
        "DATA_DIR": str(tmp_path),
        **setting,
    }
    run = subprocess.run(
        [sys.executable, "-m", "gunicorn"], cwd=PROJECT, env=given, capture_output=True, text=True, timeout=90
    )
    assert run.returncode not in (0, None)
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert "geheim" not in run.stderr + run.stdout


def test_everything_in_the_data_folder_is_for_its_owner_only(make_app: MakeApp, tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        assessment = Assessment.begin(Client(make_app(database_url="")))
        assessment.answer(pf_scope="whole")
    finally:
        os.umask(old)
    files = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert {file.name for file in files} >= {"data", "secret-key", "assessments.sqlite"}
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file.name


def test_the_secret_is_created_once_and_stays(make_app: MakeApp) -> None:
    first, second = make_app(), make_app()
    assert len(first.config["SECRET_KEY"]) >= 64
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "PORT": "9000",
        "DATA_DIR": str(tmp_path / "x"),
        "SECRET_KEY": "abcdefghijklmnop",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "")
    settings = read_settings()
    assert (settings.port, settings.data_dir) == (9000, tmp_path / "x")
    assert settings.flask_config()["SECRET_KEY"] == "abcdefghijklmnop"
    assert "abc" not in repr(settings)


def test_an_empty_setting_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert read_settings() == Settings()


def test_a_secret_that_was_left_empty_stops_the_start(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret-key").touch()
    with pytest.raises(SettingsError, match="holds no secret"):
        make_app()
