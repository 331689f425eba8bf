"""What a page showed when it was rendered, so that a save changes only what its person changed.

A browser sends every field of a page, including those that nobody touched. A page left open in another tab
would then overwrite newer texts with its old ones. So each page carries a digest of each field, and a field
that comes back as it was shown counts as not sent.

The digests also detect when two people changed the same field: it came back changed, and what is stored is
neither what the page showed nor what came back. Then nothing is overwritten: `edit_conflicts` shows both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field

from app.forms.base import Form

DIGESTS = "shown"  # the hidden field of a page that carries the digests


def field_digests(fields: Iterable[Field]) -> str:
    """Return the digests of what is stored, by field, as JSON for the page; empty fields are left out."""
    digests = {field.name: _digest(field.object_data) for field in fields if field.object_data}
    return json.dumps(digests, separators=(",", ":"))


def changed_fields(form: Form, shown: str) -> frozenset[str]:
    """Return the sent fields that differ from what the page showed; all of them if it carried no digests."""
    sent = [field for field in form if field.raw_data]
    before = _digests(shown)
    if before is None:
        return frozenset(field.name for field in sent)
    return frozenset(field.name for field in sent if _digest(field.data) != before.get(field.name, ""))


def conflicting_fields(
    form: Form, shown: str, sent: frozenset[str], stored_value: Callable[[Field], Any]
) -> frozenset[str]:
    """Return which of the changed fields that were sent someone else meanwhile changed to something else.

    `stored_value` returns what would be stored of a field. There are none if the page carried no digests.
    """
    before = _digests(shown)
    if before is None:
        return frozenset()
    return frozenset(
        field.name
        for field in form
        if field.name in sent
        and _digest(field.object_data) not in (before.get(field.name, ""), _digest(stored_value(field)))
    )


def differs_from_shown(fields: Iterable[Field], shown: str) -> bool:
    """Return whether a field changed since the page was rendered; False if it carried no digests."""
    before = _digests(shown)
    return before is not None and before != _digests(field_digests(fields))


def _digests(shown: str) -> dict[str, str] | None:
    try:
        found = json.loads(shown)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: digest for name, digest in found.items() if isinstance(digest, str)}


def _digest(value: Any) -> str:
    if isinstance(value, list | tuple):
        text = "\n".join(sorted(filter(None, value)))
    else:
        text = (value or "").replace("\r\n", "\n").strip()  # as a browser sends a text, and as we store it
    if not text:
        return ""
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()
