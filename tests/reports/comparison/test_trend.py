"""How the same practices stood over several assessments, and the line that says what moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from questions.path import Path
from reports.comparison.model import Moves, moves_line
from reports.comparison.trend import trend

PathOf = Callable[..., Path]


def test_only_practices_that_were_rated_each_time_count(assessment_of: PathOf) -> None:
    answers = ({"why-01": "not_yet", "why-02": "started"}, {"why-01": "started"}, {"why-01": "started"})
    found = trend([assessment_of({**each, "why-03": "not_sure"}) for each in answers])
    assert found
    assert found.practices == 1
    assert [tuple(each.counts.values()) for each in found.counts] == [
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 1, 0, 0),
    ]


def test_two_are_no_trend_nor_is_nothing_in_common(assessment_of: PathOf) -> None:
    rated, blank = assessment_of({"why-01": "not_yet"}), assessment_of({})
    assert trend([rated, rated]) is None
    assert trend([rated, blank, rated]) is None


@pytest.mark.parametrize(
    ("moves", "line"),
    [
        (Moves(up=17, clear=4, down=1, same=19), "17 up, 4 of them clear; 1 down; 19 the same"),
        (Moves(up=1, clear=0, down=0, same=0), "1 up, not a clear move"),
        (Moves(up=0, clear=0, down=2, same=0), "2 down"),
        (Moves(up=0, clear=0, down=0, same=0), ""),
    ],
)
def test_the_line_says_what_moved_and_how_much_of_it_clearly(moves: Moves, line: str) -> None:
    assert moves_line(moves, "en-US") == line
