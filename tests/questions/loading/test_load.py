from collections.abc import Mapping
from pathlib import Path

import pytest

from questions.loading.loader import fingerprint, load, load_folder, load_pinned, read_folder
from questions.source_files.errors import ContentError
from tests.support.broken_content import broken, place, problems_of

Content = Mapping[str, str]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "why.yaml",
            "effort: low",
            "efort: low",
            "“stage.efort” is not a known key",
        ),
        (
            "why.yaml",
            "effort: low",
            "effort: tiny",
            "“stage.effort” must be one of 'low', 'medium' or 'high'",
        ),
        ("why.yaml", "importance: 2", "importance: two", "“stage.importance” must be a whole number"),
        ("why.yaml", "kind: stage", "kind: star", "“questions.0” has a kind that is not one of "),
        (
            "why.yaml",
            "resource_ids: [nctic",
            "resource_ids: nctic #",
            "“stage.resource_ids” must be a list",
        ),
        (
            "why.yaml",
            "kind: practice",
            "kind: other",
            "“kind” must be one of 'profile', 'practice' or 'training'",
        ),
        ("rules.yaml", "gap: {", "gap: x #{", "“gap” must be a set of keys with values"),
        ("scales.yaml", "ask_reason: true", "ask_reason: perhaps", "“5.ask_reason” must be true or false"),
        ("profile.yaml", 'text: "Who is answering?"', "text: [a]", "“single.text” must be text"),
        ("resources.yaml", "section: 1", "section: 1\n    sction: 2", "“0.sction” is not a known key"),
        (
            "why.yaml",
            "show_when: {q:",
            "show_when: {question:",
            "“stage.show_when”: a condition has one of the keys",
        ),
        ("why.yaml", "any_of: [labor]", "any_off: [labor]", "“q.any_off” is not a known key"),
        ("guide.yaml", "year: 2017", "year: 2017\nyear: 2018", "“year” appears twice"),
        ("texts.yaml", "plan:\n", "plan: &here\n  x: *here\n", "anchors and aliases"),
        ("questionnaire.yaml", "language: en-US", "language: fr", "“language” must be one of 'en-US'"),
    ],
)
def test_a_schema_error_names_the_file_and_line(
    content: Content, name: str, old: str, new: str, message: str
) -> None:
    files = broken(content, name, old, new)
    faulty = new.splitlines()[-1].strip() or new.strip()
    assert any(
        problem.startswith(f"{place(files, name, faulty)}: {message}") for problem in problems_of(files)
    )


def test_a_missing_key_is_reported_where_it_belongs(content: Content) -> None:
    files = broken(content, "why.yaml", "        scale: stage4\n", "")
    assert problems_of(files) == [f"{place(files, 'why.yaml', 'id: why-01')}: “stage.scale” is missing"]


def test_an_error_in_a_condition_of_several_lines_is_at_its_own_line(content: Content) -> None:
    written_out = "show_when:\n          q: pf-trafficking\n          any_of: labor"
    files = broken(content, "why.yaml", "show_when: {q: pf-trafficking, any_of: [labor]}", written_out)
    assert problems_of(files) == [f"{place(files, 'why.yaml', 'any_of: labor')}: “q.any_of” must be a list"]


def test_all_errors_of_all_files_are_reported_at_once(content: Content) -> None:
    files = broken(content, "why.yaml", "effort: low", "efort: low")
    files = broken(files, "harm.yaml", "importance: 3", "importance: much")
    files = broken(files, "rules.yaml", "note_limit: 2000", "note_limit: long")
    files = broken(files, "signs.yaml", "title:", "title: [")
    del files["start.yaml"]
    problems = problems_of(files)
    assert [problem.split(":")[0] for problem in problems] == sorted(
        ["harm.yaml", "rules.yaml", "signs.yaml", "start.yaml", "why.yaml", "why.yaml"]
    )
    assert "start.yaml:1: the file is missing" in problems


@pytest.mark.parametrize("name", ["questionnaire.yaml", "rules.yaml", "why.yaml", "texts.yaml"])
def test_an_empty_file_is_a_problem(content: Content, name: str) -> None:
    assert f"{name}:1: “the file” must be a set of keys with values" in problems_of({**content, name: ""})


def test_an_empty_folder_is_a_problem() -> None:
    assert "questionnaire.yaml:1: the file is missing" in problems_of({})


def test_a_file_that_belongs_to_no_part_is_a_problem(content: Content) -> None:
    files = {**content, "extra.yaml": "id: extra"}
    assert problems_of(files) == [
        "extra.yaml:1: no part of questionnaire.yaml has this name, so the file would not be read"
    ]


def test_a_part_has_the_name_of_its_file(content: Content) -> None:
    assert problems_of(broken(content, "why.yaml", "id: why", "id: because")) == [
        "why.yaml:1: the id must be the file's name, “why”"
    ]


def test_a_binary_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "why.yaml").write_bytes(b"id: why\ntitle: \xff\n")
    with pytest.raises(ContentError, match=r"^why\.yaml:2: this is not UTF-8 text; fix: save it "):
        read_folder(tmp_path)


def test_a_folder_without_content_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"questionnaire\.yaml:1: the file is missing"):
        load_folder(tmp_path)


def test_the_fingerprint_changes_with_the_content_and_not_with_the_order_of_files(content: Content) -> None:
    reversed_files = dict(reversed(content.items()))
    assert fingerprint(reversed_files) == fingerprint(content) == load(reversed_files).fingerprint
    assert fingerprint(broken(content, "why.yaml", "Our", "our")) != fingerprint(content)


def test_pinned_content_with_an_obsolete_key_loads(content: Mapping[str, str]) -> None:
    old = dict(content)
    old["texts.yaml"] = old["texts.yaml"].replace("  lead:", "  motto: gone\n  lead:", 1)
    old["why.yaml"] = old["why.yaml"].replace("kind: stage", "kind: stage\n        weight: 5", 1)
    with pytest.raises(ContentError):
        load(old)
    assert len(load_pinned(old).questions) == len(load(content).questions)


def test_pinned_content_skips_checks_between_files(content: Mapping[str, str]) -> None:
    old = dict(content)
    old["sources.yaml"] = old["sources.yaml"].replace("2026-11-24", "last year", 1)
    with pytest.raises(ContentError):
        load(old)
    assert load_pinned(old).sources[0].checked == "last year"
