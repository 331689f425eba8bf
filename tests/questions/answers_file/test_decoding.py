"""The bytes of a file: which are an answers file's text, and what is said of the others."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answers_file.decoding import EXPECTED, MAX_BYTES, text_of_file
from questions.answers_file.parser import AnswersFileError

TEXT = "agency: Ärztehaus\nanswers: {why-01: not_yet}\n"


def error_of(data: bytes) -> str:
    with pytest.raises(AnswersFileError) as caught:
        text_of_file(data)
    (problem,) = map(str, caught.value.problems)
    return problem


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "<xml/>")
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_as_editors_save_it(encoding: str) -> None:
    assert text_of_file(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (zipped("xl/workbook.xml"), "an Excel file"),
        (zipped("word/document.xml"), "a Word file"),
        (zipped("photo.txt"), "an Excel or Word file, or a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel or Word file"),
        (b"{\\rtf1 text", "a rich text file"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar file"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, kind: str) -> None:
    assert error_of(data) == f"this is {kind}. {EXPECTED}"


@pytest.mark.parametrize("data", [b"", b" \n\t"])
def test_an_empty_file_is_reported_as_empty(data: bytes) -> None:
    assert error_of(data) == f"this file is empty. {EXPECTED}"


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert error_of(b"a" * (MAX_BYTES + 1)).startswith("this file is too large: more than 256 kB.")
    assert text_of_file(b"a" * MAX_BYTES)


@pytest.mark.parametrize("data", [b"agency: \xe9", "answers: Ä".encode("latin-1"), b"\xff\xfea"])
def test_another_encoding_is_reported(data: bytes) -> None:
    assert error_of(data) == "this is not UTF-8 text. Save it again as UTF-8."


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_one_problem(data: bytes) -> None:
    problems: tuple[str, ...] = ("none",)
    try:
        text_of_file(data)
    except AnswersFileError as error:
        problems = tuple(map(str, error.problems))
    assert len(problems) == 1
    assert "\n" not in problems[0]
