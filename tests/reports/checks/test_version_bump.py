"""Today's content beside the version that was published before it."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from questions.loading.loader import load
from questions.versions.releases import publish
from reports.checks.version_bump import version_bump_problems
from tests.support.broken_content import broken, place
from tests.support.second_version import RAISED_LAST, RAISED_MIDDLE, TODAY, VERSION, second_version_files

Content = Mapping[str, str]
DAY = datetime.date(2026, 3, 1)
STEP = """\
  - from: "{}"
    to: "{}"
    summary: "Clearer."
    questions:
      - {}
"""


@pytest.fixture(scope="module")
def first(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which today's version is published."""
    folder = tmp_path_factory.mktemp("published")
    publish(content, TODAY, DAY, folder)
    return folder


@pytest.fixture(scope="module")
def second() -> Content:
    """The files of the second version."""
    return second_version_files()


def problems_in(folder: Path, files: Content) -> list[str]:
    """Return the problems of content that is sound in itself."""
    return sorted(str(problem) for problem in version_bump_problems(load(files), files, folder))


def raised(content: Content, version: str, change: str = "", *edits: tuple[str, str, str]) -> Content:
    """Return the content as another version, with one line in changes.yaml and with edits."""
    files = broken(content, "questionnaire.yaml", f'"{TODAY}"', f'"{version}"')
    if change:
        files["changes.yaml"] += STEP.format(TODAY, version, change)
    for edit in edits:
        files = broken(files, *edit)
    return files


def test_a_version_that_lists_all_its_changes_is_valid(first: Path, second: Content) -> None:
    assert problems_in(first, second) == []


def test_without_a_published_version_there_are_no_problems(tmp_path: Path, content: Content) -> None:
    assert problems_in(tmp_path, content) == []
    assert problems_in(tmp_path / "none", content) == []


def test_the_published_version_itself_is_valid(first: Path, content: Content) -> None:
    assert problems_in(first, content) == []


def test_a_version_below_a_published_one_is_rejected(tmp_path: Path, content: Content) -> None:
    publish(content, VERSION, DAY, tmp_path)
    problem = f"questionnaire.yaml:2: {VERSION} is published, so the version may not be lower; fix: raise it"
    assert problems_in(tmp_path, content) == [problem]


REWORDED = '{kind: reworded, was: [why-01], now: [why-01], note: "Clearer"}'
WHY_VERSION = 'id: why-01\n        kind: stage\n        version: "1.0"'
WHY_TEXT = ("why.yaml", "All staff learn how", "Staff learn how")
WHY_MINOR = ("why.yaml", WHY_VERSION, WHY_VERSION.replace("1.0", "1.1"))
WHY_MAJOR = ("why.yaml", WHY_VERSION, WHY_VERSION.replace("1.0", "2.0"))


def test_wording_may_change_with_the_patch_version(first: Path, content: Content) -> None:
    assert problems_in(first, raised(content, RAISED_LAST, REWORDED, WHY_TEXT, WHY_MINOR)) == []
    assert problems_in(first, raised(content, RAISED_LAST)) == []
    words = ("texts.yaml", "Here is what", "This is what")
    assert problems_in(first, raised(content, RAISED_LAST, "", words)) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("why.yaml", "All staff learn how", "Staff learn how"),
        ("why.yaml", "Think about each job", "Think of each job"),
        ("profile.yaml", 'label: "One person"', 'label: "One"'),
        ("profile.yaml", '          - {value: support, label: "Front desk, night', '          #"'),
        ("training.yaml", 'label: "Working from a client’s strengths"', 'label: "Strengths"'),
    ],
)
def test_changed_wording_requires_a_new_minor_version_of_the_question(
    first: Path, content: Content, file: str, old: str, new: str
) -> None:
    (problem,) = problems_in(first, raised(content, RAISED_MIDDLE, "", (file, old, new)))
    assert problem.startswith(f"{file}:")
    assert problem.endswith(
        f"changed since version {TODAY} of the questionnaire; fix: raise its version to 1.1"
    )


