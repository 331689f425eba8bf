"""An editor's day: in a copy of this project, sound edits of the content pass `make content`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from questions.kinds.stage import StageQuestion
from questions.loading.loader import load_folder
from questions.model import Questionnaire, version_numbers
from tests.support.project_files import PROJECT

NOT_COPIED = shutil.ignore_patterns(".*", "node_modules", "instance", "static", "fonts", "__pycache__")
SUPPLEMENT = """\
  - id: sup-example-of-an-editor
    title: "Example of an Editor"
    publisher: "Example Center"
    about: "A short page that shows how to begin."
    url: https://example.org/page
    seen: "2026-11-29"
    evidence: "The page itself."
"""
USE = '          sup-example-of-an-editor: "Use its first page to begin."\n'


class Copy:
    """A copy of the project in which somebody edits the content."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(PROJECT, self.root, ignore=NOT_COPIED)
        (self.root / ".venv").symlink_to(sys.prefix)

    @property
    def questionnaire(self) -> Questionnaire:
        return load_folder(self.root / "questions" / "content")

    def edit(self, name: str, pattern: str, new: str) -> None:
        """Replace the first match of a pattern in a content file."""
        file = self.root / "questions" / "content" / name
        text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert count == 1, pattern
        file.write_text(text, encoding="utf-8")

    def run(self, *command: str) -> None:
        """Run a command in the copy. Fails with what it printed unless it succeeds."""
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "CHROMIUM") if name in os.environ}
        result = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr

    def publish(self) -> None:
        """Publish the content as it is."""
        self.run(".venv/bin/python", "-m", "flask", "--app", "app", "content", "publish")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.audit
def test_make_content_passes_after_a_resource_is_retired_a_supplement_added_and_a_question_reworded(
    copy: Copy,
) -> None:
    before = copy.questionnaire
    retire_a_resource(copy, before)
    add_a_supplement(copy)
    reworded = reword_a_question(copy, before)
    raise_the_version(copy, before, reworded)
    copy.publish()
    assert copy.questionnaire.supplement.keys() - before.supplement.keys() == {"sup-example-of-an-editor"}
    copy.run("make", "-o", ".venv/.requirements-dev", "content")  # -o: what it installs is there


def retire_a_resource(copy: Copy, before: Questionnaire) -> None:
    """Retire the first resource that has a substitute already."""
    resource = next(each for each in before.resources if each.substitute and not each.retired)
    copy.edit("resources.yaml", rf"(  - id: {resource.id}\n)", r'\1    retired: "2026-11-29"\n')


def add_a_supplement(copy: Copy) -> None:
    """Add a supplement, first of those of a practice."""
    copy.edit("supplements.yaml", r"(supplements:\n)", rf"\1{SUPPLEMENT}")
    copy.edit("harm.yaml", r"supplement_ids: \[", "supplement_ids: [sup-example-of-an-editor, ")
    copy.edit("harm.yaml", r"(sup-example-of-an-editor, .*?        use:\n)", rf"\1{USE}")


def reword_a_question(copy: Copy, before: Questionnaire) -> StageQuestion:
    """Reword the first practice that begins with “We”, and raise the last number of its version."""
    question = next(
        each for each in before.questions.values() if each.is_practice and each.text.startswith("We ")
    )
    major, minor = question.version.split(".")
    file = f"{before.place_of[question.id][0].id}.yaml"
    start = rf"(      - id: {question.id}\n.*?"
    copy.edit(file, rf'{start}text: ")We ', r"\1Here, we ")
    copy.edit(file, rf'{start}version: )"{question.version}"', rf'\1"{major}.{int(minor) + 1}"')
    return question


def raise_the_version(copy: Copy, before: Questionnaire, reworded: StageQuestion) -> None:
    """Raise the middle number of the version and say what became of the questions."""
    major, minor, _ = version_numbers(before.version)
    after = f"{major}.{minor + 1}.0"
    copy.edit("questionnaire.yaml", f'version: "{before.version}"', f'version: "{after}"')
    step = f"""\
  - from: "{before.version}"
    to: "{after}"
    summary: "One question has other words."
    questions:
      - {{kind: reworded, was: [{reworded.id}], now: [{reworded.id}], note: "Clearer words."}}
"""
    copy.edit("changes.yaml", r"\Z", step)
