"""What is proved of plans: each problem is made in a copy of the shipped content."""

from collections import Counter
from collections.abc import Mapping

import pytest

from questions.answers import Answers
from questions.loading.loader import load
from questions.model import Questionnaire
from questions.path import path_of
from questions.source_files.errors import with_lines
from questions.texts import PlanTexts
from reports.checks.coverage.prover import unproved_problems
from reports.checks.report import plan_proofs
from reports.documents.html.document import document
from reports.plan.builder import ANY_HEADER, action_plan
from reports.team.model import NO_WORK, team_plan
from tests.support.broken_content import broken, place, without_fixes

Content = Mapping[str, str]
TIP_SHEET = "jri-behavior-tip-sheet"
NEVER = "show_when: {all: [{q: pf-size, any_of: [s1_5]}, {q: pf-size, any_of: [s151]}]}"
WOMEN = "show_when: {q: pf-populations, any_of: [women]}"
# The texts that no answer changes; two of them are in “not_validated”.
ALWAYS = {"lead", "not_validated", "reviewed", "not_reviewed", "low_answers", "how_made", "review_intro"}
# Said by a template, where the plan only says whether.
PRINTED = ["actions_none", "nothing_answered", "training_none", "find_out_intro"]


def problems_in(files: Content) -> list[str]:
    """Return what the proof finds, with file and line."""
    return without_fixes(sorted(set(with_lines(files, unproved_problems(plan_proofs(load(files)))))))


def unnamed(content: Content) -> dict[str, str]:
    """Return the content without any question that names the tip sheet."""
    files = dict(content)
    for part in ("why.yaml", "signs.yaml", "training.yaml"):
        text = files[part].replace(f"{TIP_SHEET}, ", "").replace(f", {TIP_SHEET}", "")
        files[part] = text.replace(f"[{TIP_SHEET}]", "[project-reach-case-study]")
    return files


def without_its_question(content: Content) -> dict[str, str]:
    """Return the content with a supplement that no question names."""
    old, new = "supplement_ids: [sup-nctsn-tioa]", "supplement_ids: [sup-project-trust]"
    return {name: text.replace(old, new) for name, text in content.items()}


def printed(questionnaire: Questionnaire, answers: object) -> str:
    """Return the plan of these answers as it is printed."""
    plan = action_plan(path_of(questionnaire, answers), ANY_HEADER)
    return document(team_plan(plan, NO_WORK))


def test_the_shipped_content_has_a_witness_for_each_item_of_a_plan(questionnaire: Questionnaire) -> None:
    proofs = plan_proofs(questionnaire)
    rules, notes = questionnaire.rules, len(questionnaire.plan_notes)
    for_some = sum(resource.show_when is not None for resource in questionnaire.resources)
    caps = [
        o for id_ in rules.plan_size.questions for o in questionnaire.questions[id_].options if o.plan_cap
    ]
    assert Counter(proof.claim.kind for proof in proofs) == {
        "resource": len(questionnaire.resources),
        "resource that fits": for_some,
        "resource that may fit": for_some,
        "resource left out": for_some,
        "supplement": len(questionnaire.supplements),
        "note": notes,
        "left out": notes,
        "gap": len(rules.gap),
        "importance": len(rules.importance),
        "band": len(rules.bands),
        "order": len(rules.tie_breaks),
        "plan size": 1 + len(caps),
        "choice": len(rules.fit_by_steps) + 5,
        "text": len(PlanTexts.__dataclass_fields__) - len(ALWAYS),
    }
    assert [str(proof) for proof in proofs if proof.answers is None] == []


def test_each_witness_of_a_printed_text_makes_the_document_print_it(questionnaire: Questionnaire) -> None:
    texts = {p.claim.name: p.answers for p in plan_proofs(questionnaire) if p.claim.kind == "text"}
    for name in PRINTED:
        assert getattr(questionnaire.texts.plan, name) in printed(questionnaire, texts[name]), name


