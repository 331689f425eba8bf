"""Style sheet, script and images, packed where the build packed them and the browser can unpack.

Pages are never packed: each holds a secret (the token of its forms) beside texts that others may choose,
and then its packed size gives the secret away piece by piece (the BREACH attack).
"""

from __future__ import annotations

import mimetypes

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound


def register(app: Flask) -> None:
    """Serve the files of app/static in place of Flask's own view."""
    app.view_functions["static"] = _file


def _file(filename: str) -> Response:
    response = _packed(filename) or current_app.send_static_file(filename)
    response.vary.add("Accept-Encoding")
    return response


def _packed(filename: str) -> Response | None:
    """Return the file as gzip, or None where the browser does not take it or the build made none."""
    if not request.accept_encodings.quality("gzip"):
        return None
    kind, _ = mimetypes.guess_type(filename)
    try:
        response = send_from_directory(str(current_app.static_folder), f"{filename}.gz", mimetype=kind)
    except NotFound:
        return None
    response.content_encoding = "gzip"
    return response
