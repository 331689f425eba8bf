"""Finds what looks like client data in answers that did not come from our forms, such as an upload."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from questions.answers import Answers
from questions.privacy.detector import PrivateData, private_data

Place = Literal["agency", "note", "reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateText:
    """A text that looks like client data: where it is, and the pieces that do.

    `key` is its place as an answers file names it; `question` is the id of its question, "" for the agency.
    """

    place: Place
    question: str
    key: str
    pieces: tuple[PrivateData, ...]


def private_texts(agency: str, answers: Answers, today: datetime.date) -> tuple[PrivateText, ...]:
    """Return the name of the agency, the notes and the reasons that look like client data."""
    found = (
        PrivateText(place=place, question=question, key=key, pieces=private_data(text, today))
        for place, question, key, text in _texts(agency, answers)
    )
    return tuple(text for text in found if text.pieces)


def _texts(agency: str, answers: Answers) -> Iterator[tuple[Place, str, str, str]]:
    """Yield the place, question id, key and content of each text."""
    yield "agency", "", "agency", agency
    for id_, text in answers.notes.items():
        yield "note", id_, f"notes: {id_}", text
    for id_, text in answers.reasons.items():
        yield "reason", id_, f"reasons: {id_}", text
