"""What a page showed when it was made, so that a save changes only what its person changed.

A browser sends every field of a page, also those that nobody touched. A page that was open in another
tab would then write its old texts over newer ones. So each page carries a digest of what it showed, and
a field that comes back as it was shown counts as not sent.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.forms import Form

FIELD = "shown"


def shown_by(form: Form) -> str:
    """Return the digests of a form's values by field, empty ones left out, as JSON to carry in the page."""
    digests = {field.name: _digest(field.data) for field in form if field.data}
    return json.dumps(digests, separators=(",", ":"))


def sent_fields(form: Form, shown: str) -> frozenset[str]:
    """Return the fields that were sent and differ from what the page showed; all sent if it tells nothing."""
    sent = [field for field in form if field.raw_data]
    before = _digests(shown)
    if before is None:
        return frozenset(field.name for field in sent)
    return frozenset(field.name for field in sent if _digest(field.data) != before.get(field.name, ""))


def _digests(shown: str) -> dict[str, Any] | None:
    try:
        found = json.loads(shown)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _digest(value: Any) -> str:
    if isinstance(value, list | tuple):
        text = "\n".join(sorted(filter(None, value)))
    else:
        text = (value or "").replace("\r\n", "\n").strip()  # as a browser sends a text, and as we keep it
    if not text:
        return ""
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()
