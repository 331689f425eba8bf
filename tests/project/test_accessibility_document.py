"""docs/accessibility.md goes through every criterion of WCAG 2.2 A and AA, and names tests that exist."""

import re

from tests.support.project_files import PROJECT, read

ROWS = re.findall(
    r"^\| (\d\.\d\.\d+) [^|]+\| (A+) \| ([^|]+)\| ([^|]*)\|$",
    read(PROJECT / "docs" / "accessibility.md"),
    re.MULTILINE,
)
# https://www.w3.org/TR/WCAG22/
A = re.findall(
    r"\S+",
    """
    1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2
    2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2
    """,
)
AA = re.findall(
    r"\S+",
    """
    1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7
    2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3
    """,
)


def test_each_criterion_is_listed_once_with_its_level() -> None:
    assert len(A) + len(AA) == 55
    found = sorted((number, level) for number, level, _, _ in ROWS)
    assert found == sorted([*((number, "A") for number in A), *((number, "AA") for number in AA)])


def test_each_names_a_test_or_says_why_there_is_none() -> None:
    excuses = ("Does not apply: ", "Read by us; no test.")
    named = {number: re.findall(r"`(tests/[^`]+)`", tests) for number, _, _, tests in ROWS}
    assert [name for names in named.values() for name in names if not (PROJECT / name).is_file()] == []
    without = [(number, how) for number, _, how, _ in ROWS if not named[number]]
    assert [number for number, how in without if not any(excuse in how for excuse in excuses)] == []
