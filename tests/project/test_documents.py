"""The documents name every command, setting, and Make target, and none that does not exist."""

import re

from click import Group
from flask import Flask

from app import cli
from app.config import Settings
from questions.texts import PLACEHOLDERS
from tests.support.project_files import PROJECT, documents, name_of, read

TARGETS = re.findall(r"^([a-z-]+):.*##", read(PROJECT / "Makefile"), re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")

# A path in backticks, from the root of the project. `{a,b}` and `…` stand for more than one file.
PATH = re.compile(
    r"`((?:app|bench|deploy|docs|questions|reports|setup|templates|tests|translations)/[^`\s…]*)`"
)
PLACEHOLDER_ROW = re.compile(r"^\| (`\w+`(?:, `\w+`)*) \| (.*`\{\w+\}`.*) \|$", re.MULTILINE)
# Made while it runs, so a fresh checkout does not have it.
GENERATED = {"translations/messages.pot"}


def text() -> str:
    """Return the text of README and of the documents beside each other in docs."""
    return "\n".join(read(page) for page in [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")])


def deployed() -> str:
    """Return the files for a server: its units, its settings, nginx."""
    return "\n".join(read(path) for path in sorted((PROJECT / "deploy").iterdir()))


def commands() -> list[str]:
    """Return all commands of ours, those of a group with its name."""
    app = Flask("commands")
    cli.register(app)
    return [
        f"{name} {below}" if below else name
        for name, command in app.cli.commands.items()
        for below in (command.commands if isinstance(command, Group) else [""])
    ]


def test_every_make_target_is_documented() -> None:
    assert [target for target in TARGETS if f"make {target}" not in text()] == []


def test_every_make_target_in_the_documents_exists() -> None:
    assert sorted(set(re.findall(r"`make ([a-z-]+)", text())) - set(TARGETS)) == []


def test_every_setting_is_documented() -> None:
    settings = [name.upper() for name in Settings.model_fields]
    assert [setting for setting in settings if not re.search(rf"\b{setting}\b", text())] == []


def test_every_setting_of_the_server_files_exists() -> None:
    given = set(re.findall(r"^([A-Z_]+)=", read(PROJECT / "deploy" / "selfcheck.env"), re.MULTILINE))
    assert given - {name.upper() for name in Settings.model_fields} == set()


def test_every_command_is_documented() -> None:
    assert [command for command in commands() if f"flask --app app {command}" not in text()] == []


def test_every_command_in_the_documents_exists() -> None:
    named = re.findall(r"flask --app app ((?:(?:content|account|agency) )?[a-z-]+)", text() + deployed())
    named += re.findall(r"^selfcheck ((?:(?:content|account|agency) )?[a-z-]+)", text(), re.MULTILINE)
    others = {"db", "routes"}  # of Flask-Alembic and of Flask
    assert sorted(set(named) - set(commands()) - others) == []


def test_the_documents_that_others_rely_on_say_something() -> None:
    for name in ("README.md", "docs/edit-content.md", "docs/guide-coverage.md"):
        assert len(read(PROJECT / name)) > 1000


def test_every_link_to_a_file_leads_somewhere() -> None:
    assert [
        f"{name_of(page)}: {target}"
        for page in documents()
        for target in LINK.findall(read(page))
        if not (page.parent / target).exists()
    ] == []


def test_every_path_in_a_document_exists() -> None:
    assert [
        f"{name_of(page)}: {path}"
        for page in documents()
        for path in PATH.findall(read(page))
        if path not in GENERATED and not (PROJECT / path).exists()
    ] == []


def test_the_placeholders_of_every_text_are_documented() -> None:
    page = read(PROJECT / "docs" / "edit-content.md")
    documented = {
        text: frozenset(re.findall(r"`\{(\w+)\}`", placeholders))
        for texts, placeholders in PLACEHOLDER_ROW.findall(page)
        for text in re.findall(r"\w+", texts)
    }
    assert documented == PLACEHOLDERS
