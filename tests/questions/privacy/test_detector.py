"""What looks like client data in free text, and what does not."""

import datetime
import itertools
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.privacy.answers import private_texts
from questions.privacy.detector import PrivateData, private_data

TODAY = datetime.date(2026, 11, 24)


def found(text: str) -> tuple[PrivateData, ...]:
    return private_data(text, TODAY)


LOOKS_PRIVATE = {
    "email": ["write to maria.lopez@example.org soon → maria.lopez@example.org"],
    "telephone": [
        "Maria: (555) 010-4477 → (555) 010-4477",
        "202-555-0143 → 202-555-0143",
        "202.555.0143 → 202.555.0143",
        "2025550143 → 2025550143",
        "at +1 202 555 0143, evenings → +1 202 555 0143",
        "+44 20 7946 0958 → +44 20 7946 0958",
        "you can call 555-0143 → 555-0143",
    ],
    "ssn": [
        "123-45-6789 → 123-45-6789",
        "Her SSN is 123456789 → 123456789",
        "social security number ends in 6789 → 6789",
    ],
    "birth_date": [
        "DOB 3/4/12 → 3/4/12",
        "she was born on March 5, 2011 in May → March 5, 2011",
        "5 March 1999 → 5 March 1999",
        "1999-03-05 → 1999-03-05",
        "20010305 → 20010305",
    ],
    "case_number": [
        "case no. 19-cv-0123 → 19-cv-0123",
        "Case #4471 → 4471",
        "docket 2025-0142 → 2025-0142",
        "A123456789 → A123456789",
        "A# 123-456-789 → A# 123-456-789",
        "participant #171 → 171",
    ],
    "long_number": ["12345678 → 12345678", "4111 1111 1111 1111 → 4111 1111 1111 1111"],
}
INNOCENT = """
budget $25,000 and $2500000
2026-03-01 is the due date
staffed 24/7; room 1203; Room 203-1204; Suite 300
45 CFR 1351, 18 U.S.C. 1591, H.R. 5856, SB 1193
ages 12-17, clients 18 and up, 95 percent, 95%
https://www.harborhouse.org/files/12345678?x=202-555-0143
www.example.org/2025550143
call 911 or 988; the hotline is 1-888-373-7888
between 2019 and 2026; FY 2025-2026; policy adopted 3/1/2018
300-1200 hours, 100-2000 people, 3 to 4 weeks, version 1.1.0, 10:30 AM
our case load is 25; case 12; case management since 2015; in case 2026 is late
file 2026-03-01 budget; case conference on 2026-12-01; court dates are on 4/12
served 1,250 clients; half of our 40 staff; survivor board met 10 times in 2025
P.O. Box 1234, 1200 Main Street, zip 20201-1234
we meet @ noon
""".strip().splitlines()


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in LOOKS_PRIVATE.items() for text in texts]
)
def test_what_looks_like_client_data_is_found(kind: str, text: str) -> None:
    text, _, piece = text.partition(" → ")
    assert [(one.kind, one.piece) for one in found(text)] == [(kind, piece)]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_notes_are_left_alone(text: str) -> None:
    assert found(text) == ()


def test_all_pieces_of_a_text_are_found_in_order() -> None:
    text = "Maria, DOB 3/4/1990, 202-555-0143, case #4471. Call 988."
    assert [piece.kind for piece in found(text)] == ["birth_date", "telephone", "case_number"]


PIECES = [*string.digits, *" -/.()#:@+A\n", "born ", "case ", "ssn ", "Jan ", "é", "२"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
HOSTILE = [
    "a",
    "1",
    "1-",
    "a@",
    "a.a@a",
    "(",
    "+1",
    "case ",
    "case 1a",
    "1 ",
    "ssn 1 ",
    "12 jan ",
    "A-",
    "a@a.",
]


@given(TEXTS | st.text())
def test_pieces_are_within_the_text_and_do_not_overlap(text: str) -> None:
    pieces = found(text)
    assert all(text[piece.start : piece.end] == piece.piece != "" for piece in pieces)
    assert all(before.end <= after.start for before, after in itertools.pairwise(pieces))


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_checked_quickly(unit: str) -> None:
    """A few milliseconds; a pattern that tries all ways would take minutes. Waiting does not count."""
    found("")
    began = time.thread_time()
    found(unit * (4000 // len(unit)))
    assert time.thread_time() - began < 1


def test_private_texts_are_named_by_their_key() -> None:
    answers = Answers(notes={"why-01": "Call Maria at 202-555-0143", "why-02": "fine"})
    (note,) = private_texts("Harbor House", answers, TODAY)
    assert (note.place, note.question, note.key) == ("note", "why-01", "notes: why-01")
    assert [piece.kind for piece in note.pieces] == ["telephone"]
