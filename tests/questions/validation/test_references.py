"""Problems that show only when the files are read together. Each is made in a copy of the shipped content."""

from collections.abc import Mapping

import pytest

from tests.support.broken_content import broken, place, problems_of

Content = Mapping[str, str]
LONE_QUESTION = """\
      - id: pf-extra-{0}
        kind: single
        version: "1.0"
        text: "More?"
        options: [{{value: a, label: "A"}}, {{value: b, label: "B"}}]
"""
A_PAGE = '  - id: staff\n    title: "Your staff"\n    questions:\n'


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        # Questions
        ("why.yaml", "id: why-02", "id: why-01", "the question id “why-01” is used twice"),
        ("why.yaml", "id: why-02", "id: why02", "a question id needs a hyphen"),
        ("why.yaml", 'version: "1.0"', 'version: "one"', "a question's version must be two numbers"),
        ("why.yaml", "scale: stage4", "scale: stage9", "there is no “stage9”"),
        ("why.yaml", "resource_ids: [nctic", "resource_ids: [netic", "there is no “netic-effects-of-trauma"),
        (
            "start.yaml",
            "supplement_ids: [sup-samhsa",
            "supplement_ids: [sup-x",
            "there is no “sup-x-practical",
        ),
        ("start.yaml", "source_ids: [acf-guide]", "source_ids: [acf]", "there is no “acf”"),
        ("why.yaml", "samhsa_principles: [", "samhsa_principles: [love, ", "there is no “love”"),
        ("why.yaml", "importance: 2", "importance: 3", "importance and importance_basis do not match"),
        # Options and rows
        ("profile.yaml", "value: one_program", "value: whole", "“whole” is used twice"),
        ("training.yaml", "value: strengths", "value: effects", "“effects” is used twice"),
        ("training.yaml", "resource_ids: [ovcttac-tta-directory]}", "resource_ids: [x]}", "there is no “x”"),
        ("training.yaml", "formats: [directory]", "formats: [film]", "there is no “film”"),
        ("training.yaml", "scale: role_trained", "scale: roles", "there is no “roles”"),
        ("training.yaml", "rows_from: pf-roles", "rows_from: pf-size", "of kind “many”, not “pf-size”"),
        (
            "training.yaml",
            "rows_from: pf-roles",
            "rows_from: pf-x",
            "an earlier question, and “pf-x” is not one",
        ),
        ("training.yaml", "rows_from: pf-roles", "rows_from: tr-barriers", "“tr-barriers” is not one"),
        ("scales.yaml", "value: not_sure", "value: started", "“started” is used twice"),
        # Conditions
        ("why.yaml", "any_of: [labor]", "any_of: [labour]", "“pf-trafficking” has no option “labour”"),
        (
            "why.yaml",
            "{q: pf-trafficking, ",
            "{q: pf-missing, ",
            "asks “pf-missing”, which is not a question",
        ),
        ("why.yaml", "{q: pf-trafficking, ", "{q: tr-how, ", "asks “tr-how”, which does not come before it"),
        ("why.yaml", "{q: pf-trafficking, ", "{q: why-01, ", "“why-01”, which has no options of its own"),
        ("plan_notes.yaml", "{q: pf-who, ", "{q: pf-wo, ", "asks “pf-wo”, which is not a question"),
        ("resources.yaml", "any_of: [women]", "any_of: [wmen]", "“pf-populations” has no option “wmen”"),
        ("training.yaml", "any_of: [rhy]", "any_of: [ryh]", "“pf-populations” has no option “ryh”"),
        # Guide, resources, sources
        ("guide.yaml", "part: why", "part: whys", "the part “whys” does not have guide_section 1"),
        ("guide.yaml", "part: why", "part: whys", "guide.yaml has no section for this part"),
        ("guide.yaml", "question: pf-populations", "question: why-01", "“why-01” is not a question with opt"),
        ("guide.yaml", "question: pf-populations", "question: pf-x", "“pf-x” is not a question with options"),
        ("resources.yaml", "section: 1", "section: 9", "the guide has no section 9"),
        ("resources.yaml", "section: 1", "section: 5", "resources are not in the guide's order"),
        ("resources.yaml", "format: webinar", "format: film", "there is no “film”"),
        ("resources.yaml", "organisation_ids: [nctic", "organisation_ids: [nktic", "there is no “nktic”"),
        ("resources.yaml", '    audience: "women"\n', "", "a resource with show_when needs an audience"),
        (
            "resources.yaml",
            "same_as: nhtrc-enh",
            "same_as: nhtrc-ehn",
            "“nhtrc-ehnancing-resiliency-training” must be another",
        ),
        (
            "resources.yaml",
            "    same_as: tri-enhancing-resiliency-webinar\n",
            "",
            "to name this one in its own same_as",
        ),
        ("sources.yaml", 'checked: "2026-11-24"', 'checked: "last year"', "“checked” must be a date"),
        ("sources.yaml", 'checked: "2026-11-24"', 'checked: "20261124"', "“checked” must be a date"),
        # Rules and scales
        (
            "rules.yaml",
            "questions: [pf-size",
            "questions: [pf-roles",
            "“pf-roles” must be of kind “single”",
        ),
        ("rules.yaml", "questions: [pf-size", "questions: [pf-who", "“pf-who” must be of kind “single”"),
        ("profile.yaml", "plan_cap: 3", "plan_cap: 0", "“pf-size” must be of kind “single”"),
        ("rules.yaml", "default: 3", "default: 0", "“default” must be 1 or more"),
        ("rules.yaml", "most_per_action: 3", "most_per_action: 0", "“most_per_action” must be 1 or more"),
        ("rules.yaml", "note_limit: 2000", "note_limit: -1", "“note_limit” must be 1 or more"),
        (
            "rules.yaml",
            "due_after: {low: 30, medium",
            "due_after: {medium",
            "“low” is missing in “due_after”",
        ),
        ("rules.yaml", '  high: "High effort"\n', "", "“high” is missing in “effort”"),
        (
            "rules.yaml",
            "learning_style: tr-how",
            "learning_style: tr-time",
            "“tr-time” must be a question of kind",
        ),
        ("rules.yaml", "[pf-scope, pf-who,", "[pf-scope, pf-whom,", "there is no “pf-whom”"),
        ("rules.yaml", "fewest_days: 89", "fewest_days: 0", "“fewest_days” must be 1 or more"),
        ("rules.yaml", "id: branch_match", "id: guide_order", "“guide_order” is used twice"),
        ("rules.yaml", "basis: helps_last", "basis: depended_on", "“depended_on” is used twice"),
        ("rules.yaml", "min: 6", "min: 2", "bands must be listed highest first"),
        ("rules.yaml", "min: 0", "min: 1", "bands must be listed highest first"),
        ("rules.yaml", "min: 0", "min: -1", "bands must be listed highest first"),
        (
            "rules.yaml",
            "gap: {not_yet: 3, ",
            "gap: {",
            "gap needs exactly one number for each stage of “stage4”",
        ),
        ("rules.yaml", "part_of_work: 0", "part_of_work: 1", "gap must decrease with each stage"),
        ("rules.yaml", "started: 2", "started: 3", "gap must decrease with each stage"),
        ("scales.yaml", "steps: 2", "steps: 4", "the steps of “stage4” must be 0, 1, 2 and so on"),
        ("scales.yaml", 'today", steps: 0', 'today", steps: 1', "the steps of “topic_ready” must be"),
        # Texts
        (
            "texts.yaml",
            "“{answer}.” That",
            "“{antwort}.” That",
            "{antwort} is not a placeholder of this text",
        ),
        ("texts.yaml", "{steps} from", "{steps from", "a brace { or } has no partner"),
        ("texts.yaml", "{steps} from", "{} from", "{} is not a placeholder of this text"),
        ("texts.yaml", "{gap}.", "{gap:>999999999}.", "only a name may be between braces: {gap}"),
        ("texts.yaml", "{gap}.", "{gap!x}.", "only a name may be between braces: {gap}"),
        ("texts.yaml", "{gap}.", "{gap.__class__}.", "{gap.__class__} is not a placeholder"),
        ("texts.yaml", "{compared} of {of}", "{all} of {of}", "{all} is not a placeholder of this text"),
        ("texts.yaml", 'lead: "Here', 'lead: "{agency} Here', "a brace { or } would be printed"),
        (
            "texts.yaml",
            '- "Each answer has a gap',
            '- "Each {answer} has a gap',
            "a brace { or } would be printed",
        ),
    ],
)
def test_an_error_between_files_is_found(
    content: Content, name: str, old: str, new: str, message: str
) -> None:
    assert any(message in problem for problem in problems_of(broken(content, name, old, new)))


