"""Dates in words on paper."""

import datetime

import pytest

from reports.documents.formatting import long_date

DAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(("language", "words"), [("en-US", "March 1, 2026"), ("es", "1 de marzo de 2026")])
def test_a_date_is_written_as_its_language_does(language: str, words: str) -> None:
    assert long_date(DAY, language) == words


def test_every_date_reads_in_english_as_plans_have_always_had_it() -> None:
    days = [DAY + datetime.timedelta(days=number) for number in range(-400, 400)]
    assert [long_date(day, "en-US") for day in days] == [f"{day:%B} {day.day}, {day.year}" for day in days]
