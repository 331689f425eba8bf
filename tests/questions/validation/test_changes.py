"""The content file changes.yaml, read with today's questions."""

from collections.abc import Mapping

import pytest

from questions.loading.loader import load, load_pinned
from questions.model import ContentChange, QuestionChange, is_version
from questions.source_files.errors import ContentError
from tests.support.broken_content import broken, place, problems_of
from tests.support.sample import sample_files
from tests.support.second_version import TODAY, VERSION, second_version, second_version_files

Content = Mapping[str, str]
# Where the step to the second version stands among all.
STEP = sample_files()["changes.yaml"].count("\n  - from: ")
DROPPED = '{kind: dropped, was: [harm-08], note: "Few could answer it."}'


def test_a_version_step_says_what_happened_to_each_question() -> None:
    step = second_version().changes[-1]
    assert isinstance(step, ContentChange)
    assert (step.from_, step.to) == (TODAY, VERSION)
    assert (
        QuestionChange(
            kind="split", was=("cap-01",), now=("cap-09", "cap-10"), note="It asked two things at once."
        )
        in step.questions
    )


def test_content_from_before_the_changelog_still_loads_pinned(content: Content) -> None:
    old = {name: text for name, text in content.items() if name != "changes.yaml"}
    assert load_pinned(old).changes == ()
    assert problems_of(old) == ["changes.yaml:1: the file is missing"]
    assert load_pinned(content).changes == load(content).changes


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1.0.0", True), ("0.12.3", True), ("10.0.0", True)]
    + [(text, False) for text in ("1.0", "1.0.0.0", "v1.0.0", "1.0.x", "01.0.0", "1.0.0 ", "\u0661.0.0", "")],
)
def test_a_version_is_three_numbers(text: str, is_one: bool) -> None:
    assert is_version(text) is is_one


def test_the_version_of_the_questionnaire_is_three_numbers(content: Content) -> None:
    files = broken(content, "questionnaire.yaml", f'"{TODAY}"', '"1.0"')
    assert problems_of(files) == ["questionnaire.yaml:2: the version must be three numbers"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "{kind: split, was: [harm-08], now: [start-09]",
            "“split” needs one id under was, and two or more under",
        ),
        (
            "{kind: merged, was: [harm-08], now: [start-09]",
            "“merged” needs two ids or more under was, and one",
        ),
        (
            "{kind: dropped, was: [harm-08], now: [start-09]",
            "“dropped” needs one id under was, and none under",
        ),
        ("{kind: new, was: [harm-08], now: [start-09]", "“new” needs no id under was, and one under now"),
        ("{kind: new, now: [start-09, start-01]", "“new” needs no id under was, and one under now"),
        (
            "{kind: reworded, was: [why-01], now: [why-02]",
            "“reworded” needs one id, the same under was and now",
        ),
        ("{kind: changed, was: [why-01]", "“changed” needs one id, the same under was and now"),
        (
            "{kind: moved, was: [why-01]",
            "“0.kind” must be one of 'reworded', 'changed', 'split', 'merged',",
        ),
        ("{kind: new, nwo: [start-09]", "“0.nwo” is not a known key"),
        ("{kind: new, now: [start-77]", "there is no “start-77”"),
        (
            "{kind: dropped, was: [harm-07]",
            "“harm-07” is still asked",
        ),
    ],
)
def test_an_impossible_change_is_reported_with_its_line(line: str, message: str) -> None:
    files = second_version_files()
    before, step = files["changes.yaml"].replace(f"      - {DROPPED}\n", "").rsplit("questions:\n", 1)
    changes = f'{before}questions:\n      - {line}, note: "Why"}}\n{step}'
    problem, *_ = problems_of({**files, "changes.yaml": changes})
    assert problem.startswith(f"{place({'changes.yaml': changes}, 'changes.yaml', line)}: {message}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{kind: dropped, was: [cap-01]", "“cap-01” is listed under “was” twice in this step"),
        ("{kind: new, now: [cap-09]", "“cap-09” is listed under “now” twice in this step"),
    ],
)
def test_a_question_appears_once_on_each_side_of_a_step(line: str, message: str) -> None:
    files = second_version_files()
    files["changes.yaml"] += f'      - {line}, note: "Why"}}\n'
    assert f"{place(files, 'changes.yaml', line)}: {message}" in problems_of(files)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'from: "{TODAY}"', 'from: "1.0"', "“from” and “to” must be versions of three numbers"),
        (f'to: "{VERSION}"', "to: two", "“from” and “to” must be versions of three numbers"),
        (f'from: "{TODAY}"', f'from: "{VERSION}"', "steps must be in order, each from a lower"),
        (f'to: "{VERSION}"', 'to: "99.0.0"', f"the version in questionnaire.yaml is only {VERSION}"),
        (f'from: "{TODAY}"', 'form: "1.0"', f"“{STEP}.from” is missing"),
        ('note: "Few could answer it."', 'note: ""', "the note is empty"),
        (
            "changes:\n",
            f'changes:\n  - {{from: "{TODAY}", to: "{VERSION}", summary: "Twice"}}\n',
            "steps must be in order",
        ),
    ],
)
def test_an_impossible_step_is_reported(old: str, new: str, message: str) -> None:
    problems = problems_of(broken(second_version_files(), "changes.yaml", old, new))
    assert any(message in problem and problem.startswith("changes.yaml:") for problem in problems)


def test_an_empty_changes_file_is_a_schema_error(content: Content) -> None:
    assert len(problems_of({**content, "changes.yaml": "# nothing\n"})) == 1


def test_pinned_content_takes_later_keys_from_newer_content(content: Content) -> None:
    old = dict(content)
    start, end = old["texts.yaml"].index("\nlinks:"), old["texts.yaml"].index("\nwork:")
    old["texts.yaml"] = old["texts.yaml"][:start] + old["texts.yaml"][end:]
    old["rules.yaml"] = old["rules.yaml"].replace("note_limit:", "old_limit:")
    with pytest.raises(ContentError):
        load_pinned(old)
    pinned, today = load_pinned(old, content), load(content)
    assert pinned.texts.links == today.texts.links
    assert pinned.rules == today.rules
    assert pinned.fingerprint != today.fingerprint
