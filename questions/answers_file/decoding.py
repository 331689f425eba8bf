"""The bytes of an answers file as text. For another kind of file, the error says what it is."""

from __future__ import annotations

import codecs

from questions.answers_file.parser import AnswersFileError

MAX_BYTES = 256 * 1024
EXPECTED = "An answers file is a text file that ends in .yaml or .json, as you download it from this site."

# The first bytes of a file, and what kind of file it is.
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an Excel or Word file, or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"{\\rtf", "a rich text file"),
    (b"BEGIN:VCALENDAR", "a calendar file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_IN_ZIP = ((b"xl/workbook", "an Excel file"), (b"word/document", "a Word file"))
_BIG_ENDIAN, _LITTLE_ENDIAN = codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE


def text_of_file(data: bytes) -> str:
    """Return the text of an answers file (UTF-8, or UTF-16 as Notepad writes it). Raises AnswersFileError."""
    if len(data) > MAX_BYTES:
        raise AnswersFileError([f"this file is too large: more than {MAX_BYTES // 1024} kB. {EXPECTED}"])
    if not data.strip():
        raise AnswersFileError([f"this file is empty. {EXPECTED}"])
    kind = _kind(data)
    if kind:
        raise AnswersFileError([f"this is {kind}. {EXPECTED}"])
    encoding = "utf-16" if data.startswith((_BIG_ENDIAN, _LITTLE_ENDIAN)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AnswersFileError(["this is not UTF-8 text. Save it again as UTF-8."]) from error


def _kind(data: bytes) -> str:
    """Return what kind of file this is if it is known not to be text; else ""."""
    begin = data[:400].lstrip().lower()
    kind = next((kind for sign, kind in _KINDS if begin.startswith(sign.lower())), "")
    if data.startswith(b"PK"):
        return next((found for name, found in _IN_ZIP if name in data), kind)
    return kind
