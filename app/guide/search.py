"""Finding resources of the guide: by words, by whom they are made for, by kind, and by section.

The groups of people that resources are made for, as one can choose them: options of one question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from Stemmer import Stemmer

from questions.conditions import AllOf, AnyOf, Chosen, Condition
from questions.guide import GuideSection, Resource
from questions.kinds.options import Option
from questions.model import Questionnaire


def groups_of(questionnaire: Questionnaire, resource: Resource) -> tuple[str, ...]:
    """Return the values of the groups that the resource is made for; none when it is for any agency."""
    named = set(_asked_for(resource.show_when, questionnaire.guide.audience_question))
    return tuple(option.value for option in _options(questionnaire) if option.value in named)


def groups(questionnaire: Questionnaire) -> tuple[Option, ...]:
    """Return each group that a resource is made for, in the order of the question."""
    used = {group for resource in questionnaire.resources for group in groups_of(questionnaire, resource)}
    return tuple(option for option in _options(questionnaire) if option.value in used)


def _options(questionnaire: Questionnaire) -> tuple[Option, ...]:
    question = questionnaire.questions[questionnaire.guide.audience_question]
    return question.options_in(questionnaire)


def _asked_for(condition: Condition | None, question: str) -> Iterator[str]:
    """Yield the values of the question that the condition asks for; those under `none` it rules out."""
    match condition:
        case Chosen(q=asked, any_of=values) if asked == question:
            yield from values
        case AllOf(all=nodes) | AnyOf(any=nodes):
            for node in nodes:
                yield from _asked_for(node, question)


ANY_AGENCY = "any_agency"
_BEGINNING = 4  # from so many letters on, what is typed may be only the beginning of a word
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideQuery:
    """What someone looks for: words, and values chosen of each facet (audience, format, section).

    Of a facet, any of the chosen values will do; none chosen means all.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def guide_choices(questionnaire: Questionnaire) -> Mapping[str, Mapping[str, str]]:
    """Return what can be chosen of each facet: the values with their labels, in the order of the content.

    Each of them finds a resource. A section's value is the id of its part.
    """
    guide, formats = questionnaire.guide, questionnaire.rules.formats
    used = {resource.format for resource in questionnaire.resources}
    return {
        "audience": {
            **{group.value: group.label for group in groups(questionnaire)},
            ANY_AGENCY: questionnaire.texts.guide_pages.find.any_agency,
        },
        "format": {value: label for value, label in formats.items() if value in used},
        "section": {section.part: f"{section.number}. {section.title}" for section in guide.sections},
    }


def search(questionnaire: Questionnaire, query: GuideQuery) -> tuple[Resource, ...]:
    """Return the resources that have all the words and fit what is chosen.

    First those with all the words in the title, then the others, each in the guide's order.
    """
    words = _words_to_find(questionnaire, query.text)
    found = [entry for entry in _index(questionnaire) if entry.fits(query) and entry.has(words)]
    return tuple(entry.resource for entry in sorted(found, key=lambda entry: not entry.has_in_title(words)))


def has_words(questionnaire: Questionnaire, text: str) -> bool:
    """Return whether a text has a word that counts in a search."""
    return bool(_words_to_find(questionnaire, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word to find, and what is left of it without its ending."""

    whole: str
    stem: str

    def is_in(self, words: frozenset[str]) -> bool:
        if self.stem in words:
            return True
        return len(self.whole) >= _BEGINNING and any(word.startswith(self.whole) for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A resource with its facets, and the words it is found by, each whole and without its ending."""

    resource: Resource
    facets: Mapping[str, tuple[str, ...]]
    title: frozenset[str]
    everything: frozenset[str]

    def fits(self, query: GuideQuery) -> bool:
        wanted = ((self.facets[facet], values) for facet, values in query.chosen.items() if values)
        return all(any(value in own for value in values) for own, values in wanted)

    def has(self, words: Iterable[_Word]) -> bool:
        return all(word.is_in(self.everything) for word in words)

    def has_in_title(self, words: Iterable[_Word]) -> bool:
        return all(word.is_in(self.title) for word in words)


@lru_cache(maxsize=2)
def _index(questionnaire: Questionnaire) -> tuple[_Entry, ...]:
    """Return what is known of each resource, in the guide's order; kept, because it is the same each time."""
    sections = {section.number: section for section in questionnaire.guide.sections}
    return tuple(_entry(questionnaire, r, sections[r.section]) for r in questionnaire.resources)


def _entry(questionnaire: Questionnaire, resource: Resource, section: GuideSection) -> _Entry:
    made_for = groups_of(questionnaire, resource)
    audience = made_for if resource.show_when else (ANY_AGENCY,)
    labels = [group.label for group in groups(questionnaire) if group.value in made_for]
    said = (
        resource.title,
        resource.about,
        resource.publisher,
        resource.audience,
        resource.search_words,
        questionnaire.rules.formats[resource.format],
        section.title,
        *labels,
    )
    return _Entry(
        resource=resource,
        facets={"audience": audience, "format": (resource.format,), "section": (section.part,)},
        title=_whole_and_stems(resource.title),
        everything=_whole_and_stems(" ".join(said)),
    )


def _whole_and_stems(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset((*words, *Stemmer("english").stemWords(words)))


def _words_to_find(questionnaire: Questionnaire, text: str) -> tuple[_Word, ...]:
    """Return the words of a text that count, each once."""
    small = questionnaire.texts.guide_pages.find.small_words.split()
    words = [word for word in dict.fromkeys(_words(text)) if word not in small]
    stems = Stemmer("english").stemWords(words)
    return tuple(_Word(whole=word, stem=stem) for word, stem in zip(words, stems, strict=True))


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return _WORD.findall("".join(char for char in letters if not unicodedata.combining(char)))