@pytest.mark.parametrize(
    "name", ["resources.yaml", "supplements.yaml", "sources.yaml", "scales.yaml", "plan_notes.yaml"]
)
def test_a_duplicate_id_is_reported_at_the_second_use(content: Content, name: str) -> None:
    ids = [line.strip() for line in content[name].splitlines() if line.startswith("  - id: ")]
    first, second = ids[0].removeprefix("- id: "), ids[1].removeprefix("- id: ")
    files = {**content, name: content[name].replace(f"- id: {second}\n", f"- id: {first}\n", 1)}
    line = content[name].splitlines().index(f"  - id: {second}") + 1
    assert f"{name}:{line}: “{first}” is used twice" in problems_of(files)


@pytest.mark.parametrize("asks", ["pf-size", "pf-scope"], ids=["a question that asks it", "itself"])
def test_circular_conditions_are_reported(content: Content, asks: str) -> None:
    new = "{0}\n        show_when: {{q: {1}, any_of: [{2}]}}\n"
    value = {"pf-size": "s1_5", "pf-scope": "whole"}[asks]
    files = broken(content, "profile.yaml", "id: pf-scope\n", new.format("id: pf-scope", asks, value))
    files = broken(files, "profile.yaml", "id: pf-size\n", new.format("id: pf-size", "pf-scope", "whole"))
    here = place(files, "profile.yaml", f"q: {asks}, any_of: [{value}]")
    circle = f"the condition asks “{asks}”, which depends on “pf-scope”: which is circular"
    assert problems_of(files) == [f"{here}: {circle}"]


