"""Files to download."""

from __future__ import annotations

import re

from flask import Response

from app.database.assessments import Assessment


def attachment(content: bytes, mimetype: str, assessment: Assessment, kind: str, ending: str) -> Response:
    """Return a download with a name that tells what it is (`kind`), the agency and the day."""
    agency = re.sub(r"[^A-Za-z0-9]+", "-", assessment.agency).strip("-").lower()[:60]
    day = assessment.finished_on.isoformat() if assessment.finished_on else "draft"
    name = "-".join(filter(None, (kind, agency, day))) + f".{ending}"
    return named_attachment(content, mimetype, name)


def named_attachment(content: bytes, mimetype: str, name: str) -> Response:
    """Return a download with this name."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
