"""Static files, compressed where the build compressed them and the browser accepts gzip; downloads.

Pages are never compressed: each holds a secret (its forms' CSRF token) beside text that others may choose,
and then the compressed size reveals the secret piece by piece (the BREACH attack).
"""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from urllib.parse import quote

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound

from app.database.assessments import Assessment

# Letters that are no plain letter with an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h"}
)


def register(app: Flask) -> None:
    """Serve the files of app/static with our own view in place of Flask's."""
    app.view_functions["static"] = _file


def _file(filename: str) -> Response:
    response = _compressed(filename) or current_app.send_static_file(filename)
    response.vary.add("Accept-Encoding")
    return response


def _compressed(filename: str) -> Response | None:
    """Return the file as gzip, or None if the browser does not accept it or the build did not compress it."""
    if not request.accept_encodings.quality("gzip"):
        return None
    kind, _ = mimetypes.guess_type(filename)
    try:
        response = send_from_directory(str(current_app.static_folder), f"{filename}.gz", mimetype=kind)
    except NotFound:
        return None
    response.content_encoding = "gzip"
    return response


def attachment(content: bytes, mimetype: str, assessment: Assessment, kind: str, ending: str) -> Response:
    """Return a download whose name says what it is (`kind`), the agency and the date."""
    agency = re.sub(r"\W+", "-", assessment.agency).strip("-").lower()[:60]
    day = assessment.finished_on.isoformat() if assessment.finished_on else "draft"
    number = str(assessment.number_of_day) if assessment.number_of_day > 1 else ""
    name = "-".join(filter(None, (kind, agency, day, number))) + f".{ending}"
    return named_attachment(content, mimetype, name)


def named_attachment(content: bytes, mimetype: str, name: str, disposition: str = "attachment") -> Response:
    """Return a download with this name; with the disposition "inline", browsers open it.

    The name is sent twice: in plain letters, and in its own if these differ (RFC 6266).
    """
    response = Response(content, mimetype=mimetype)
    plain = _in_plain_letters(name)
    own = {"filename*": f"UTF-8''{quote(name, safe='')}"} if plain != name else {}
    response.headers.set("Content-Disposition", disposition, filename=plain, **own)
    return response


def _in_plain_letters(name: str) -> str:
    """Return a file name in ASCII: accents fall away, other letters become dashes."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    ascii_only = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only))
