"""What looks like client data in a set of answers that was not typed into our forms, as from a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from questions.answers import Answers
from questions.model import Questionnaire
from questions.privacy.detector import PrivateData, private_data
from questions.site_texts.privacy import PrivateDataTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateText:
    """A text that looks like client data: its place as the file names it, in words, and the pieces."""

    key: str
    place: str
    pieces: tuple[PrivateData, ...]


def private_texts(
    questionnaire: Questionnaire,
    agency: str,
    answers: Answers,
    words: PrivateDataTexts,
    today: datetime.date,
) -> tuple[PrivateText, ...]:
    """Return the texts beside these answers that look like client data; `words` are those of today."""
    texts = _texts(questionnaire, agency, answers, words)
    found = ((key, place, private_data(text, words, today)) for key, place, text in texts)
    return tuple(PrivateText(key=key, place=place, pieces=pieces) for key, place, pieces in found if pieces)


def _texts(
    questionnaire: Questionnaire, agency: str, answers: Answers, words: PrivateDataTexts
) -> Iterator[tuple[str, str, str]]:
    """Yield each text with its key in a file and its place in words."""
    yield "agency", words.in_file_agency, agency
    for key, place, texts in (
        ("notes", words.in_file_note, answers.notes),
        ("reasons", words.in_file_reason, answers.reasons),
    ):
        for id_, text in texts.items():
            yield f"{key}: {id_}", place.format(question=questionnaire.questions[id_].text), text
