"""Typed text, made fit for the fonts of the PDF."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.html.printable import (
    LIMIT,
    MOST_EMOJI,
    _coverage,
    direction,
    loses_characters,
    printable,
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("We ordered the webinar.", "We ordered the webinar."),
        ("Café “El Niño”, §3 – 50 %", "Café “El Niño”, §3 – 50 %"),
        ("e\u0301", "é"),
        ("Nguyễn Łódź", "Nguyễn Łódź"),
        ("good \U0001f600", "good [grinning face]"),
        ("❤️❤️❤️", "[heart ×3]"),
        ("\U0001f469\U0001f3fd\u200d\U0001f4bb", "[woman][personal computer]"),
        ("\U0001f1fa\U0001f1f8 flag", "[flag US] flag"),
        ("你好 there", "[?] there"),
        ("\uff46\uff55\uff4c\uff4c ①", "full 1"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00b\x07c\ud800", "abc[?]"),
        ("a\r\nb\n\n\n\nc  \t d", "a\nb\n\nc d"),
        ("שלום عالم", "שלום عالم"),
        ("", ""),
    ],
)
def test_what_is_printed(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_only_so_many_emoji_are_named() -> None:
    faces = "".join(chr(0x1F600 + number) for number in range(50))
    assert printable(faces).count("[") == MOST_EMOJI + 1
    assert printable(faces).endswith("[more emoji]")


def test_a_long_text_is_cut_and_says_so() -> None:
    printed = printable("word " * 1000)
    assert len(printed) <= LIMIT + 2
    assert printed.endswith("…")


def test_thousands_of_lines_become_few() -> None:
    assert printable("a\n" * 900).count("\n") < 40


@pytest.mark.parametrize(
    ("text", "loses"),
    [("Łódź", False), ("\U0001f600", False), ("你", True), ("a\ud800", True), ("line\nline", False)],
)
def test_lost_characters_are_known(text: str, loses: bool) -> None:
    assert loses_characters(text) is loses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "ltr"),
        ("", "ltr"),
        ("2026 בית", "rtl"),
        ("مرحبا abc", "rtl"),
        ("abc مرحبا", "ltr"),
        ("123", "ltr"),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, expected: str) -> None:
    assert direction(text) == expected


@given(st.text(max_size=300))
def test_every_character_left_is_in_a_font(text: str) -> None:
    printed = printable(text)
    assert set(printed) - {"\n"} <= _coverage()
    assert printed == unicodedata.normalize("NFC", printed)


@given(st.text(alphabet=st.characters(categories=("So", "Cs", "Mn", "Cf", "Lo")), max_size=2500))
def test_the_length_stays_in_bounds(text: str) -> None:
    assert len(printable(text)) < 2 * LIMIT
