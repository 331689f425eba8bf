"""The shipped content is sound, and keeps what others rely on."""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.assessments.start_view import ways_to_start
from questions.kinds.matrix import MatrixQuestion
from questions.links.inventory import LINK_CHECKS, address_uses, link_checks_text
from questions.model import Questionnaire
from questions.source_files.yaml_source import YamlSource
from reports.checks.report import content_proof
from tests.support.content_texts import known_texts, values_at

HERE = Path(__file__).parent
COVERAGE = HERE.parent.parent / "docs" / "guide-coverage.md"


def ids_of(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield every id as a line of the list of ids that must stay."""
    for question in questionnaire.questions.values():
        yield f"question {question.id}"
        if isinstance(question, MatrixQuestion):
            yield from (f"row {question.id} {row.value}" for row in question.rows_in(questionnaire))
        else:
            yield from (f"option {question.id} {o.value}" for o in question.options_in(questionnaire))
    for scale in questionnaire.scales:
        yield from (f"stage {scale.id} {option.value}" for option in scale.options)
    yield from (f"resource {id_}" for id_ in questionnaire.resource)
    yield from (f"supplement {id_}" for id_ in questionnaire.supplement)


def test_answers_reach_all_content_and_there_is_no_problem(questionnaire: Questionnaire) -> None:
    proof = content_proof(questionnaire)
    assert proof.problems == ()
    assert [str(one) for one in proof.proofs if one.answers is None] == []


def test_no_id_that_others_use_is_gone_unless_its_question_was_retired(questionnaire: Questionnaire) -> None:
    lines = (HERE / "ids-that-must-stay.txt").read_text(encoding="utf-8").splitlines()
    must_stay = {line for line in lines if not line.startswith("#")}
    steps = [change for step in questionnaire.changes for change in step.questions]
    retired = {id_ for change in steps if change.kind in ("dropped", "split", "merged") for id_ in change.was}
    gone = {line for line in must_stay - set(ids_of(questionnaire)) if line.split()[1] not in retired}
    assert len(must_stay) == 215
    # The scale of the retired matrix "tr-topics", which nothing else used.
    assert {line.split()[1] for line in gone} == {"topic_ready"}


def test_the_guide_has_five_sections_and_twenty_resources(questionnaire: Questionnaire) -> None:
    assert [section.number for section in questionnaire.guide.sections] == [1, 2, 3, 4, 5]
    assert len(questionnaire.resources) == 20


def test_every_id_of_the_coverage_table_exists(questionnaire: Questionnaire) -> None:
    text = COVERAGE.read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([^`]+)`", text) if not name.endswith(".yaml")}
    known = {word for line in ids_of(questionnaire) for word in line.split()[1:]}
    known |= {part.id for part in questionnaire.parts}
    assert sorted(named - known) == []


def test_every_resource_and_practice_is_in_the_coverage_table(questionnaire: Questionnaire) -> None:
    text = COVERAGE.read_text(encoding="utf-8")
    ids = [*questionnaire.resource, *questionnaire.questions]
    assert [id_ for id_ in ids if f"`{id_}`" not in text] == []


def test_every_resource_of_the_table_belongs_to_a_question(questionnaire: Questionnaire) -> None:
    named = {id_ for q in questionnaire.questions.values() for id_ in getattr(q, "resource_ids", ())}
    for question in questionnaire.questions.values():
        for inner in (*getattr(question, "rows", ()), *getattr(question, "options", ())):
            named |= set(inner.resource_ids)
    assert named == set(questionnaire.resource)


def test_every_address_is_a_web_address(questionnaire: Questionnaire) -> None:
    form = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(/[!-~]*)?", re.ASCII)
    assert [use for use in address_uses(questionnaire) if not form.fullmatch(use.url)] == []


def test_every_resource_can_be_looked_for(questionnaire: Questionnaire) -> None:
    for resource in questionnaire.resources:
        assert resource.link or resource.search_words or resource.look_at


def test_every_source_was_checked_on_a_day(questionnaire: Questionnaire) -> None:
    for source in questionnaire.sources:
        assert datetime.date.fromisoformat(source.checked).isoformat() == source.checked


def test_the_link_checks_are_as_the_tool_writes_them(
    content: Mapping[str, str], questionnaire: Questionnaire
) -> None:
    assert content[LINK_CHECKS] == link_checks_text(questionnaire.link_checks)


def test_texts_have_real_quotes_and_no_exclamation_marks(content: Mapping[str, str]) -> None:
    lines = [f"{name}: {line}" for name, text in content.items() for line in text.splitlines()]
    said = [re.sub(r"https?://\S+", "", line) for line in lines if not re.match(r"\S+: \s*#", line)]
    assert [line for line in said if re.search(r"\w'\w|!", line)] == []


def test_the_minutes_in_a_choice_of_how_much_to_answer_are_those_of_the_start_page(
    questionnaire: Questionnaire,
) -> None:
    question = questionnaire.questions[questionnaire.rules.depth.question]
    calculated = {way.depth: way.minutes for way in ways_to_start(questionnaire)}
    promised = {
        option.value: int(found[1])
        for option in question.options_in(questionnaire)
        if (found := re.search(r"(\d+) minutes", option.label))
    }
    assert promised
    assert {value: calculated[value] for value in promised} == {
        value: (minutes, minutes) for value, minutes in promised.items()
    }


def test_no_text_is_written_that_nothing_reads(content: Mapping[str, str]) -> None:
    texts = YamlSource(content["texts.yaml"]).data
    assert [keys for keys in known_texts(read=False) if any(values_at(texts, keys))] == []
