"""Files to download, and the key under which a PDF is kept."""

from __future__ import annotations

import hashlib
import re

from flask import Response

from app.database.assessments import Assessment
from reports.pdf_key import engine


def attachment(content: bytes, mimetype: str, assessment: Assessment, ending: str) -> Response:
    """Return a download with a name that tells the agency and the day."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=_file_name(assessment, ending))
    return response


def plan_key(assessment: Assessment) -> str:
    """Return what a finished assessment's PDF is made from, as 64 hex digits.

    A finished assessment never changes; so its id, its content's fingerprint, and the code and
    libraries that draw it say everything.
    """
    parts = (engine(), assessment.fingerprint or "", assessment.public_id)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _file_name(assessment: Assessment, ending: str) -> str:
    agency = re.sub(r"[^A-Za-z0-9]+", "-", assessment.agency).strip("-").lower()[:60]
    kind = "answers" if ending == "yaml" else "action-plan"
    day = assessment.finished_on.isoformat() if assessment.finished_on else "draft"
    return "-".join(filter(None, (kind, agency, day))) + f".{ending}"
