"""The documents tell of every command, setting and Make target, and of none that is not there."""

import re
from pathlib import Path

import pytest
from click import Group
from flask import Flask

from app import cli
from app.config import Settings

PROJECT = Path(__file__).parent.parent.parent
TARGETS = re.findall(r"^([a-z-]+):.*##", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def documents() -> list[Path]:
    """Return all documents that users, administrators and developers read."""
    return sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


def text() -> str:
    pages = [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())


def deployed() -> str:
    """Return the files for a server: its units, its settings, nginx."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "deploy").iterdir()))


def commands() -> list[str]:
    """Return all commands of ours, those of a group with its name."""
    app = Flask("commands")
    cli.register(app)
    return [
        f"{name} {below}" if below else name
        for name, command in app.cli.commands.items()
        for below in (command.commands if isinstance(command, Group) else [""])
    ]


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_told(target: str) -> None:
    assert f"make {target}" in text()


@pytest.mark.parametrize("setting", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_told(setting: str) -> None:
    assert re.search(rf"\b{setting}\b", text())


def test_every_setting_of_the_server_files_exists() -> None:
    given = set(re.findall(r"^([A-Z_]+)=", (PROJECT / "deploy" / "selfcheck.env").read_text(), re.MULTILINE))
    assert given - {"TZ"} <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_told(command: str) -> None:
    assert f"flask --app app {command}" in text()


def test_every_command_that_is_told_exists() -> None:
    told = re.findall(r"flask --app app ((?:content )?[a-z-]+)", text() + deployed())
    told += re.findall(r"^selfcheck ((?:content )?[a-z-]+)", text(), re.MULTILINE)
    assert set(told) <= set(commands())


def test_every_make_target_that_is_told_exists() -> None:
    assert set(re.findall(r"`make ([a-z-]+)", text())) <= set(TARGETS)


@pytest.mark.parametrize("name", ["README.md", "docs/edit-content.md", "docs/guide-coverage.md"])
def test_a_document_is_there(name: str) -> None:
    assert (PROJECT / name).stat().st_size > 1000


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(PROJECT)))
def test_a_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(PROJECT)))
def test_a_file_named_in_a_document_exists(page: Path) -> None:
    names = re.findall(
        r"`((?:questions|reports|app|docs|tests|setup|bench|deploy)/[\w./-]*\w)`",
        page.read_text(encoding="utf-8"),
    )
    assert [name for name in names if not (PROJECT / name).exists()] == []
