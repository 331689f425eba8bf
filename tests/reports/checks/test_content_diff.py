from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from questions.guide import Guide, Resource, Source, Supplement
from questions.kinds.options import Scale
from questions.model import ContentChange, Part
from questions.rules import PlanNote, Rules
from reports.checks.content_diff import WORDS, FileChange, file_change
from tests.support.broken_content import broken, place
from tests.support.second_version import RAISED_LAST, TODAY

Content = Mapping[str, str]


def change_of(content: Content, name: str, old: str, new: str) -> FileChange | None:
    return file_change(name, content[name], broken(content, name, old, new)[name])


def test_identical_text_is_not_a_change(content: Content) -> None:
    assert file_change("why.yaml", content["why.yaml"], content["why.yaml"]) is None


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("profile.yaml", "id: profile\n", "# About the agency\nid: profile\n"),
        ("profile.yaml", "id: profile\n", 'id: "profile"\n'),
        ("profile.yaml", "id: profile\n", "id: profile\r\n"),
        ("why.yaml", "resource_ids: [nctic-effects", "resource_ids: [ nctic-effects"),
    ],
)
def test_comments_and_layout_do_not_change_data(content: Content, name: str, old: str, new: str) -> None:
    line = int(place(content, name, old.strip()).split(":")[1])
    assert change_of(content, name, old, new) == FileChange(kind="layout", line=line)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("profile.yaml", 'text: "Who is answering?"', 'text: "Who answers?"'),
        ("profile.yaml", 'label: "One person"', 'label: "One"'),
        ("why.yaml", 'help: "Think about each job, not just the counselors."\n        ', ""),
        ("why.yaml", 'version: "1.0"', 'version: "1.1"'),
        ("why.yaml", "first_step: ", 'first_step: "Now." # '),
        ("scales.yaml", "It may not be written down.", "It need not be written down."),
        ("rules.yaml", 'webinar: "Recorded webinar"', 'webinar: "Webinar"'),
        ("rules.yaml", 'low: "Low effort"', 'low: "Little effort"'),
        ("rules.yaml", 'label: "Act first"', 'label: "First"'),
        ("resources.yaml", "section: 1", "section: 1\n    year: 2014"),
        ("resources.yaml", "url: https://nhttac", "url: https://www.nhttac"),
        ("resources.yaml", "caution: ", 'caution: "Big." # '),
        ("guide.yaml", "now: >-\n", "now: >-\n      Closed.\n"),
        ("sources.yaml", "checked: ", 'checked: "2027-01-01" # '),
        ("texts.yaml", "how_made:\n", 'how_made:\n    - "A new line."\n'),
        ("texts.yaml", "  lead: ", '  headline: "Other" # '),
        ("questionnaire.yaml", f'"{TODAY}"', f'"{RAISED_LAST}"'),
    ],
)
def test_display_text_does_not_change_the_meaning(content: Content, name: str, old: str, new: str) -> None:
    assert change_of(content, name, old, new).kind == "words"


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("profile.yaml", "value: whole", "value: all", "value"),
        ("profile.yaml", "plan_cap: 3", "plan_cap: 4", "plan_cap"),
        ("profile.yaml", "plan_cap: 3", "exclusive: true", "plan_cap"),
        ("profile.yaml", "          - {value: team,", "          #", "options"),
        ("why.yaml", "importance: 2", "importance: 3", "importance"),
        ("why.yaml", "effort: low", "effort: high", "effort"),
        ("why.yaml", "id: why-01", "id: why-09", "id"),
        ("why.yaml", 'version: "1.0"', 'version: "2.0"', "version"),
        ("why.yaml", "any_of: [labor]", "any_of: [sex]", "any_of"),
        ("why.yaml", "resource_ids: [nctic-effects-of-trauma-webinar, ", "resource_ids: [", "resource_ids"),
        ("scales.yaml", "steps: 3", "steps: 4", "steps"),
        ("rules.yaml", "min: 6", "min: 5", "min"),
        ("rules.yaml", "low: 30", "low: 20", "low"),
        ("rules.yaml", 'webinar: "Recorded webinar"', 'film: "Recorded webinar"', "webinar"),
        ("resources.yaml", "caution: ", "# caution: ", "caution"),
        ("questionnaire.yaml", "why, start", "start, why", "parts"),
    ],
)
def test_a_change_of_rules_changes_the_meaning(
    content: Content, name: str, old: str, new: str, what: str
) -> None:
    change = change_of(content, name, old, new)
    assert (change.kind, change.what) == ("meaning", what)


def test_the_first_different_line_and_the_changed_meaning_are_reported(content: Content) -> None:
    files = broken(content, "why.yaml", 'text: "All staff learn', 'text: "Staff learn')
    files = broken(files, "why.yaml", "importance: 3", "importance: 1")
    change = file_change("why.yaml", content["why.yaml"], files["why.yaml"])
    first = int(place(files, "why.yaml", 'text: "Staff learn').split(":")[1])
    second = int(place(content, "why.yaml", "importance: 3").split(":")[1])
    assert change == FileChange(kind="meaning", line=first, what="importance", what_line=second)


def test_invalid_yaml_counts_as_a_change_of_meaning() -> None:
    assert file_change("why.yaml", "id: why\n", "id: [\n").kind == "meaning"


# Fields of text that decide more than what is read: they name something, or choose how it is shown.
DECIDING = {
    *{"id", "version", "kind", "value", "scale", "rows_from", "importance_basis", "format", "same_as"},
    *{"basis", "learning_style", "q", "title_is", "from_", "to", "part", "place", "effort", "best_for"},
    *{"show_when", "audience_question", "question", "essentials", "whole", "urgent_basis"},
}


def text_fields(kind: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the name of each field that holds a text, in a content type and all types inside it."""
    if not is_dataclass(kind) or kind in seen:
        return
    seen.add(kind)
    hints = get_type_hints(kind)
    for field in fields(kind):
        for inner in parts_of(hints[field.name]):
            if inner is str:
                yield field.name
            yield from text_fields(inner, seen)


def parts_of(hint: Any) -> Iterator[Any]:
    """Yield the types that a field can hold, but not those of the items of a list of ids."""
    if hint in (tuple[str, ...], dict[str, int], dict[str, str]):
        return
    yield hint
    for inner in get_args(hint):
        yield from parts_of(inner)


def test_each_text_field_is_classified_as_rule_or_display() -> None:
    kinds = (Part, Scale, Guide, Resource, Supplement, Source, Rules, PlanNote, ContentChange)
    names = {name for kind in kinds for name in text_fields(kind, set())}
    assert names - WORDS - DECIDING == {"now"}  # words in guide.yaml, ids in changes.yaml
