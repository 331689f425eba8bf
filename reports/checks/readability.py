"""How hard our texts are to read, as Flesch-Kincaid grade. The only module that loads syllapy.

grade = 0.39 x words in a sentence + 11.8 x syllables in a word - 15.59 (Kincaid and others, 1975).
The grade of a few words says little, so short texts are joined with their neighbors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import NamedTuple

from syllapy import count

from questions.model import Questionnaire
from questions.rules import ReadingRules
from questions.source_files.errors import LocatedProblem, Location, texts_within

# What people read, by the name of its field. Other fields hold ids, addresses, and names that others gave.
_PROSE = frozenset(
    [
        "about",
        "asks",
        "audience",
        "caution",
        "caveat",
        "evidence_prompt",
        "first_step",
        "help",
        "intro",
        "label",
        "meaning",
        "measure",
        "now",
        "owner_hint",
        "short",
        "short_title",
        "statement",
        "summary",
        "text",
        "why",
    ]
)
# Fields of texts.yaml that hold ids, numbers, and lists of words to look for or to pass over.
_NO_TEXTS = frozenset(
    {
        "support_source_ids",
    }
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[”’)]*(?=\s+[“(]?[A-Z0-9]|\s*$)|\n{2,}")
_NOT_WORDS = re.compile(r"https?://\S+|\S+\.(?:org|gov|com|net|yaml|json)\b|\{\w+\}")
# Replaces everything that is not a word of ours: a name in braces, an address, a term of reading.yaml.
_PLAIN = "it"
_ABBREVIATIONS = {"U.S.": "US"}
Texts = tuple[tuple[Location, str], ...]


class Passage(NamedTuple):
    """Texts that are measured together: where each is, and what it says."""

    locations: tuple[Location, ...]
    texts: tuple[str, ...]


def reading_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield a problem for each passage above the limit of reading.yaml, and for each term that no text has.

    The problem of a passage is located at its hardest text.
    """
    rules, every = questionnaire.reading, tuple(passages(questionnaire))
    for passage in every:
        found = round(grade(rules, passage.texts), 1)
        if found > rules.limit:
            hardest = max(range(len(passage.texts)), key=lambda n: _excess(rules, passage.texts[n]))
            yield passage.locations[hardest].problem(
                f"reading grade {found} (the limit is {rules.limit}): {_beginning(passage.texts, hardest)}",
                "write shorter sentences and words; add terms that have no plainer word to reading.yaml",
            )
    said = "\n".join(text for passage in every for text in passage.texts)
    for index, term in enumerate(rules.terms):
        if not _pattern(term.term).search(said):
            location = Location("reading.yaml", ("terms", index))
            yield location.problem(f"no text says “{term.term}”", "remove the entry")


def grade(rules: ReadingRules, texts: Sequence[str]) -> float:
    """Return the grade of texts in a row, each of which ends a sentence; 0 for no words."""
    sentences = words = syllables = 0
    for text in texts:
        plain = _in_plain_words(rules, text)
        sentences += sum(bool(_WORD.search(piece)) for piece in _SENTENCE_END.split(plain))
        found = _WORD.findall(plain)
        words += len(found)
        syllables += sum(map(_syllables, found))
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 if words else 0.0


def passages(questionnaire: Questionnaire) -> Iterator[Passage]:
    """Yield what is measured: a long text alone, short ones with the next short ones of their group.

    Too few words at the end of a group are measured with the text before them.
    """
    least = questionnaire.reading.fewest_words
    for group in _groups(questionnaire):
        found: list[list[tuple[Location, str]]] = []
        waiting: list[tuple[Location, str]] = []
        for location, text in group:
            if _length(text) >= least:
                found.append([(location, text)])
                continue
            waiting.append((location, text))
            if sum(_length(other) for _, other in waiting) >= least:
                found.append(waiting)
                waiting = []
        if waiting:
            found.append([*found[-1], *waiting] if found else waiting)
        for texts in found:
            yield Passage(tuple(location for location, _ in texts), tuple(text for _, text in texts))


def _groups(questionnaire: Questionnaire) -> Iterator[Texts]:
    """Yield the texts that belong together: of a page, a resource, a file, or a group in texts.yaml."""
    for part in questionnaire.parts:
        top = Location(f"{part.id}.yaml")
        yield ((top.at("title"), part.title), *_prose(top, part, frozenset({"pages"})))
        for p, page in enumerate(part.pages):
            location = top.at("pages", p)
            yield ((location.at("title"), page.title), *_prose(location, page))
    guide = questionnaire.guide
    titles = [
        (Location("guide.yaml", ("sections", i, "title")), s.title) for i, s in enumerate(guide.sections)
    ]
    yield (*titles, *_prose(Location("guide.yaml"), guide))
    for name in ("resources", "supplements"):
        for index, item in enumerate(getattr(questionnaire, name)):
            yield tuple(_prose(Location(f"{name}.yaml", (name, index)), item))
    for name in ("sources", "plan_notes", "scales"):
        yield tuple(_prose(Location(f"{name}.yaml", (name,)), getattr(questionnaire, name)))
    yield tuple(_prose(Location("rules.yaml"), questionnaire.rules))
    for field in fields(questionnaire.texts):
        texts = getattr(questionnaire.texts, field.name)
        if texts is not None:
            yield tuple(_every(Location("texts.yaml", (field.name,)), texts))


def _prose(
    location: Location, content: object, without: frozenset[str] = frozenset()
) -> Iterator[tuple[Location, str]]:
    """Yield what people read of a piece of content, and of what it holds."""
    depth = len(location.keys)
    for place, text in texts_within(location, content):
        if text and place.keys[-1] in _PROSE and place.keys[depth] not in without:
            yield place, text


def _every(location: Location, texts: object) -> Iterator[tuple[Location, str]]:
    """Yield every text of a group of texts."""
    return (
        (place, text) for place, text in texts_within(location, texts) if _NO_TEXTS.isdisjoint(place.keys)
    )


def _in_plain_words(rules: ReadingRules, text: str) -> str:
    """Return the text with a short word for each name, address and term that cannot be plainer."""
    for abbreviation, letters in _ABBREVIATIONS.items():
        text = text.replace(abbreviation, letters)
    for term in rules.terms:
        text = _pattern(term.term).sub(lambda found: _WORD.sub(_PLAIN, found[0]), text)
    return _NOT_WORDS.sub(_PLAIN, text)


@cache
def _pattern(term: str) -> re.Pattern[str]:
    """Return a pattern of the term, also with an ending; a lowercase term may also begin a sentence."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?:’s|s)?(?!\w)", re.IGNORECASE if term.islower() else 0)


@cache
def _syllables(word: str) -> int:
    return max(1, int(count(word.replace("’", "'"))))


def _length(text: str) -> int:
    return len(_WORD.findall(text))


def _excess(rules: ReadingRules, text: str) -> float:
    """Return how much a text adds to the grade of its passage: its excess over the limit, times its words."""
    return (grade(rules, (text,)) - rules.limit) * _length(text)


def _beginning(texts: Sequence[str], number: int) -> str:
    """Return the first words of one text of a passage, and how many more texts it has."""
    text = texts[number]
    first = text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"
    more = len(texts) - 1
    return f"“{first}”" + (f", measured with {more} short ones beside it" if more else "")
