import unicodedata

import pytest
from hypothesis import given

from questions.text import clean, excerpt, quoted
from tests.support.strategies import any_text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Harbor House \n", "Harbor House"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "\u00e9"),
        ("a\x00\x07\u202e\ufeff\ufdd0\U0001ffffb", "ab"),
        ("one\vtwo\x85three\u2028four\u2029five\fsix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("word\u200bbreak \u200e\u200f\u00ad", "word\u200bbreak \u200e\u200f\u00ad"),
        ("assigned later: \U0001fa77 \U0001fae9 \uf0b7", "assigned later: \U0001fa77 \U0001fae9 \uf0b7"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("a\tb", "a\tb"),
        ("\ud800", ""),
    ],
)
def test_typed_text_is_cleaned(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(any_text)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once


@given(any_text)
def test_a_quoted_value_fits_on_one_line(text: str) -> None:
    assert len(str(quoted(text)).splitlines()) == 1
    assert len(excerpt(text * 100)) <= 61


def test_a_list_or_a_mapping_is_not_quoted_in_full() -> None:
    assert str(quoted([["x"] * 1000])) == "a list"
    assert str(quoted({"x": 1})) == "a set of keys"
