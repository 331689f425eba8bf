"""The commands, as the public contract has them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.config import PROJECT
from tests.support.application import MakeApp
from tests.support.sample import SAMPLE_FOLDER, sample_questionnaire
from tests.support.second_version import TODAY

GOOD = f"""
questionnaire: {{id: ti-ht-selfcheck, version: "{TODAY}"}}
agency: Harbor House
date: 2026-03-01
answers:
  pf-services: [intake, residential]
  pf-size: s6_20
  why-01: not_yet
  tr-roles: {{case_managers: some}}
notes: {{why-01: "We ordered the webinar."}}
"""
Run = Callable[..., object]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A good answers file."""
    file = tmp_path / "answers.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_plan_writes_the_plan_as_pdf_and_json(run: Run, answers: Path, tmp_path: Path) -> None:
    pdf, json_ = tmp_path / "plan.pdf", tmp_path / "plan.json"
    result = run("plan", answers, "--pdf", pdf, "--json", json_)
    assert (result.code, result.err) == (0, "")
    assert pdf.read_bytes().startswith(b"%PDF-1.")
    plan = json.loads(json_.read_text(encoding="utf-8"))
    assert (plan["agency"], plan["date"]) == ("Harbor House", "2026-03-01")
    assert plan["actions"][0]["question"] == "why-01"
    assert plan["actions"][0]["note"] == "We ordered the webinar."


def test_plan_reads_json_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"agency": "Ü", "answers": {"why-01": "not_yet"}}), encoding="utf-8")
    assert run("plan", file, "--json", tmp_path / "plan.json").code == 0
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["agency"] == "Ü"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("answers: {why-01: nonsense, pf-size: 7}", ["why-01: “nonsense”", "pf-size: “7”"]),
        ("answers: {nothing-01: not_yet}", ["nothing-01: there is no question"]),
        ("answers: {pf-partners: [none, courts]}", ["pf-partners: You chose “None right now”"]),
        ("answers: {why-01: not_yet}\ndate: yesterday", ["date: "]),
        ("answers: {}\nanswer: {}", ["answer: not a key"]),
        ("questionnaire: {id: other}", ["questionnaire: id is “other”"]),
        ("answers: [", ["line 2: "]),
        ("just words", ["this is not an answers file"]),
        ("", ["this file is empty"]),
    ],
)
def test_invalid_answers_exit_with_2_and_one_line_per_error_and_write_nothing(
    run: Run, tmp_path: Path, text: str, problems: list[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(text, encoding="utf-8")
    result = run("plan", file, "--json", tmp_path / "plan.json", "--pdf", tmp_path / "plan.pdf")
    assert result.code == 2
    lines = result.err.splitlines()
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(f"{file}: {problem}")
    assert result.out == ""
    assert list(tmp_path.glob("plan.*")) == []


def test_a_file_that_cannot_be_read_ends_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"agency: \xe9")
    for name in ("missing.yaml", "latin.yaml", "."):
        result = run("plan", tmp_path / name, "--json", tmp_path / "plan.json")
        assert result.code == 2
        assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "plan.json").exists()


def test_when_one_file_cannot_be_written_none_is(run: Run, answers: Path, tmp_path: Path) -> None:
    result = run("plan", answers, "--json", tmp_path / "plan.json", "--pdf", tmp_path / "no" / "plan.pdf")
    assert result.code == 2
    assert "cannot be written" in result.err
    assert not (tmp_path / "plan.json").exists()


def test_plan_requires_an_output_file(run: Run, answers: Path) -> None:
    result = run("plan", answers)
    assert result.code == 2
    assert "--pdf FILE, --json FILE, or both" in result.err


def test_the_command_works_as_it_is_documented(answers: Path, tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "flask", "--app", "app", "plan"]
    for file, code in ((answers, 0), (tmp_path / "missing.yaml", 2)):
        arguments = [file, "--json", tmp_path / "plan.json"]
        run = subprocess.run([*command, *arguments], cwd=PROJECT, env=given, capture_output=True, text=True)
        assert run.returncode == code
        assert run.stderr == ("" if code == 0 else f"{file}: No such file or directory\n")


def test_content_check_says_that_content_is_sound(run: Run, tmp_path: Path) -> None:
    result = run("content", "check", "--published", tmp_path)
    assert (result.code, result.err) == (0, "")
    assert f"{len(sample_questionnaire().questions)} questions" in result.out


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("why.yaml", "scale: stage4", "scale: stage5", "why.yaml:"),
        ("profile.yaml", "kind: single", "kind: double", "profile.yaml:"),
        ("training.yaml", "rows_from: pf-roles", "rows_from: pf-rolls", "training.yaml:"),
        ("start.yaml", "any_of: [minors, rhy, young_adults]", "any_of: [minorz]", "start.yaml:"),
    ],
)
def test_content_check_names_file_and_line_of_an_error(
    make_app: MakeApp, tmp_path: Path, name: str, old: str, new: str, place: str
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(SAMPLE_FOLDER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    result = make_app(folder, migrated=False).test_cli_runner().invoke(args=["content", "check"])
    assert result.exit_code == 1
    assert f"{place}{line}" in result.stderr


def test_content_check_lists_what_it_proved_when_asked(run: Run, tmp_path: Path) -> None:
    result = run("content", "check", "--verbose", "--published", tmp_path)
    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert "question why-05: pf-trafficking=labor" in lines
    assert "supplement sup-nctsn-tioa: pf-populations=minors harm-10=not_yet" in lines
    assert re.fullmatch(r"Proved in \d+\.\d\d seconds\.", lines[-2])
    assert f"Answers lead to each of {len(lines) - 2} things" in lines[-1]


def test_content_check_lists_all_kinds_of_errors_in_file_order(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(SAMPLE_FOLDER, folder)
    for name, old, new in (
        ("why.yaml", "any_of: [labor]", "any_of: [labor, not_sure]"),
        ("rules.yaml", "most_per_action: 3", "most_per_action: 9"),
        ("plan_notes.yaml", "any_of: [one_person]", "any_of: []"),
        ("texts.yaml", 'stem: "', 'stem: "Institutional accountability notwithstanding, '),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    result = (
        make_app(folder, migrated=False)
        .test_cli_runner()
        .invoke(args=["content", "check", "--published", str(tmp_path / "published")])
    )
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    assert all(re.fullmatch(r"\w+\.yaml:\d+: .+; fix: .+", line) for line in lines)
    assert {line.split(":")[0] for line in lines} >= {"why.yaml", "rules.yaml", "plan_notes.yaml"}
