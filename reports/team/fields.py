"""The fields of an action that the team fills in, and the statuses of an action: one entry each.

The form, the page, the PDF, the spreadsheet, the calendar, and the JSON all go through these lists. Labels
are content, by id: `work.fields` and `work.statuses` in texts.yaml. Hints are words of the site, because no
document prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from questions.text import Message

Widget = Literal["line", "lines", "date", "status"]

# Who leads an action. Its id is older than its name, and in stored work and files.
LEAD = "owner"
# Why the team gave an action up: asked for only then.
DROPPED_REASON = "dropped_reason"
# Widths of a spreadsheet's columns, in characters.
DATE, SHORT, MIDDLE, WIDE = 12, 13, 15, 24
LAST = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far the team is with an action.

    `begun` says that work on it has begun, and `active` that it goes on now: the next plan keeps such an
    action. `closed` leaves nothing to do, and with `dropped` the team gave it up: that needs a reason, and
    the action no longer counts. `colors` are those of background and text in the spreadsheet.
    """

    id: str
    begun: bool = True
    active: bool = False
    closed: bool = False
    dropped: bool = False
    colors: tuple[str, str] | None = None


NOT_STARTED = Status(id="not_started", begun=False)
UNDER_WAY = Status(id="under_way", active=True, colors=("#D9E8F6", "#162E51"))
DONE = Status(id="done", closed=True, colors=("#DDEBD3", "#19311E"))
DROPPED = Status(id="dropped", closed=True, dropped=True, colors=("#E6E6E6", "#454545"))
# In the order of the form. An action begins with the first one.
STATUSES = (NOT_STARTED, UNDER_WAY, DONE, DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionField:
    """A field of an action.

    `reading` and `column` are its place where an action is read and in the spreadsheet, lowest first; fields
    with the same place keep the order of ACTION_FIELDS. `calendar` is its place in the description of a
    calendar event; 0 leaves it out. `width` is the width of its column, and `main` whether it is on the sheet
    that the team works with; the others are on the next one. `tall` asks for several lines on paper. `apart`
    marks what has a place of its own on page and PDF, and so is not one of the facts. `hint` says on the form
    what to write. With `hint_if_blank`, the page shows it while the field is blank.

    What the plan says of a `suggested` field is only a suggestion until the team saves it, and has a label
    that says so. One that `follows` another field has a new suggestion when the other one changes. The
    `card` of an action has the field in its form, or shows it as text. The tracker has what is `tracked`;
    actions that share a page have that nowhere else. The spreadsheet's sheet of actions outside the plan has
    what is `outside`. `on_paper_with` is the field whose room on paper it shares while both are blank.
    """

    id: str
    widget: Widget
    reading: int = LAST
    column: int = LAST
    width: int = WIDE
    main: bool = False
    calendar: int = 0
    tall: bool = False
    apart: bool = False
    hint: Message | None = None
    hint_if_blank: bool = False
    suggested: bool = False
    follows: str = ""
    card: Literal["", "form", "text"] = ""
    tracked: bool = False
    outside: bool = False
    on_paper_with: str = ""


# In the order of the form.
ACTION_FIELDS = (
    ActionField(
        id=LEAD,
        widget="line",
        reading=5,
        column=2,
        width=SHORT,
        main=True,
        calendar=2,
        hint=Message("A job title, such as “program manager.” Please leave out names."),
        suggested=True,
        card="form",
        tracked=True,
        outside=True,
    ),
    ActionField(
        id="first_step",
        widget="lines",
        reading=1,
        column=3,
        main=True,
        calendar=1,
        card="text",
        outside=True,
        hint=Message("Small enough for two weeks."),
    ),
    ActionField(
        id="when_then",
        widget="lines",
        reading=2,
        column=4,
        width=MIDDLE,
        main=True,
        hint=Message(
            "A day, a meeting, or a place that will prompt it. For example: "
            "“When we hold the Monday meeting, we will read one form together.”"
        ),
    ),
    ActionField(
        id="due",
        widget="date",
        reading=6,
        column=5,
        width=DATE,
        main=True,
        suggested=True,
        card="form",
        tracked=True,
    ),
    ActionField(id="needs", widget="lines", reading=8, column=7, width=SHORT, main=True),
    ActionField(
        id="measure",
        widget="lines",
        reading=3,
        column=8,
        width=MIDDLE,
        main=True,
        calendar=3,
        hint=Message("What will show that it worked."),
    ),
    ActionField(
        id="baseline",
        widget="line",
        reading=4,
        column=9,
        width=MIDDLE,
        hint=Message("Where that measure is today: a number or a few words."),
    ),
    ActionField(
        id="survivor_check",
        widget="lines",
        reading=9,
        column=10,
        width=MIDDLE,
        main=True,
        tall=True,
        hint=Message("Ask early, pay fairly, and make it safe to say no."),
        hint_if_blank=True,
    ),
    ActionField(
        id="barrier",
        widget="lines",
        reading=10,
        column=11,
        width=MIDDLE,
        main=True,
        tall=True,
        on_paper_with="notes",
    ),
    ActionField(
        id="review",
        widget="date",
        reading=7,
        column=6,
        width=DATE,
        suggested=True,
        follows="due",
        tracked=True,
        hint=Message("The day you will look at this again. You can put the meeting in the notes."),
    ),
    ActionField(id="status", widget="status", column=1, width=SHORT, main=True, apart=True, card="form"),
    ActionField(
        id=DROPPED_REASON,
        widget="line",
        column=13,
        width=MIDDLE,
        apart=True,
        card="form",
        hint=Message("Only for an action you dropped. A few words are enough."),
    ),
    ActionField(
        id="notes",
        widget="lines",
        reading=11,
        column=12,
        width=MIDDLE,
        main=True,
        tall=True,
        hint=Message("Anything to remember for next time."),
        outside=True,
    ),
)

FIELD_BY_ID: Mapping[str, ActionField] = {field.id: field for field in ACTION_FIELDS}


def status_ids() -> tuple[str, ...]:
    """Return the ids of the statuses, in order."""
    return tuple(status.id for status in STATUSES)


def field_ids() -> tuple[str, ...]:
    """Return the ids of the fields, in the order of the form."""
    return tuple(field.id for field in ACTION_FIELDS)


def fields_to_read() -> tuple[ActionField, ...]:
    """Return the facts of an action in the order in which they are read."""
    facts = (field for field in ACTION_FIELDS if not field.apart)
    return tuple(sorted(facts, key=lambda field: field.reading))


def fields_on_card() -> tuple[ActionField, ...]:
    """Return the fields in the form on the card of an action, in order."""
    return tuple(field for field in ACTION_FIELDS if field.card == "form")


def fields_outside() -> tuple[ActionField, ...]:
    """Return the fields on the spreadsheet's sheet of actions outside the plan, in reading order."""
    return tuple(field for field in fields_to_read() if field.outside)


def fields_in_columns(*, main: bool) -> tuple[ActionField, ...]:
    """Return the fields on the spreadsheet's main sheet, or those on the next one, in column order."""
    found = (field for field in ACTION_FIELDS if field.main == main)
    return tuple(sorted(found, key=lambda field: field.column))


def fields_in_calendar() -> tuple[ActionField, ...]:
    """Return the fields in the description of a calendar event, in order."""
    shown = (field for field in ACTION_FIELDS if field.calendar)
    return tuple(sorted(shown, key=lambda field: field.calendar))
