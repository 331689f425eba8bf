"""The reading grade: how it is counted, and that hard texts are found with file and line."""

from collections.abc import Mapping

import pytest

from questions.loading.loader import load, load_pinned
from questions.model import Questionnaire
from questions.rules import PlainTerm, ReadingRules
from questions.source_files.errors import with_lines
from reports.checks.readability import grade, passages, reading_problems
from tests.support.broken_content import broken, place

Content = Mapping[str, str]
RULES = ReadingRules()
HARD = (
    "Organizational administrators systematically operationalize comprehensive methodologies "
    "facilitating institutional accountability, interdepartmental communication, and individualized "
    "psychosocial rehabilitation opportunities for traumatized populations experiencing victimization."
)


def problems_in(files: Content) -> list[str]:
    return [str(problem) for problem in with_lines(files, reading_problems(load(files)))]


@pytest.mark.parametrize(
    ("texts", "words", "sentences", "syllables"),
    [
        (["The cat sat."], 3, 1, 3),
        (["The cat sat. It ran."], 5, 2, 5),
        (["The cat sat", "It ran"], 5, 2, 5),  # each text ends a sentence
        (["You answered “{answer}.” That is fine."], 6, 2, 8),  # a name in braces counts as a short word
        (["See https://example.org/a-long-address now."], 3, 1, 3),
        (["She came to the U.S. in May."], 7, 1, 7),
        (["A self-check"], 2, 1, 3),  # a word with a hyphen is one word
        (["First.\n\nSecond"], 2, 2, 3),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(
    texts: list[str], words: int, sentences: int, syllables: int
) -> None:
    expected = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    assert grade(RULES, texts) == pytest.approx(expected)


def test_no_words_have_no_grade() -> None:
    assert grade(RULES, []) == grade(RULES, ["…"]) == 0


def test_a_term_counts_as_short_words_in_each_of_its_forms() -> None:
    names = ("trafficking", "Office for Victims of Crime")
    rules = ReadingRules(terms=tuple(PlainTerm(term=name, why="") for name in names))
    short = grade(RULES, ["It is it."])
    for text in ("Trafficking is it.", "It is trafficking’s."):
        assert grade(rules, [text]) == pytest.approx(short)
    assert grade(rules, ["The Office for Victims of Crime"]) == pytest.approx(grade(RULES, ["The cat " * 3]))
    assert grade(rules, ["antitrafficking"]) == grade(RULES, ["antitrafficking"])


def test_measured_passages_have_enough_words(questionnaire: Questionnaire) -> None:
    least = questionnaire.reading.fewest_words
    few = [p for p in passages(questionnaire) if len(" ".join(p.texts).split()) < least - 5]
    # Only a few words stand at the head of each part; nothing stands beside them.
    assert all(passage.locations[0].keys == ("title",) for passage in few)


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("why.yaml", '        help: "Think about each job, not just the counselors."'),
        ("resources.yaml", '    about: "A recorded webinar for all who work with survivors.'),
        ("supplements.yaml", '    about: "Help with working alongside'),
        ("guide.yaml", '    asks: "Our agency wants'),
        ("sources.yaml", '    statement: "Polaris ran'),
        ("plan_notes.yaml", '    text: "One person answered.'),
        ("texts.yaml", '  lead: "Here is what you'),
        ("profile.yaml", '        text: "Who do you serve?'),
        ("training.yaml", 'intro: "These answers help'),
    ],
)
def test_a_hard_text_is_reported_at_its_line(content: Content, name: str, old: str) -> None:
    key, text = old.split('"', 1)
    files = broken(content, name, old, f'{key}"{HARD} {text}')
    problem = next(problem for problem in problems_in(files) if "Organizational" in problem)
    assert problem.startswith(f"{place(files, name, HARD)}: reading grade ")
    assert "(the limit is 8): “Organizational administrators" in problem
    assert "; fix: write shorter sentences and words" in problem


def test_short_hard_texts_are_measured_together(content: Content) -> None:
    files = broken(content, "profile.yaml", '"Women"', '"Intergenerational communication facilitators"')
    files = broken(files, "profile.yaml", '"Men"', '"Multidisciplinary rehabilitation administrators"')
    (problem,) = problems_in(files)
    assert problem.startswith(f"{place(files, 'profile.yaml', 'Intergenerational')}: reading grade ")
    assert "“Intergenerational communication facilitators”, measured with " in problem


def test_the_hardest_text_of_a_passage_is_reported(content: Content) -> None:
    old = '        help: "Missing a visit'
    files = broken(
        content, "why.yaml", old, old.replace("Missing", "Notwithstanding organizational methodology")
    )
    here = place(files, "why.yaml", "Notwithstanding")
    assert [problem.partition(": ")[0] for problem in problems_in(files)] == [here]


def test_names_of_other_organizations_are_not_measured(content: Content) -> None:
    old = 'title: "The Effects of Trauma on Trafficking Victims"'
    assert problems_in(broken(content, "resources.yaml", old, f'title: "{HARD}"')) == []


def test_a_term_that_no_text_has_is_found(content: Content) -> None:
    files = broken(content, "reading.yaml", "terms:\n", 'terms:\n  - {term: "orthopedics", why: "A word."}\n')
    here = place(files, "reading.yaml", "orthopedics")
    assert problems_in(files) == [f"{here}: no text says “orthopedics”; fix: remove the entry"]


def test_each_term_says_why(questionnaire: Questionnaire) -> None:
    assert [term.term for term in questionnaire.reading.terms if not term.why] == []


def test_content_from_before_the_reading_grade_still_loads(content: Content) -> None:
    old = {name: text for name, text in content.items() if name != "reading.yaml"}
    assert load_pinned(old).reading == ReadingRules()
