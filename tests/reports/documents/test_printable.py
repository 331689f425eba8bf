"""Typed text, made fit for the fonts of the PDF."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.html.characters import JOINERS, can_print
from reports.documents.html.printable import LIMIT, direction, loses_characters, printable


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("We ordered the webinar.", "We ordered the webinar."),
        ("Café “El Niño”, §3 – 50 %", "Café “El Niño”, §3 – 50 %"),
        ("e\u0301", "é"),
        ("Nguyễn Łódź", "Nguyễn Łódź"),
        ("● Call → ask ▪ ○ ☑", "● Call → ask ▪ ○ ☑"),
        ("‣ Google \uf0b7 Word", "• Google • Word"),
        ("good \U0001f600", "good \U0001f600"),
        ("❤️ \U0001f469\U0001f3fd\u200d\U0001f4bb", "❤ \U0001f469\u200d\U0001f4bb"),
        ("newer than the fonts \U0001faff", "newer than the fonts"),
        ("Олена Ελένη 你好 ไทย ខ្មែរ हिन्दी አማርኛ தமிழ்", "Олена Ελένη 你好 ไทย ខ្មែរ हिन्दी አማርኛ தமிழ்"),
        ("می\u200cخ", "می\u200cخ"),
        ("\U00012000\U00012001 cuneiform", "[?] cuneiform"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00b\x07c\ud800", "abc[?]"),
        ("a\r\nb\n\n\n\nc  \t d", "a\nb\n\nc d"),
        ("שלום عالم", "שלום عالم"),
        ("", ""),
    ],
)
def test_text_is_printed_without_characters_that_no_font_has(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_a_long_text_is_cut_and_says_so() -> None:
    printed = printable("word " * 1000)
    assert len(printed) <= LIMIT + 2
    assert printed.endswith("…")


def test_a_text_of_a_thousand_lines_is_cut_to_a_few() -> None:
    assert printable("a\n" * 900).count("\n") < 40


@pytest.mark.parametrize(
    ("text", "loses"),
    [
        ("Łódź", False),
        ("\U0001f600", False),
        ("你", False),
        ("\U00012000", True),
        ("a\ud800", True),
        ("line\nline", False),
    ],
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
    assert all(map(can_print, set(printed) - {"\n"} - JOINERS))
    assert printed == unicodedata.normalize("NFC", printed)


@given(st.text(alphabet=st.characters(categories=("So", "Cs", "Mn", "Cf", "Lo")), max_size=2500))
def test_the_length_stays_in_bounds(text: str) -> None:
    assert len(printable(text)) < 2 * LIMIT
