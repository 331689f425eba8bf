"""The bytes of an answers file as text. For another kind of file, the error says what it is."""

from __future__ import annotations

import codecs

from questions.answers_file.parser import AnswersFileError
from questions.text import Message

MAX_BYTES = 256 * 1024
EXPECTED = Message(
    "An answers file is a text file that ends in .yaml or .json, as you download it from this site."
)

# The first bytes of a file, and what is said of its kind.
_KINDS: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", Message("this is a PDF.")),
    (b"PK\x03\x04", Message("this is an Excel or Word file, or a zip archive.")),
    (b"\xd0\xcf\x11\xe0", Message("this is an old Excel or Word file.")),
    (b"{\\rtf", Message("this is a rich text file.")),
    (b"BEGIN:VCALENDAR", Message("this is a calendar file.")),
    (b"<!doctype html", Message("this is a web page.")),
    (b"<html", Message("this is a web page.")),
    (b"<?xml", Message("this is an XML file.")),
    (b"\x89PNG", Message("this is a picture.")),
    (b"\xff\xd8\xff", Message("this is a picture.")),
    (b"GIF8", Message("this is a picture.")),
)
_IN_ZIP = (
    (b"xl/workbook", Message("this is an Excel file.")),
    (b"word/document", Message("this is a Word file.")),
)
_BIG_ENDIAN, _LITTLE_ENDIAN = codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE


def text_of_file(data: bytes) -> str:
    """Return the text of an answers file (UTF-8, or UTF-16 as Notepad writes it). Raises AnswersFileError."""
    if len(data) > MAX_BYTES:
        raise _not_answers(Message("this file is too large: more than %(size)s kB.", size=MAX_BYTES // 1024))
    if not data.strip():
        raise _not_answers(Message("this file is empty."))
    kind = _kind(data)
    if kind:
        raise _not_answers(kind)
    encoding = "utf-16" if data.startswith((_BIG_ENDIAN, _LITTLE_ENDIAN)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AnswersFileError([Message("this is not UTF-8 text. Save it again as UTF-8.")]) from error


def _not_answers(problem: Message) -> AnswersFileError:
    return AnswersFileError([Message("%(problem)s %(expected)s", problem=problem, expected=EXPECTED)])


def _kind(data: bytes) -> Message | None:
    """Return what kind of file this is if it is known not to be text."""
    begin = data[:400].lstrip().lower()
    kind = next((kind for sign, kind in _KINDS if begin.startswith(sign.lower())), None)
    if data.startswith(b"PK"):
        return next((found for name, found in _IN_ZIP if name in data), kind)
    return kind
