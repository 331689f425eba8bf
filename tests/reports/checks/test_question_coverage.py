"""What is proved of the questionnaire: each problem is made in a copy of the shipped content."""

from collections.abc import Callable, Mapping

import pytest

from questions.condition_solver import pick
from questions.kinds.matrix import MatrixQuestion
from questions.loading.loader import load
from questions.model import Questionnaire
from questions.path import Path, path_of
from questions.source_files.errors import Location, with_lines
from reports.checks.coverage.prover import Claim, prove, unproved_problems
from reports.checks.coverage.questions import content_problems, content_proofs
from tests.support.broken_content import broken, place, without_fixes

Content = Mapping[str, str]
LABOR = "show_when: {q: pf-trafficking, any_of: [labor]}"
NEVER = "show_when: {all: [{q: pf-size, any_of: [s1_5]}, {q: pf-size, any_of: [s151]}]}"
ALWAYS = "show_when: {any: [{q: pf-size, any_of: [s1_5]}, {none: [{q: pf-size, any_of: [s1_5]}]}]}"


def problems_in(files: Content) -> list[str]:
    """Return what the proof finds, with file and line."""
    questionnaire = load(files)
    found = content_problems(questionnaire, content_proofs(questionnaire))
    return without_fixes(sorted(set(with_lines(files, found))))


def test_the_shipped_content_has_a_witness_for_each_question_row_and_option(
    questionnaire: Questionnaire,
) -> None:
    proofs = content_proofs(questionnaire)
    questions = questionnaire.questions.values()
    rows = [row for q in questions if isinstance(q, MatrixQuestion) for row in q.rows_in(questionnaire)]
    hidden = [has for has in (*questions, *rows) if has.show_when]
    options = [option for q in questions for option in q.options_in(questionnaire)]
    assert len(proofs) == len(questions) + len(rows) + len(hidden) + len(options)
    assert all(proof.answers for proof in proofs)


def test_a_witness_consists_of_valid_answers_and_reaches_its_item(questionnaire: Questionnaire) -> None:
    for proof in content_proofs(questionnaire):
        assert proof.answers is not None
        assert proof.claim.holds(path_of(questionnaire, proof.answers))
        for id_, answer in proof.answers.by_question.items():
            assert questionnaire.questions[id_].check(questionnaire, answer) == answer
        assert proof.deciding.keys() <= proof.answers.by_question.keys()


def test_a_proof_prints_on_one_line_with_its_deciding_answers(questionnaire: Questionnaire) -> None:
    lines = [str(proof) for proof in content_proofs(questionnaire)]
    assert "question pf-scope: no answer needed" in lines
    assert "question why-05: pf-trafficking=labor" in lines
    assert "left out why-05: pf-trafficking=sex" in lines
    assert "option tr-topics few: tr-topics.effects=few" in lines
    assert "row tr-roles leaders: pf-roles=leaders" in lines


def test_a_claim_that_others_could_break_is_proved_alone(questionnaire: Questionnaire) -> None:
    def claim(value: str, holds: Callable[[Path], bool]) -> Claim[Path]:
        return Claim(
            kind="test",
            name=value,
            location=Location("x.yaml"),
            candidates=lambda: [(pick("pf-populations", value),)],
            holds=holds,
            problem="never",
            fix="fix",
        )

    def only_women(path: Path) -> bool:
        return path.active.by_question.get("pf-populations") == ("women",)

    claims = [claim("women", only_women), claim("men", lambda path: True), claim("rhy", lambda path: False)]
    women, men, never = prove(questionnaire, claims, lambda path: path)
    assert women.answers is not None
    assert women.answers.by_question == {"pf-populations": ("women",)}
    assert men.answers is not None
    assert men.answers.by_question == {"pf-populations": ("women", "men", "rhy")}
    assert men.deciding == {"pf-populations": ("men",)}
    assert never.answers is None
    assert list(unproved_problems([women, men, never])) == [Location("x.yaml").problem("never", "fix")]


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"),
    [
        # What can never happen
        (
            "why.yaml",
            LABOR,
            LABOR.replace("[labor]", "[]"),
            "any_of: []",
            "no answers lead to the question “why-05”",
        ),
        ("why.yaml", LABOR, NEVER, "s151", "no answers lead to the question “why-05”"),
        (
            "why.yaml",
            LABOR,
            LABOR.replace("labor", "not_sure"),
            "any_of: [not_sure]",
            "no answers lead to the question “why-05”",
        ),
        (
            "training.yaml",
            "show_when: {q: pf-populations, any_of: [rhy]}",
            NEVER,
            "s151",
            "no answers lead to the row “rhy” of “tr-topics”",
        ),
        (
            "profile.yaml",
            "value: one_program",
            'value: ""',
            'value: ""',
            "the option “” of “pf-scope” cannot be chosen",
        ),
        # What always happens
        ("why.yaml", LABOR, ALWAYS, "any: [", "“why-05” is asked whatever is answered"),
        (
            "why.yaml",
            LABOR,
            LABOR.replace("[labor]", "[labor, sex]"),
            "[labor, sex]",
            "“why-05” is asked whatever is answered",
        ),
        (
            "training.yaml",
            "show_when: {q: pf-populations, any_of: [rhy]}",
            ALWAYS,
            "any: [",
            "the row “rhy” of “tr-topics” is shown whatever is answered",
        ),
        # What changes nothing in a condition
        (
            "why.yaml",
            LABOR,
            "show_when: {any: [{q: pf-trafficking, any_of: [labor]}, {q: pf-trafficking, any_of: [labor]}]}",
            "any: [",
            "part 1 of “any” changes nothing: the condition is true for the same answers without it",
        ),
        (
            "why.yaml",
            LABOR,
            LABOR.replace("[labor]", "[labor, not_sure]"),
            "[labor, not_sure]",
            "the value “not_sure” of “pf-trafficking” changes nothing: the condition is true for the same "
            "answers without it",
        ),
        (
            "resources.yaml",
            "show_when: {q: pf-populations, any_of: [women]}",
            "show_when: {all: [{q: pf-populations, any_of: [women]}, "
            "{none: [{q: pf-populations, any_of: [not_sure]}]}]}",
            "any_of: [women]}, {none",
            "part 2 of “all” changes nothing: the condition is true for the same answers without it",
        ),
    ],
)
def test_unreachable_and_unconditional_items_are_reported_with_file_and_line(
    content: Content, name: str, old: str, new: str, at: str, message: str
) -> None:
    files = broken(content, name, old, new)
    assert f"{place(files, name, at)}: {message}" in problems_in(files)


