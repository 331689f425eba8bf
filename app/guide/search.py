"""Finding resources of the guide: by words, by the people they are made for, by kind, and by section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask_babel import gettext as _
from Stemmer import Stemmer

from questions.conditions import AllOf, AnyOf, Chosen, Condition
from questions.guide import GuideSection, Resource
from questions.kinds.options import Option
from questions.model import Questionnaire


def groups_of(questionnaire: Questionnaire, resource: Resource) -> tuple[str, ...]:
    """Return the values of the groups that the resource is made for; none if it is made for any agency."""
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
    """Yield the values of the question that the condition asks for; those under `none` are ruled out."""
    match condition:
        case Chosen(q=asked, any_of=values) if asked == question:
            yield from values
        case AllOf(all=nodes) | AnyOf(any=nodes):
            for node in nodes:
                yield from _asked_for(node, question)


ANY_AGENCY = "any_agency"
_BEGINNING = 4  # from this many letters on, what is typed may be only the beginning of a word
_WORD = re.compile(r"[^\W_]+")
# English, like the stemmer and the resources: words that count for nothing in a search.
_STOP_WORDS = frozenset(
    """
    a about an and any are as at be by can do does for from has have help helps how i in is it me my of on or
    our resource resources so that the their them they this to us we what when where which who why with you
    your
    """.split()  # noqa: SIM905  # a list would take a line a word
)
_APOSTROPHES = str.maketrans("", "", "'’‘")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideQuery:
    """What someone looks for: words, and the values chosen for each facet (audience, format, section).

    A resource has to fit one of the values of each facet; no value means any.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def guide_choices(questionnaire: Questionnaire) -> Mapping[str, Mapping[str, str]]:
    """Return the values of each facet with their labels, in the order of the content.

    Each of them finds at least one resource. A section's value is the id of its part.
    """
    guide, formats = questionnaire.guide, questionnaire.rules.formats
    used = {resource.format for resource in questionnaire.resources}
    return {
        "audience": {
            **{group.value: group.label for group in groups(questionnaire)},
            ANY_AGENCY: _("Any agency"),
        },
        "format": {value: label for value, label in formats.items() if value in used},
        "section": {
            section.part: f"{section.number}. {questionnaire.part[section.part].short_title}"
            for section in guide.sections
        },
    }


def search(questionnaire: Questionnaire, query: GuideQuery) -> tuple[Resource, ...]:
    """Return the resources that contain all the words and fit all facets.

    Those with all the words in the title come first, then the others, both in the guide's order.
    """
    words = _words_to_find(query.text)
    found = [entry for entry in _index(questionnaire) if entry.fits(query) and entry.has(words)]
    return tuple(entry.resource for entry in sorted(found, key=lambda entry: not entry.has_in_title(words)))


def has_words(text: str) -> bool:
    """Return whether a text has a word that counts in a search."""
    return bool(_words_to_find(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word to find, and its stem."""

    whole: str
    stem: str

    def is_in(self, words: frozenset[str]) -> bool:
        if self.stem in words:
            return True
        return len(self.whole) >= _BEGINNING and any(word.startswith(self.whole) for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A resource with its facets, and the words it is found by, with their stems."""

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


@lru_cache(maxsize=2)  # saves 2 ms of each search
def _index(questionnaire: Questionnaire) -> tuple[_Entry, ...]:
    """Return an entry for each resource, in the guide's order."""
    sections = {section.number: section for section in questionnaire.guide.sections}
    return tuple(_entry(questionnaire, r, sections[r.section]) for r in questionnaire.resources)


def _entry(questionnaire: Questionnaire, resource: Resource, section: GuideSection) -> _Entry:
    made_for = groups_of(questionnaire, resource)
    audience = made_for if resource.show_when else (ANY_AGENCY,)
    labels = [group.label for group in groups(questionnaire) if group.value in made_for]
    searchable = (
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
        everything=_whole_and_stems(" ".join(searchable)),
    )


def _whole_and_stems(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset((*words, *Stemmer("english").stemWords(words)))


def _words_to_find(text: str) -> tuple[_Word, ...]:
    """Return the words of a text that count in a search, each once."""
    words = [word for word in dict.fromkeys(_words(text)) if word not in _STOP_WORDS]
    stems = Stemmer("english").stemWords(words)
    return tuple(_Word(whole=word, stem=stem) for word, stem in zip(words, stems, strict=True))


def _words(text: str) -> list[str]:
    """Return the words of a text in lowercase, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return _WORD.findall("".join(char for char in letters if not unicodedata.combining(char)))
