from collections.abc import Mapping

from questions.load import load
from questions.model import Questionnaire
from reports.proof import unused_resources
from tests.broken_content import broken

Content = Mapping[str, str]
FAULT = "no answers bring this into a plan"
TIP_SHEET = "jri-behavior-tip-sheet"


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


def test_every_shipped_resource_and_supplement_can_be_recommended(questionnaire: Questionnaire) -> None:
    assert list(unused_resources(questionnaire)) == []


def test_a_resource_that_no_question_names_is_found(content: Content) -> None:
    assert list(unused_resources(load(unnamed(content)))) == [(TIP_SHEET, FAULT)]


def test_a_resource_that_only_jobs_without_training_bring_in_counts_as_used(content: Content) -> None:
    old = "resource_ids: [nctic-effects-of-trauma-webinar, nhtrc-enh"
    files = broken(unnamed(content), "training.yaml", old, f"resource_ids: [{TIP_SHEET}, nhtrc-enh")
    assert list(unused_resources(load(files))) == []


def test_a_resource_for_people_no_answer_names_is_found(content: Content) -> None:
    impossible = "show_when: {all: [{q: pf-size, any_of: [s1_5]}, {q: pf-size, any_of: [s151]}]}"
    files = broken(content, "resources.yaml", "show_when: {q: pf-populations, any_of: [women]}", impossible)
    # Without an answer to the size of the agency, the audience is unknown, and the resource is still shown.
    assert list(unused_resources(load(files))) == []
    never = "show_when: {any: []}"
    files = broken(content, "resources.yaml", "show_when: {q: pf-populations, any_of: [women]}", never)
    assert list(unused_resources(load(files))) == [("nctic-engaging-women-peer-support", FAULT)]


def test_a_supplement_where_the_guide_always_helps_is_found(content: Content) -> None:
    files = without_its_question(content)
    files = broken(
        files,
        "why.yaml",
        "resource_ids: [nctic",
        "supplement_ids: [sup-nctsn-tioa]\n        resource_ids: [nctic",
    )
    assert list(unused_resources(load(files))) == [("sup-nctsn-tioa", FAULT)]


def test_a_supplement_for_those_whom_no_resource_fits_counts_as_used(content: Content) -> None:
    files = without_its_question(content)
    files = broken(
        files, "training.yaml", "supplement_ids: [sup-nhttac", "supplement_ids: [sup-nctsn-tioa, sup-nhttac"
    )
    assert list(unused_resources(load(files))) == []