def test_texts_that_no_answer_changes_are_printed_in_a_whole_plan(questionnaire: Questionnaire) -> None:
    answers = dict.fromkeys(questionnaire.practice, "not_yet")
    document_ = printed(questionnaire, Answers(by_question=answers, notes={}, reasons={}))
    said = [getattr(questionnaire.texts.plan, name) for name in ALWAYS]
    sentences = [line for text in said for line in (text if isinstance(text, tuple) else (text,))]
    assert [sentence for sentence in sentences if sentence not in document_] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"),
    [
        # Resources and supplements
        (
            "resources.yaml",
            WOMEN,
            "show_when: {any: []}",
            "- id: nctic-engaging",
            "no answers bring the resource “nctic-engaging-women-peer-support” into a plan",
        ),
        (
            "resources.yaml",
            WOMEN,
            NEVER,
            "s1_5",
            "no answers say that “nctic-engaging-women-peer-support” fits",
        ),
        (
            "resources.yaml",
            WOMEN,
            "show_when: {any: [{q: pf-size, any_of: [s1_5]}, {none: [{q: pf-size, any_of: [s1_5]}]}]}",
            "s1_5",
            "“nctic-engaging-women-peer-support” fits whatever is answered",
        ),
        # Notes
        (
            "plan_notes.yaml",
            "show_when: {q: pf-who, any_of: [one_person]}",
            "show_when: {all: [{q: pf-who, any_of: [one_person]}, {q: pf-who, any_of: [team]}]}",
            "team",
            "no answers make the plan print the note “one-person”",
        ),
        (
            "plan_notes.yaml",
            "show_when: {q: pf-who, any_of: [one_person]}",
            "show_when: {q: pf-who, any_of: [one_person, small_group, team]}",
            "small_group",
            "the note “one-person” is printed whatever is answered",
        ),
        # Rules of scoring
        (
            "rules.yaml",
            "  - {id: act_first, min: 6",
            '  - {id: at_once, min: 10, label: "At once"}\n  - {id: act_first, min: 6',
            "at_once",
            "no answers lead to the band “at_once”",
        ),
        (
            "rules.yaml",
            "importance:\n",
            'importance:\n  - {value: 3, basis: law, label: "a law asks for it"}\n',
            "basis: law",
            "no practice has the importance “law”",
        ),
        (
            "profile.yaml",
            'label: "6 to 20", plan_cap: 4',
            'label: "6 to 20", plan_cap: 40',
            "plan_cap: 40",
            "no answers lead to a plan of 40 actions, with others left for later",
        ),
        (
            "rules.yaml",
            "default: 3",
            "default: 30",
            "default: 30",
            "no answers lead to a plan of 30 actions, with others left for later",
        ),
        # The choice of resources
        (
            "rules.yaml",
            "most_per_action: 3",
            "most_per_action: 4",
            "match:",
            "“most_per_action” never decides which resources a plan shows",
        ),
        (
            "rules.yaml",
            "format_fits: 1",
            "format_fits: 0",
            "match:",
            "“format_fits” never decides which resources a plan shows",
        ),
        (
            "rules.yaml",
            "stage_fits: 2",
            "stage_fits: 0",
            "fit_by_steps:",
            "“fit_by_steps 1” never decides which resources a plan shows",
        ),
    ],
)
def test_unreachable_plan_items_are_reported_with_file_and_line(
    content: Content, name: str, old: str, new: str, at: str, message: str
) -> None:
    files = broken(content, name, old, new)
    assert f"{place(files, name, at)}: {message}" in problems_in(files)


def test_a_sentence_that_no_plan_prints_is_found(content: Content) -> None:
    files = broken(content, "rules.yaml", "most_per_action: 3", "most_per_action: 4")
    here = place(files, "texts.yaml", "why_not_outranked:")
    assert f"{here}: no answers make a plan say “why_not_outranked”" in problems_in(files)


def test_a_tie_break_step_that_never_decides_is_found(content: Content) -> None:
    effort = '  - {id: effort_low_first, label: "less effort first"}\n'
    guide = '  - {id: guide_order, label: "the order of the guide"}\n'
    files = broken(content, "rules.yaml", effort + guide, guide + effort)
    here = place(files, "rules.yaml", "effort_low_first")
    assert problems_in(files) == [f"{here}: no two actions are put in order by “effort_low_first”"]


def test_a_resource_that_only_jobs_without_training_bring_in_counts_as_used(content: Content) -> None:
    old = "resource_ids: [nctic-effects-of-trauma-webinar, nhtrc-enh"
    files = broken(unnamed(content), "training.yaml", old, f"resource_ids: [{TIP_SHEET}, nhtrc-enh")
    assert problems_in(files) == []


def test_a_supplement_where_the_guide_always_helps_is_found(content: Content) -> None:
    files = without_its_question(content)
    files = broken(
        files,
        "why.yaml",
        "resource_ids: [nctic",
        "supplement_ids: [sup-nctsn-tioa]\n        resource_ids: [nctic",
    )
    here = place(files, "supplements.yaml", "sup-nctsn-tioa")
    assert problems_in(files) == [f"{here}: no answers bring the supplement “sup-nctsn-tioa” into a plan"]


def test_a_supplement_for_those_whom_no_resource_fits_counts_as_used(content: Content) -> None:
    files = without_its_question(content)
    files = broken(
        files, "training.yaml", "supplement_ids: [sup-nhttac", "supplement_ids: [sup-nctsn-tioa, sup-nhttac"
    )
    assert problems_in(files) == []
