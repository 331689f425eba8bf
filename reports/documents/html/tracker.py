"""One page with every action of a plan, to hang up or to open in a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions.model import Questionnaire
from reports.documents.action_fields import due_in_words, field_label, is_past_due, label_of, shown_text
from reports.plan.translations import translations
from reports.team.fields import ACTION_FIELDS, ActionField
from reports.team.model import TeamAction, TeamPlan

_TRACKED = tuple(field for field in ACTION_FIELDS if field.tracked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of a field of an action; with `room` to write what is not decided."""

    id: str
    label: str
    text: str
    room: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerRow:
    """An action with its lead, dates and status."""

    id: str
    position: int
    title: str
    cells: tuple[Cell, ...]


def tracker_headings(questionnaire: Questionnaire) -> Iterator[tuple[ActionField, str]]:
    """Yield the tracked fields with their headings. That of the review stays true after the first one."""
    _ = translations(questionnaire.language).gettext
    for field in _TRACKED:
        label = label_of(questionnaire, field.id, decided=True)
        yield field, _("Next review") if field.id == "review" else label


def tracker(team: TeamPlan) -> Iterator[TrackerRow]:
    """Yield every action of the plan, in the team's order."""
    for item in team.planned:
        cells = tuple(_cells(team, item))
        yield TrackerRow(id=item.id, position=item.position, title=item.title, cells=cells)


def _cells(team: TeamPlan, item: TeamAction) -> Iterator[Cell]:
    questionnaire, still_open = team.plan.questionnaire, not item.work.closed
    for field in _TRACKED:
        label, text = field_label(questionnaire, item, field.id), shown_text(questionnaire, field, item.work)
        decided = item.decides(field.id)
        is_past = field.id == "due" and is_past_due(team.plan, item)
        if field.id == "due":
            text = due_in_words(team.plan, item)
        # What the plan only suggests has no meaning once the action is done or dropped.
        said = text if decided else f"{label}: {text}" if text and still_open else ""
        room = still_open and not (decided and text and not is_past)
        yield Cell(id=field.id, label=label, text=said, room=room)
    status = questionnaire.texts.work.fields["status"].label
    text = questionnaire.texts.work.statuses[item.work.status.id]
    yield Cell(id="status", label=status, text=text, room=still_open)
