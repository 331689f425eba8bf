"""Searching for resources on the guide page: what the address asks for, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.guide.search import GuideQuery, guide_choices, has_words, search
from questions.guide import GuideSection, Resource
from questions.model import Questionnaire
from questions.text import excerpt, one_line

TEXT = "q"
TEXT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSearch:
    """The same search without one of its choices: the label and the address of a link to it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was found, each with its section.

    `notes` say what was not done as asked; `without` leaves out one choice each.
    """

    found: tuple[tuple[Resource, GuideSection], ...]
    notes: tuple[str, ...]
    without: tuple[OtherSearch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The choices, the current query, and its results (None if the address asks for no search).

    `everything` is the address of a search without any condition.
    """

    choices: Mapping[str, Mapping[str, str]]
    query: GuideQuery
    resource_count: int
    everything: str
    results: Results | None


def search_page(questionnaire: Questionnaire, sent: MultiDict[str, str]) -> SearchPage:
    """Return what the address asks for. Values that do not exist are ignored, and a note says so."""
    choices = guide_choices(questionnaire)
    query = GuideQuery(
        text=_cut(_typed(sent)),
        chosen={facet: _known(sent.getlist(facet), values) for facet, values in choices.items()},
    )
    asked = any(name in sent for name in (TEXT, *choices))
    results = _results(questionnaire, query, tuple(_notes(questionnaire, query, sent))) if asked else None
    return SearchPage(
        choices=choices,
        query=query,
        resource_count=len(questionnaire.resources),
        everything=_address(GuideQuery()),
        results=results,
    )


def _typed(sent: MultiDict[str, str]) -> str:
    """Return the words that were typed, on one line."""
    return one_line(sent.get(TEXT, ""))


def _cut(typed: str) -> str:
    """Return the text to search for: no more than the limit, and cut between words if possible."""
    return typed if len(typed) <= TEXT_LIMIT else typed[: TEXT_LIMIT + 1].rsplit(" ", 1)[0][:TEXT_LIMIT]


def _known(sent: list[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the values that were sent, each once and in their own order."""
    return tuple(value for value in values if value in sent)


def _results(questionnaire: Questionnaire, query: GuideQuery, notes: tuple[str, ...]) -> Results:
    sections = {section.number: section for section in questionnaire.guide.sections}
    found = search(questionnaire, query)
    return Results(
        found=tuple((resource, sections[resource.section]) for resource in found),
        notes=notes,
        without=tuple(_without(questionnaire, query)),
    )


def _notes(questionnaire: Questionnaire, query: GuideQuery, sent: MultiDict[str, str]) -> Iterator[str]:
    choices = guide_choices(questionnaire)
    if len(_typed(sent)) > TEXT_LIMIT:
        yield ngettext(
            "Your search was long. We looked for its first %(num)d character only.",
            "Your search was long. We looked for its first %(num)d characters only.",
            TEXT_LIMIT,
        )
    if query.text and not has_words(query.text):
        yield _("What you typed has no word that we can look for, so it changes nothing here.")
    if any(set(sent.getlist(facet)) - {"", *values} for facet, values in choices.items()):
        yield _("The address of this page names a choice that we do not have. We left it out.")


def _without(questionnaire: Questionnaire, query: GuideQuery) -> Iterator[OtherSearch]:
    """Yield the search without its words, then without each of its choices."""
    others = [(excerpt(query.text), replace(query, text=""))] if query.text else []
    for facet, labels in guide_choices(questionnaire).items():
        chosen = query.chosen[facet]
        for value in chosen:
            fewer = tuple(other for other in chosen if other != value)
            others.append((labels[value], replace(query, chosen={**query.chosen, facet: fewer})))
    for left_out, other in others:
        label = ngettext(
            "Leave out “%(choice)s” (%(num)d found)",
            "Leave out “%(choice)s” (%(num)d found)",
            len(search(questionnaire, other)),
            choice=left_out,
        )
        yield OtherSearch(label=label, address=_address(other))


def _address(query: GuideQuery) -> str:
    """Return the address of the results. It has `q` even without words: otherwise it is no search."""
    asked: dict[str, Any] = {TEXT: query.text, **query.chosen}
    return url_for("guide.guide", _anchor="results", **asked)
