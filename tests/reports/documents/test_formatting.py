import pytest

from reports.documents.formatting import waiting_time


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "a few seconds"),
        (11, "about a minute"),
        (60, "about a minute"),
        (61, "about 2 minutes"),
        (3600, "about 60 minutes"),
        (3601, "about 2 hours"),
    ],
)
def test_how_long_to_wait_is_said_in_words_and_is_never_too_short(seconds: int, words: str) -> None:
    assert waiting_time(seconds) == words
