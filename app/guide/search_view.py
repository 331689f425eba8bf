"""Looking for resources on the guide page: what the address asks for, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.guide.search import GuideQuery, guide_choices, has_words, search
from questions.guide import GuideSection, Resource
from questions.model import Questionnaire
from questions.text import excerpt, one_line

TEXT = "q"
TEXT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSearch:
    """Another search: what it is, and its address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was found, each with its section, and how much that is, in words.

    `notes` say what was not done as asked; `without` leaves out one thing that was chosen.
    """

    found: tuple[tuple[Resource, GuideSection], ...]
    words: str
    notes: tuple[str, ...]
    without: tuple[OtherSearch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What can be chosen and what was, and the results (None before anyone has looked for something)."""

    choices: Mapping[str, Mapping[str, str]]
    query: GuideQuery
    everything: OtherSearch
    results: Results | None


def finding(questionnaire: Questionnaire, sent: MultiDict[str, str]) -> Finding:
    """Return what the address asks for. What it names that we do not have is left out, and told."""
    choices = guide_choices(questionnaire)
    query = GuideQuery(
        text=_cut(_typed(sent)),
        chosen={facet: _known(sent.getlist(facet), values) for facet, values in choices.items()},
    )
    asked = any(name in sent for name in (TEXT, *choices))
    results = _results(questionnaire, query, tuple(_notes(questionnaire, query, sent))) if asked else None
    see_all = questionnaire.texts.guide_pages.find.see_all.format(of=len(questionnaire.resources))
    everything = OtherSearch(words=see_all, address=_address(GuideQuery()))
    return Finding(choices=choices, query=query, everything=everything, results=results)


def _typed(sent: MultiDict[str, str]) -> str:
    """Return the words that were typed, on one line."""
    return one_line(sent.get(TEXT, ""))


def _cut(typed: str) -> str:
    """Return what of it is looked for: no more than the limit, and no piece of a word if that can be."""
    return typed if len(typed) <= TEXT_LIMIT else typed[: TEXT_LIMIT + 1].rsplit(" ", 1)[0][:TEXT_LIMIT]


def _known(sent: list[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the choices that were sent, each once and in their own order."""
    return tuple(value for value in values if value in sent)


def _results(questionnaire: Questionnaire, query: GuideQuery, notes: tuple[str, ...]) -> Results:
    sections = {section.number: section for section in questionnaire.guide.sections}
    found = search(questionnaire, query)
    form = questionnaire.texts.guide_pages.find.found_of
    return Results(
        found=tuple((resource, sections[resource.section]) for resource in found),
        words=form.format(found=len(found), of=len(questionnaire.resources)),
        notes=notes,
        without=tuple(_without(questionnaire, query)),
    )


def _notes(questionnaire: Questionnaire, query: GuideQuery, sent: MultiDict[str, str]) -> Iterator[str]:
    texts, choices = questionnaire.texts.guide_pages.find, guide_choices(questionnaire)
    if len(_typed(sent)) > TEXT_LIMIT:
        yield texts.words_cut.format(limit=TEXT_LIMIT)
    if query.text and not has_words(questionnaire, query.text):
        yield texts.no_words
    if any(set(sent.getlist(facet)) - {"", *values} for facet, values in choices.items()):
        yield texts.unknown_choice


def _without(questionnaire: Questionnaire, query: GuideQuery) -> Iterator[OtherSearch]:
    """Yield the search without its words, then without each thing that was chosen."""
    others = [(excerpt(query.text), replace(query, text=""))] if query.text else []
    for facet, labels in guide_choices(questionnaire).items():
        chosen = query.chosen[facet]
        for value in chosen:
            fewer = tuple(other for other in chosen if other != value)
            others.append((labels[value], replace(query, chosen={**query.chosen, facet: fewer})))
    form = questionnaire.texts.guide_pages.find.leave_out
    for words, other in others:
        count = len(search(questionnaire, other))
        yield OtherSearch(words=form.format(choice=f"“{words}”", count=count), address=_address(other))


def _address(query: GuideQuery) -> str:
    """Return the address of the results. It says `q` even without words: else nothing was looked for."""
    asked: dict[str, Any] = {TEXT: query.text, **query.chosen}
    return url_for("guide.guide", _anchor="results", **asked)
