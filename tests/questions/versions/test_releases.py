import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from questions.answers_file.parser import AnswersFileError, version_named
from questions.loading.loader import read_folder
from questions.model import Questionnaire
from questions.source_files.errors import ContentError
from questions.versions.releases import (
    answers_of_any_version,
    load_published,
    publish,
    published_versions,
    read_register,
)
from reports.checks.releases import release_problems
from tests.support.broken_content import broken, place
from tests.support.sample import sample_questionnaire
from tests.support.second_version import (
    RAISED_LAST,
    RAISED_MIDDLE,
    TODAY,
    VERSION,
    second_version,
    second_version_files,
)

Content = Mapping[str, str]
DAY = datetime.date(2026, 3, 1)


@pytest.fixture
def folder(content: Content, tmp_path: Path) -> Path:
    """A folder in which today's version and the second are published."""
    publish(content, TODAY, DAY, tmp_path)
    publish(second_version_files(), VERSION, DAY, tmp_path)
    return tmp_path


def test_a_published_version_is_a_full_copy(content: Content, folder: Path) -> None:
    assert list(published_versions(folder)) == [TODAY, VERSION]
    assert read_folder(published_versions(folder)[TODAY]) == content
    assert load_published(TODAY, folder).fingerprint == sample_questionnaire().fingerprint
    assert load_published(VERSION, folder).fingerprint == second_version().fingerprint
    assert load_published(VERSION, folder) is load_published(VERSION, folder)


def test_the_register_holds_version_fingerprint_and_day(folder: Path) -> None:
    assert [(entry.version, entry.published) for entry in read_register(folder)] == [
        (TODAY, "2026-03-01"),
        (VERSION, "2026-03-01"),
    ]
    assert read_register(folder)[1].fingerprint == second_version().fingerprint


def test_versions_are_in_the_order_of_their_numbers(content: Content, tmp_path: Path) -> None:
    for version in ("10.0.0", "2.0.0", "2.10.0", "2.9.0"):
        publish(content, version, DAY, tmp_path)
    assert list(published_versions(tmp_path)) == ["2.0.0", "2.9.0", "2.10.0", "10.0.0"]


def test_an_empty_or_missing_folder_has_no_versions(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert (published_versions(folder), read_register(folder)) == ({}, ())
        assert list(release_problems(TODAY, {}, folder)) == []
    with pytest.raises(KeyError):
        load_published(TODAY, tmp_path)


def test_a_version_is_published_once(content: Content, folder: Path) -> None:
    with pytest.raises(FileExistsError):
        publish(content, TODAY, DAY, folder)


def problems_in(folder: Path, content: Content, version: str = "9.0.0") -> list[str]:
    return sorted(str(problem) for problem in release_problems(version, content, folder))


def test_a_copy_that_was_edited_by_hand_is_found(content: Content, folder: Path) -> None:
    file = folder / TODAY / "why.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    name = folder.name
    assert problems_in(folder, content) == [
        f"{name}/{TODAY}:1: this copy was edited by hand; fix: restore it as it was published"
    ]


def test_an_added_removed_or_binary_file_in_a_copy_is_found(content: Content, folder: Path) -> None:
    (folder / TODAY / "extra.yaml").write_text("a: b", encoding="utf-8")
    (folder / VERSION / "why.yaml").write_bytes(b"\xff")
    assert [problem.split(":1: ")[1] for problem in problems_in(folder, content)] == [
        "this copy was edited by hand; fix: restore it as it was published"
    ] * 2


def test_a_copy_without_a_line_in_the_register_is_found_and_a_line_without_a_copy(
    content: Content, folder: Path
) -> None:
    (folder / TODAY).rename(folder / RAISED_LAST)
    assert [problem.split(":1: ")[1] for problem in problems_in(folder, content)] == [
        "versions.yaml does not name this copy; fix: take the folder out, and publish again",
        f"the copy of {TODAY} is gone; fix: restore it",
    ]


@pytest.mark.parametrize("text", [b"versions: [", b"versions: 3", b"\xff", b""])
def test_an_unreadable_register_is_reported(content: Content, folder: Path, text: bytes) -> None:
    (folder / "versions.yaml").write_bytes(text)
    message = "this file was edited by hand and cannot be read; fix: restore it"
    assert problems_in(folder, content) == [f"{folder.name}/versions.yaml:1: {message}"]
    with pytest.raises(ContentError):
        read_register(folder)


FROZEN = f"version {TODAY} is published and may not change"
RAISE = "put this file back, or raise the version in questionnaire.yaml to"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "why.yaml",
            'help: "Think',
            'help: "Please think',
            f"; only words changed here; fix: {RAISE} {RAISED_LAST}, "
            "and the last number of each question it touches",
        ),
        (
            "harm.yaml",
            "importance: 3",
            "importance: 2",
            f"; the meaning changed here (“importance”, line LINE); fix: {RAISE} {RAISED_MIDDLE} "
            f"or {VERSION}, and the version of each question it touches",
        ),
        (
            "scales.yaml",
            "# What an answer",
            "# What each answer",
            f", not even in comments or layout; fix: {RAISE} {RAISED_LAST}",
        ),
    ],
)
def test_a_changed_published_version_is_reported_with_the_fix(
    content: Content, folder: Path, name: str, old: str, new: str, message: str
) -> None:
    assert problems_in(folder, content, TODAY) == []
    files = broken(content, name, old, new)
    where = place(files, name, new)
    filled = message.replace("LINE", where.split(":")[1])
    assert problems_in(folder, files, TODAY) == [f"{where}: {FROZEN}{filled}"]


