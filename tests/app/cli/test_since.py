"""`flask --app app plan ANSWERS --since EARLIER`: the plan with what changed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from questions.versions.releases import publish
from tests.support.application import MakeApp
from tests.support.sample import sample_files
from tests.support.second_version import TODAY, VERSION, second_version_files

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an answers file; a date of "" leaves the date out."""

    def build(
        name: str, answers: Mapping[str, object], date: str = "", version: str = "", **more: object
    ) -> Path:
        data = {"agency": "Harbor House", "answers": dict(answers), **more}
        data |= {"date": date} if date else {}
        data |= {"questionnaire": {"id": "ti-ht-selfcheck", "version": version}} if version else {}
        path = tmp_path / name
        path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        return path

    return build


def test_json_and_pdf_say_what_changed(run: Run, write: Write, tmp_path: Path) -> None:
    earlier = write("then.yaml", {"why-01": "not_yet", "why-02": "started"}, "2026-03-01")
    later = write("now.yaml", {"why-01": "mostly", "why-02": "not_sure"}, "2026-09-01")
    pdf, json_ = tmp_path / "plan.pdf", tmp_path / "plan.json"
    result = run("plan", later, "--pdf", pdf, "--json", json_, "--since", earlier)
    assert (result.code, result.err) == (0, "")
    plan = json.loads(json_.read_text(encoding="utf-8"))
    found = plan["comparison"]
    assert plan["date"] == "2026-09-01"
    assert (found["moved_up"], found["now_unsure"], found["compared"]) == (["why-01"], ["why-02"], 1)
    assert found["earlier"] == {"date": "2026-03-01", "version": TODAY}
    assert found["details"][0] == {
        "question": "why-01",
        "title": "Staff learn how trafficking affects a person",
        "before": "not_yet",
        "after": "mostly",
        "steps": 2,
        "clear": True,
        "points_to": False,
        "note_before": "",
        "note_after": "",
        "look_back": "",
    }
    outcomes = {kind: ids for kind, ids in found["plan"].items() if ids}
    assert outcomes == {"reached": ["why-01"], "answer_missing": ["why-02"]}
    assert found["completion"] is None
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "What changed since March 1, 2026" in text


def test_without_since_there_is_no_comparison(run: Run, write: Write, tmp_path: Path) -> None:
    run("plan", write("now.yaml", {"why-01": "mostly"}), "--json", tmp_path / "plan.json")
    assert "comparison" not in json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))


def test_errors_of_both_files_are_reported_and_nothing_is_written(
    run: Run, write: Write, tmp_path: Path
) -> None:
    earlier = write("then.yaml", {"why-01": "nonsense", "nothing": "x"}, "2026-03-01")
    later = write("now.yaml", {"why-02": "nonsense"}, "2026-09-01")
    result = run("plan", later, "--json", tmp_path / "plan.json", "--since", earlier)
    assert result.code == 2
    assert [line.split(": ")[:2] for line in result.err.splitlines()] == [
        [str(earlier), "why-01"],
        [str(earlier), "nothing"],
        [str(later), "why-02"],
    ]
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    ("then", "problem"),
    [
        ("", "date: a date is needed to compare, such as 2026-03-01"),
        ("2026-09-02", "date: 2026-09-02 is after 2026-09-01, the date of {later}"),
    ],
)
def test_the_earlier_file_needs_a_date_that_is_not_after_the_other(
    run: Run, write: Write, tmp_path: Path, then: str, problem: str
) -> None:
    earlier, later = write("then.yaml", {}, then), write("now.yaml", {}, "2026-09-01")
    result = run("plan", later, "--json", tmp_path / "plan.json", "--since", earlier)
    assert (result.code, result.err) == (2, f"{earlier}: {problem.format(later=later)}\n")
    assert not (tmp_path / "plan.json").exists()


def test_a_file_without_a_date_is_of_today(run: Run, write: Write, tmp_path: Path) -> None:
    earlier, later = write("then.yaml", {}, "2000-01-01"), write("now.yaml", {})
    assert run("plan", later, "--json", tmp_path / "plan.json", "--since", earlier).code == 0
    late = write("then.yaml", {}, "2100-12-31")
    assert run("plan", later, "--json", tmp_path / "plan.json", "--since", late).code == 2


def test_a_missing_earlier_file_ends_with_2(run: Run, write: Write, tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    result = run("plan", write("now.yaml", {}), "--json", tmp_path / "plan.json", "--since", missing)
    assert (result.code, result.err) == (2, f"{missing}: No such file or directory\n")


@pytest.fixture
def newer(make_app: MakeApp, tmp_path: Path) -> Run:
    """Run `plan` where the second version is served and today's was published."""
    content, published = tmp_path / "content", tmp_path / "published"
    content.mkdir()
    for name, text in second_version_files().items():
        (content / name).write_bytes(text.encode())
    publish(sample_files(), TODAY, datetime.date(2026, 1, 5), published)
    runner = make_app(content, migrated=False).test_cli_runner()

    def command(*arguments: object) -> Any:
        given = ("plan", *arguments, "--published", published)
        return runner.invoke(args=[str(argument) for argument in given])

    return command


def test_each_file_is_read_by_the_version_it_names(newer: Run, write: Write, tmp_path: Path) -> None:
    high, mid = "start-01", "why-01"
    values = {"pf-capacity": "n1", high: "not_yet", mid: "started"}
    earlier = write("then.yaml", {**values, "harm-08": "mostly"}, "2026-03-01", TODAY)
    later = write("now.yaml", {**values, "start-09": "mostly"}, "2026-09-01")
    assert newer(later, "--json", tmp_path / "plan.json", "--since", earlier).exit_code == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    found = plan["comparison"]
    assert plan["questionnaire"]["version"] == VERSION
    assert (found["earlier"]["version"], found["later"]["version"]) == (TODAY, VERSION)
    assert (found["plan"]["rule_changed"], found["plan"]["newly_due"]) == ([high], [mid])
    reasons = {item["question"]: item["reason"] for item in found["not_compared"]}
    assert (reasons["harm-08"], reasons["start-09"]) == ("dropped", "new_question")


def test_the_plan_is_made_by_the_version_that_the_answers_name(
    newer: Run, write: Write, tmp_path: Path
) -> None:
    old = write("now.yaml", {"harm-08": "not_yet"}, "2026-09-01", TODAY)
    assert newer(old, "--json", tmp_path / "plan.json").exit_code == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert (plan["questionnaire"]["version"], plan["actions"][0]["question"]) == (TODAY, "harm-08")


def test_an_unknown_version_is_reported_with_the_known_ones(newer: Run, write: Write, tmp_path: Path) -> None:
    odd = write("then.yaml", {}, "2026-03-01", "99.0.0")
    result = newer(write("now.yaml", {}), "--json", tmp_path / "plan.json", "--since", odd)
    assert result.exit_code == 2
    assert result.stderr == f"{odd}: questionnaire: version is “99.0.0”. Allowed: {TODAY}, {VERSION}.\n"