def test_the_problem_of_a_question_is_reported_at_its_version(first: Path, content: Content) -> None:
    files = raised(content, RAISED_MIDDLE, "", WHY_TEXT)
    line = int(place(files, "why.yaml", "id: why-01").split(":")[1]) + 2
    (problem,) = problems_in(first, files)
    assert problem.startswith(f"why.yaml:{line}: the words of “why-01” changed")


@pytest.mark.parametrize(
    ("id_", "edits"),
    [
        ("pf-scope", [("profile.yaml", "value: whole", "value: all")]),
        (
            "pf-scope",
            [("profile.yaml", '"One program or site"}', '"One"}\n          - {value: x, label: X}')],
        ),
        ("tr-roles", [("training.yaml", "scale: role_trained", "scale: topic_ready")]),
        (
            "pf-services",
            [
                (
                    "profile.yaml",
                    "id: pf-services\n        kind: many",
                    "id: pf-services\n        kind: single",
                )
            ],
        ),
    ],
)
def test_a_changed_meaning_requires_a_new_major_version_of_the_question(
    first: Path, content: Content, id_: str, edits: list[tuple[str, str, str]]
) -> None:
    (problem,) = problems_in(first, raised(content, VERSION, "", *edits))
    assert f"the meaning of “{id_}” (its kind, scale or answers) changed" in problem
    assert problem.endswith("raise its version to 2.0")


def test_a_changed_scale_requires_a_major_version_of_every_question_that_uses_it(
    first: Path, content: Content
) -> None:
    edits = [
        ("scales.yaml", '      - {value: most, label: "Most or all", steps: 2}\n', ""),
        ("training.yaml", 'version: "1.0"', 'version: "1.1"'),
    ]
    line = '{kind: reworded, was: [tr-roles], now: [tr-roles], note: "Shorter"}'
    (problem,) = problems_in(first, raised(content, VERSION, line, *edits))
    assert "the meaning of “tr-roles”" in problem


def test_adding_an_option_to_many_requires_only_a_minor_version(first: Path, second: Content) -> None:
    assert "board" not in second["profile.yaml"]
    assert not any("pf-who-roles" in problem for problem in problems_in(first, second))


def test_the_version_of_a_question_never_decreases(first: Path, content: Content) -> None:
    line = '{kind: changed, was: [why-01], now: [why-01], note: "Clearer"}'
    files = raised(content, RAISED_MIDDLE, line, ("why.yaml", WHY_VERSION, WHY_VERSION.replace("1.0", "0.9")))
    assert any("the version of “why-01” was 1.0 and may not be lower" in f for f in problems_in(first, files))


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("rules.yaml", "min: 6", "min: 7", "min"),
        ("resources.yaml", "best_for: [learn]", "best_for: [do]", "best_for"),
    ],
)
def test_a_patch_version_is_not_enough_for_more_than_wording(
    first: Path, content: Content, name: str, old: str, new: str, what: str
) -> None:
    files = raised(content, RAISED_LAST, "", (name, old, new))
    place_ = place(files, name, new)
    message = f"the meaning changed since {TODAY} (“{what}”), so {RAISED_LAST} is not enough"
    fix = f"fix: raise the version in questionnaire.yaml to {RAISED_MIDDLE}"
    assert problems_in(first, files) == [f"{place_}: {message}; {fix}"]
    assert problems_in(first, raised(content, RAISED_MIDDLE, "", (name, old, new))) == []


