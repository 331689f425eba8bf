"""Whether a page has told of what is about to be deleted."""

from __future__ import annotations

from flask import request


def is_to_ask(of: str) -> bool:
    """Return whether to ask first: until a button is pressed on a page that told of this, as it still is.

    So nobody deletes, from a page left open, what a colleague has finished or added since.
    """
    return request.method != "POST" or request.args.get("of", "") != of
