"""Long texts on paper: the beginning where they belong, and the rest under “continued”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from questions.model import Questionnaire
from reports.documents.action_fields import facts
from reports.documents.html.printable import printable
from reports.plan.translations import translations
from reports.team.model import TeamAction, TeamPlan

MOST, MOST_LINES = 300, 6
# A reason holds a sentence of ours and the agency's note.
MOST_OF_A_REASON = 520


class Excerpt(NamedTuple):
    """A text as it prints, in two pieces: `rest` is "" if all of it fits its place."""

    beginning: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """The rest of a text, and what it belongs to."""

    label: str
    rest: str


def printed_excerpt(text: str, most: int = MOST) -> Excerpt:
    """Return the text as it prints, cut after a word where it becomes too long for its place."""
    whole = printable(text)
    beginning = "\n".join(whole.split("\n")[:MOST_LINES])
    if len(beginning) > most:
        cut = beginning[:most]
        beginning = cut.rpartition(" ")[0] or cut
    return Excerpt(beginning.rstrip(), whole[len(beginning) :].strip())


def excerpt_of_reason(text: str) -> Excerpt:
    """Return the reason of an action as it prints."""
    return printed_excerpt(text, MOST_OF_A_REASON)


def continued_actions(team: TeamPlan) -> tuple[Continued, ...]:
    """Return what does not fit on the pages of the planned actions, in their order."""
    return tuple(
        Continued(label=f"{item.position}. {label}", rest=rest)
        for item in team.planned
        for label, rest in _rests(team.plan.questionnaire, item)
        if rest
    )


def _rests(questionnaire: Questionnaire, item: TeamAction) -> Iterator[tuple[str, str]]:
    _ = translations(questionnaire.language).gettext
    if item.tool and not item.work.closed:
        yield _("Why this one"), excerpt_of_reason(item.tool.because).rest
    yield _("Why it was moved"), printed_excerpt(item.move_reason).rest
    for fact in facts(questionnaire, item):
        yield fact.label, printed_excerpt(fact.text).rest