# What is wrong with changes.yaml of the second version: a text in it, another one, and the problem.
SPLIT = '{kind: split, was: [cap-01], now: [cap-09, cap-10], note: "It asked two things at once."}'
LINES = [
    (
        '      - {kind: dropped, was: [harm-08], note: "Few could answer it."}\n',
        "",
        f"“harm-08” is gone since {TODAY}; fix: say what became of it: split, merged or dropped, "
        'such as {kind: dropped, was: [harm-08], note: "why"}',
    ),
    (
        '      - {kind: new, now: [start-09], note: "Without money, plans stay on paper."}\n',
        "",
        f"“start-09” is new since {TODAY}; fix: say where it comes from: split, merged or new, "
        'such as {kind: new, now: [start-09], note: "why"}',
    ),
    (
        '      - {kind: reworded, was: [harm-06], now: [harm-06], note: "Clearer words."}\n',
        "",
        f"“harm-06” went from version 1.0 to 1.1 since {TODAY}; fix: add "
        '{kind: reworded, was: [harm-06], now: [harm-06], note: "why"}',
    ),
    (
        "kind: reworded, was: [harm-06]",
        "kind: changed, was: [harm-06]",
        "“harm-06” went from version 1.0 to 1.1: that is not “changed”; fix: write “reworded”",
    ),
    (
        "kind: changed, was: [start-02]",
        "kind: reworded, was: [start-02]",
        "“start-02” went from version 1.0 to 2.0: that is not “reworded”; fix: write “changed”",
    ),
    (
        "kind: reworded, was: [harm-06], now: [harm-06]",
        "kind: reworded, was: [harm-05], now: [harm-05]",
        "“harm-05” went from version 1.0 to 1.0: that is not “reworded”; fix: remove the entry",
    ),
    ("was: [harm-08]", "was: [harm-88]", f"{TODAY} has no question “harm-88”; fix: write"),
    (
        "was: [signs-03, signs-04]",
        "was: [signs-03, signs-44]",
        f"{TODAY} has no question “signs-44”; fix: write",
    ),
    (
        "now: [start-09]",
        "now: [start-01]",
        f"“start-01” was asked in {TODAY} already; fix: what is new needs a new id",
    ),
    (
        f'from: "{TODAY}"',
        f'from: "{RAISED_MIDDLE}"',
        f"one step must lead from {TODAY}, which was published last, to {VERSION}; fix: put",
    ),
]


@pytest.mark.parametrize(("old", "new", "problem"), LINES)
def test_changes_that_the_changelog_misreports_are_found(
    first: Path, second: Content, old: str, new: str, problem: str
) -> None:
    files = broken(second, "changes.yaml", old, new)
    problems = problems_in(first, files)
    assert any(found.startswith("changes.yaml:") and f": {problem}" in found for found in problems)


def test_a_version_without_a_changelog_is_shown_all_missing_entries(
    first: Path, content: Content, second: Content
) -> None:
    problems = problems_in(first, {**second, "changes.yaml": content["changes.yaml"]})
    assert len(problems) == 4 + 4 + 5  # gone, new, other versions
    assert all(problem.startswith(f"{place(content, 'changes.yaml', 'changes:')}: ") for problem in problems)


def test_a_step_that_was_published_never_changes(tmp_path: Path, content: Content, second: Content) -> None:
    publish(content, TODAY, DAY, tmp_path)
    publish(second, VERSION, DAY, tmp_path)
    third = broken(second, "questionnaire.yaml", f'"{VERSION}"', '"99.0.1"')
    assert problems_in(tmp_path, third) == []
    edited = broken(third, "changes.yaml", "Few could answer it.", "Nobody liked it.")
    assert problems_in(tmp_path, edited) == [
        f"{place(edited, 'changes.yaml', 'changes:')}: the steps up to {VERSION} are published "
        "and may not change; fix: put them back"
    ]


def test_a_dropped_id_is_never_reused(tmp_path: Path, content: Content, second: Content) -> None:
    publish(content, TODAY, DAY, tmp_path)
    publish(second, VERSION, DAY, tmp_path)
    changes = [
        '{kind: dropped, was: [harm-07], note: "Why"}',
        '{kind: new, now: [harm-08], note: "Why"}',
    ]
    step = f'  - {{from: "{VERSION}", to: "99.1.0", summary: "More.", questions: [{", ".join(changes)}]}}\n'
    files = broken(second, "questionnaire.yaml", f'"{VERSION}"', '"99.1.0"')
    files = broken(files, "harm.yaml", "id: harm-07\n", "id: harm-08\n")
    files["changes.yaml"] += step
    line = place(files, "harm.yaml", "id: harm-08")
    assert problems_in(tmp_path, files) == [
        f"{line}: “harm-08” was the id of another question in {TODAY}; fix: give this one a new id"
    ]