def test_errors_between_files_are_all_reported_with_their_lines(content: Content) -> None:
    files = broken(content, "why.yaml", "any_of: [labor]", "any_of: [labour]")
    files = broken(files, "harm.yaml", "ovcttac-interviewing-guide, project", "ovcttac-x, project")
    files = broken(files, "rules.yaml", "default: 3", "default: 0")
    assert problems_of(files) == [
        f"{place(files, 'harm.yaml', 'ovcttac-x')}: there is no “ovcttac-x”",
        f"{place(files, 'rules.yaml', 'default: 0')}: “default” must be 1 or more",
        f"{place(files, 'why.yaml', 'labour')}: “pf-trafficking” has no option “labour”",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("same_as: nhtrc-enhancing-resiliency-training", "same_as: tri-enhancing-resiliency-webinar"),
        ("same_as: tri-enhancing-resiliency-webinar", "same_as: jri-behavior-tip-sheet"),
    ],
    ids=["itself", "a third"],
)
def test_two_entries_for_one_thing_name_each_other(content: Content, old: str, new: str) -> None:
    found = problems_of(broken(content, "resources.yaml", old, new))
    assert len(found) == 2
    assert all("another resource, and to name this one in its own same_as" in problem for problem in found)


def test_a_page_holds_one_to_four_questions(content: Content) -> None:
    three_more = A_PAGE + "".join(LONE_QUESTION.format(n) for n in range(3))
    files = broken(content, "profile.yaml", A_PAGE, three_more)
    line = place(files, "profile.yaml", "- id: staff")
    assert problems_of(files) == [f"{line}: the page “staff” has 5 questions; 1 to 4 fit a page"]
    empty = A_PAGE.replace("questions:", "questions: []").replace("staff", "empty")
    assert problems_of(broken(content, "profile.yaml", A_PAGE, empty + A_PAGE)) == [
        f"{line}: the page “empty” has 0 questions; 1 to 4 fit a page"
    ]


def test_a_page_id_is_unique_within_its_part(content: Content) -> None:
    files = broken(content, "profile.yaml", "- id: people", "- id: staff")
    line = [n for n, text in enumerate(files["profile.yaml"].splitlines(), start=1) if "- id: staff" in text][
        1
    ]
    assert problems_of(files) == [f"profile.yaml:{line}: “staff” is used twice"]


def test_a_question_offers_at_least_two_options(content: Content) -> None:
    files = broken(
        content, "profile.yaml", '          - {value: one_program, label: "One program or site"}\n', ""
    )
    assert problems_of(files) == [
        f"{place(files, 'profile.yaml', 'options:')}: a question needs two options or more"
    ]


def test_a_matrix_has_either_rows_or_rows_from(content: Content) -> None:
    neither = broken(content, "training.yaml", "        rows_from: pf-roles\n", "")
    both = broken(
        content,
        "training.yaml",
        "rows_from: pf-roles",
        "rows_from: pf-roles\n        rows: [{value: a, label: A, guide_gap: true}]",
    )
    for files in (neither, both):
        line = place(files, "training.yaml", "- id: tr-roles")
        assert f"{line}: a matrix needs either rows or rows_from" in problems_of(files)


def test_a_practice_without_resources_says_that_the_guide_has_a_gap(content: Content) -> None:
    files = broken(content, "start.yaml", "        guide_gap: true\n", "")
    line = place(files, "start.yaml", "- id: start-01")
    assert problems_of(files) == [f"{line}: without a resource from the guide, guide_gap must be true"]


def test_a_practice_part_has_practices(content: Content) -> None:
    files = broken(content, "profile.yaml", "kind: profile", "kind: practice")
    line = place(files, "profile.yaml", "kind: practice")
    assert f"{line}: a practice part must have questions of kind “stage”" in problems_of(files)


def test_a_practice_cites_sources_whatever_the_kind_of_its_part(content: Content) -> None:
    assert problems_of(broken(content, "why.yaml", "kind: practice", "kind: training")) == []


def test_an_unknown_scale_is_reported_without_a_crash(content: Content) -> None:
    files = {**content, "why.yaml": content["why.yaml"].replace("scale: stage4", "scale: stage9")}
    assert len([problem for problem in problems_of(files) if "there is no “stage9”" in problem]) == 7


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("More / other", "a sheet's name must have 1 to 31 characters"),
        ("x" * 32, "a sheet's name must have 1 to 31 characters"),
        ("", "a sheet's name must have 1 to 31 characters"),
        ("ACTIONS", "two sheets are called “ACTIONS”"),
    ],
)
def test_a_sheet_name_must_be_valid_in_excel(content: Content, name: str, problem: str) -> None:
    old = 'other_actions: "Other actions"'
    files = broken(content, "texts.yaml", old, f'other_actions: "{name}"')
    (found,) = problems_of(files)
    assert found.startswith(f"{place(files, 'texts.yaml', 'other_actions:')}: {problem}")
