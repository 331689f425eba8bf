"""Archives: ZIP files put together in memory, so that nothing sealed in the database touches a disk."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from typing import Any, Self

from flask import Response, render_template, request

from app import clock
from app.content import current
from app.extensions import db
from app.http.files import named_attachment

_MOST_FILES = 32 * 1024 * 1024  # bytes of PDF files in one archive


class Archive:
    """An archive in the making."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)
        self._room = _MOST_FILES
        self._left_out = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def put_text(self, name: str, text: str) -> None:
        """Put a text into it."""
        self._zip.writestr(name, text)

    def put_json(self, name: str, data: Any) -> None:
        """Put data into it; times are written as text."""
        self.put_text(name, json.dumps(data, ensure_ascii=False, indent=2, default=_as_text) + "\n")

    def put_file(self, name: str, content: bytes) -> None:
        """Put a file into it, if there is room for it."""
        if len(content) <= self._room:
            self._room -= len(content)
            self._zip.writestr(name, content)
        else:
            self._left_out = True

    def content(self) -> bytes:
        """Return all of it, with a text that explains it."""
        texts = current().questionnaire.texts.privacy.archive
        parts = [texts.readme, texts.files_left_out] if self._left_out else [texts.readme]
        self.put_text("README.txt", "\n\n".join(parts) + "\n")
        self._zip.close()
        return self._buffer.getvalue()


def archive_page(about: str, back: str) -> str:
    """Return the page that says what is in an archive, with the button that makes it."""
    return render_template("privacy/archive.html", about=about, back=back, address=request.path)


def sent(archive: Archive, name: str) -> Response:
    """Return the finished archive as a download; the event that it was made is committed."""
    content = archive.content()
    db.session.commit()
    return named_attachment(content, "application/zip", f"{name}-{clock.today()}.zip")


def _as_text(value: object) -> str:
    """Return a moment, in UTC, or a day as text. Raises TypeError for anything else."""
    if isinstance(value, datetime.datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value))
