"""`content publish`, and what `content check` says of published versions."""

import re
from pathlib import Path

import pytest
from click.testing import Result

from app.content import Current, serve_content
from questions.loading.loader import read_folder
from questions.versions.releases import load_published, published_versions
from tests.support.application import MakeApp
from tests.support.sample import sample_files, sample_questionnaire
from tests.support.second_version import RAISED_LAST, TODAY, VERSION, second_version, second_version_files


class Editor:
    """Someone who edits the content and runs the commands."""

    def __init__(self, make_app: MakeApp, folder: Path) -> None:
        self.content, self.published = folder / "content", folder / "published"
        self._app = make_app(migrated=False)
        self.content.mkdir()
        self.write(sample_files())

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            (self.content / name).write_bytes(text.encode())

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.content / name).read_text(encoding="utf-8")
        assert old in text
        (self.content / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, command: str) -> Result:
        serve_content(self._app, Current(self.content))
        arguments = ["content", command, "--published", str(self.published)]
        return self._app.test_cli_runner().invoke(args=arguments)


@pytest.fixture
def editor(make_app: MakeApp, tmp_path: Path) -> Editor:
    return Editor(make_app, tmp_path)


def test_publish_stores_a_full_copy_once(editor: Editor) -> None:
    first = editor.run("publish")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"ti-ht-selfcheck {TODAY} is published: {editor.published / TODAY}\n"
    assert read_folder(editor.published / TODAY) == read_folder(editor.content)
    again = editor.run("publish")
    assert (again.exit_code, again.stdout) == (
        0,
        f"ti-ht-selfcheck {TODAY} is already published, with the same content.\n",
    )
    assert editor.run("check").exit_code == 0


def test_publish_refuses_another_text_under_the_same_version(editor: Editor) -> None:
    editor.run("publish")
    editor.change("why.yaml", "All staff learn", "Staff learn")
    for command in ("publish", "check"):
        result = editor.run(command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert re.fullmatch(
            rf"why\.yaml:\d+: version {re.escape(TODAY)} is published and may not change; "
            rf".* to {re.escape(RAISED_LAST)}, .*\n",
            result.stderr,
        )
    assert load_published(TODAY, editor.published).fingerprint == sample_questionnaire().fingerprint


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("why.yaml", "scale: stage4", "scale: stage5", "there is no “stage5”"),
        ("questionnaire.yaml", f'"{TODAY}"', '"1.0"', "the version must be three numbers"),
        ("plan_notes.yaml", "any_of: [one_person]", "any_of: []", "no answers make the plan print the note"),
    ],
)
def test_publish_refuses_content_that_is_not_sound(
    editor: Editor, name: str, old: str, new: str, problem: str
) -> None:
    editor.change(name, old, new)
    result = editor.run("publish")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.match(rf"{name}:\d+: ", result.stderr)
    assert problem in result.stderr
    assert not editor.published.exists()


def test_a_second_version_is_published_beside_the_first(editor: Editor) -> None:
    editor.run("publish")
    editor.write(second_version_files())
    assert editor.run("check").stderr == ""
    assert f"{VERSION} is published" in editor.run("publish").stdout
    assert list(published_versions(editor.published)) == [TODAY, VERSION]
    assert load_published(VERSION, editor.published).fingerprint == second_version().fingerprint
    assert editor.run("check").exit_code == 0


def test_a_second_version_without_its_changes_is_rejected(editor: Editor) -> None:
    editor.run("publish")
    editor.write(second_version_files())
    editor.change("changes.yaml", "kind: dropped, was: [harm-08]", "kind: dropped, was: [harm-09]")
    result = editor.run("publish")
    assert result.exit_code == 1
    assert all(re.match(r"changes\.yaml:\d+: ", line) for line in result.stderr.splitlines())
    assert not (editor.published / VERSION).exists()


def test_check_finds_a_copy_that_was_edited(editor: Editor) -> None:
    editor.run("publish")
    (editor.published / TODAY / "rules.yaml").unlink()
    result = editor.run("check")
    assert result.exit_code == 1
    assert f"published/{TODAY}:1: this copy was edited by hand; fix: restore it" in result.stderr


def test_publish_says_when_it_cannot_write(editor: Editor) -> None:
    editor.published.mkdir()
    (editor.published / TODAY).write_text("in the way", encoding="utf-8")
    result = editor.run("publish")
    assert (result.exit_code, result.stderr) == (1, f"{editor.published / TODAY}: File exists\n")