def test_both_halves_of_a_duplicated_condition_are_reported(content: Content) -> None:
    leaf = "{q: pf-trafficking, any_of: [labor]}"
    files = broken(content, "why.yaml", LABOR, f"show_when: {{any: [{leaf}, {leaf}]}}")
    assert len(problems_in(files)) == 2


def test_an_unreachable_question_is_reported_without_its_options_and_rows(content: Content) -> None:
    files = broken(content, "why.yaml", LABOR, NEVER)
    files = broken(files, "training.yaml", "id: tr-topics", f"id: tr-topics\n        {NEVER}")
    found = [problem.partition(": ")[2] for problem in problems_in(files) if "changes nothing" not in problem]
    assert found == [f"no answers lead to the question “{id_}”" for id_ in ("tr-topics", "why-05")]


def test_an_unreachable_scale_option_is_reported_once_at_the_scale(content: Content) -> None:
    files = broken(content, "scales.yaml", "value: no_such_role", 'value: ""')
    here = place(files, "scales.yaml", 'value: ""')
    assert problems_in(files) == [f"{here}: the option “” of “tr-roles” cannot be chosen"]


def test_a_witness_that_hides_what_it_needs_proves_nothing(content: Content) -> None:
    files = broken(
        content,
        "profile.yaml",
        "id: pf-trafficking",
        "id: pf-trafficking\n        show_when: {q: pf-scope, any_of: [whole]}",
    )
    new = "show_when: {all: [{q: pf-trafficking, any_of: [labor]}, {q: pf-scope, any_of: [one_program]}]}"
    files = broken(files, "why.yaml", LABOR, new)
    here = place(files, "why.yaml", "{q: pf-scope, any_of: [one_program]}")
    assert f"{here}: no answers lead to the question “why-05”" in problems_in(files)


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"),
    [
        (
            "supplements.yaml",
            "supplements:\n",
            "supplements:\n  - {id: sup-x, title: X, publisher: X, about: X}\n",
            "sup-x",
            "no question names the supplement “sup-x”",
        ),
        (
            "scales.yaml",
            "scales:\n",
            "scales:\n  - {id: yes_no, options: "
            "[{value: n, label: N, steps: 0}, {value: y, label: Y, steps: 1}]}\n",
            "yes_no",
            "no question uses the scale “yes_no”",
        ),
        (
            "guide.yaml",
            "organisations:\n",
            "organisations:\n  - {id: nobody, guide_name: X, now: X}\n",
            "nobody",
            "no resource names the organisation “nobody”",
        ),
        ("rules.yaml", "formats:\n", 'formats:\n  film: "Film"\n', "film", "nothing has “film” in “formats”"),
        (
            "rules.yaml",
            "samhsa_principles:\n",
            'samhsa_principles:\n  joy: "Joy"\n',
            "joy",
            "nothing has “joy” in “samhsa_principles”",
        ),
    ],
)
def test_an_unused_id_is_found(
    content: Content, name: str, old: str, new: str, at: str, message: str
) -> None:
    files = broken(content, name, old, new)
    assert problems_in(files) == [f"{place(files, name, at)}: {message}"]


def test_a_section_of_the_guide_without_a_resource_is_found(content: Content) -> None:
    files = {
        **content,
        "resources.yaml": content["resources.yaml"].replace("section: 4", "section: 3"),
    }
    here = place(files, "guide.yaml", "number: 4")
    assert problems_in(files) == [f"{here}: section 4 of the guide has no resource"]


def test_a_resource_that_no_question_names_is_found(content: Content) -> None:
    tip_sheet = "jri-behavior-tip-sheet"
    files = {
        name: text
        if name == "resources.yaml"
        else text.replace(f"{tip_sheet}, ", "")
        .replace(f", {tip_sheet}", "")
        .replace(f"[{tip_sheet}]", "[project-reach-case-study]")
        for name, text in content.items()
    }
    here = place(files, "resources.yaml", f"id: {tip_sheet}")
    assert problems_in(files) == [f"{here}: no question calls for the resource “{tip_sheet}”"]
