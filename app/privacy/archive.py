"""Archives: ZIP files built in memory, so that nothing encrypted in the database touches a disk in clear."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from typing import Any

from flask import Response, render_template, request

from app import clock
from app.extensions import db
from app.http.files import named_attachment

_MAX_PDF_BYTES = 32 * 1024 * 1024  # in one archive


class Archive:
    """An archive that is being built."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)
        self._bytes_left = _MAX_PDF_BYTES
        self._files_left_out = False

    def put_text(self, name: str, text: str) -> None:
        """Add a text file."""
        self._zip.writestr(name, text)

    def put_json(self, name: str, data: Any) -> None:
        """Add data as JSON, with times in ISO format."""
        self.put_text(name, json.dumps(data, ensure_ascii=False, indent=2, default=_iso_format) + "\n")

    def put_file(self, name: str, content: bytes) -> None:
        """Add a file if there is room for it."""
        if len(content) <= self._bytes_left:
            self._bytes_left -= len(content)
            self._zip.writestr(name, content)
        else:
            self._files_left_out = True

    def content(self) -> bytes:
        """Return the finished archive, with a README that explains it."""
        readme = render_template("privacy/README.txt", files_left_out=self._files_left_out)
        self.put_text("README.txt", readme)
        self._zip.close()
        return self._buffer.getvalue()


def archive_page(about: str, back: str) -> str:
    """Return the page that says what is in an archive, with the button to download it."""
    return render_template("privacy/archive.html", about=about, back=back, address=request.path)


def archive_download(archive: Archive, name: str) -> Response:
    """Return the finished archive as a download, and commit the security event that was logged."""
    content = archive.content()
    db.session.commit()
    return named_attachment(content, "application/zip", f"{name}-{clock.today()}.zip")


def _iso_format(value: object) -> str:
    """Return a moment, in UTC, or a day in ISO format. Raises TypeError for anything else."""
    if isinstance(value, datetime.datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value))