def test_a_removed_or_added_file_in_a_published_version_is_reported(content: Content, folder: Path) -> None:
    files = {name: text for name, text in content.items() if name != "why.yaml"} | {"new.yaml": "a: b"}
    assert [problem.split(" (")[0] for problem in problems_in(folder, files, TODAY)] == [
        f"new.yaml:1: {FROZEN}; the meaning changed here",
        f"why.yaml:1: {FROZEN}; the meaning changed here",
    ]


NAMED = 'questionnaire: {{id: ti-ht-selfcheck, version: "{}"}}\nanswers: {{{}: started}}\n'


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (NAMED.format("2.0.0", "why-01"), "2.0.0"),
        ('{"questionnaire": {"version": "1.0.0"}}', "1.0.0"),
        ("questionnaire: {version: 3}", "3"),
        ("questionnaire: {id: ti-ht-selfcheck}", None),
        ("questionnaire: {version: [1]}", None),
        ("questionnaire: {version: }", None),
        ("questionnaire: 1.0.0", None),
        ("answers: {}", None),
        ("answers: [", None),
        ("", None),
    ],
)
def test_the_version_of_an_answers_file_is_found(text: str, version: str | None) -> None:
    assert version_named(text) == version


def test_an_answers_file_is_read_by_the_version_it_names(questionnaire: Questionnaire, folder: Path) -> None:
    second, file = answers_of_any_version(questionnaire, NAMED.format(VERSION, "cap-09"), folder)
    assert (second.version, file.answers.by_question) == (VERSION, {"cap-09": "started"})
    first, file = answers_of_any_version(second_version(), NAMED.format(TODAY, "cap-01"), folder)
    assert (first.version, file.answers.by_question) == (TODAY, {"cap-01": "started"})


@pytest.mark.parametrize("text", ["answers: {why-01: started}", NAMED.format(TODAY, "why-01")])
def test_a_current_answers_file_is_read_by_the_current_content(
    questionnaire: Questionnaire, folder: Path, text: str
) -> None:
    assert answers_of_any_version(questionnaire, text, folder)[0] is questionnaire


def test_an_unknown_version_is_rejected_with_a_list_of_known_ones(
    questionnaire: Questionnaire, folder: Path
) -> None:
    with pytest.raises(AnswersFileError) as caught:
        answers_of_any_version(questionnaire, NAMED.format("99.0.0", "why-01"), folder)
    assert str(caught.value) == f"questionnaire: version is “99.0.0”. Allowed: {TODAY}, {VERSION}."


def test_an_answer_must_be_valid_in_the_version_that_the_file_names(
    questionnaire: Questionnaire, folder: Path
) -> None:
    with pytest.raises(AnswersFileError) as caught:
        answers_of_any_version(questionnaire, NAMED.format(VERSION, "harm-08"), folder)
    assert str(caught.value) == "harm-08: there is no question with this id"
