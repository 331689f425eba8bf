"""Static files, compressed where the build compressed them and the browser accepts gzip; downloads.

Pages are never compressed: each holds a secret (its forms' CSRF token) beside text that others may choose,
and then the compressed size reveals the secret piece by piece (the BREACH attack).
"""

from __future__ import annotations

import mimetypes
import re

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound

from app.database.assessments import Assessment


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
    agency = re.sub(r"[^A-Za-z0-9]+", "-", assessment.agency).strip("-").lower()[:60]
    day = assessment.finished_on.isoformat() if assessment.finished_on else "draft"
    name = "-".join(filter(None, (kind, agency, day))) + f".{ending}"
    return named_attachment(content, mimetype, name)


def named_attachment(content: bytes, mimetype: str, name: str) -> Response:
    """Return a download with this name."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
