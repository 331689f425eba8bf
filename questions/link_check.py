"""Types of what was found when the addresses of the content were tested (content/link_checks.yaml)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from questions.content_type import Content

LinkStatus = Literal[
    "works",  # it leads to a page or a file
    "moved",  # so does its permanent redirect
    "redirected",  # so does its redirect, which may change again
    "gone",  # 404 or 410
    "soft_404",  # it says “found” but shows a page that says “not found”, or the site's home page
    "refused",  # 401, 403, 429 and the like: the site lets no robot in, but a person may get in
    "certificate",  # a browser would warn of the site's certificate
    "timeout",  # no answer in time
    "unreachable",  # no answer at all
    "server_error",  # 5xx, or redirects without end
]
LEADS = frozenset({"works", "moved", "redirected"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheck(Content):
    """The last test of an address (days are ISO dates). `final` is where it led, if that is elsewhere.

    `code` is the last HTTP code, if there was one; `last_worked` is "" while it never worked.
    """

    url: str
    status: LinkStatus
    checked: str
    last_worked: str = ""
    code: int | None = None
    final: str = ""

    @property
    def checked_on(self) -> datetime.date:
        """The day of the test."""
        return datetime.date.fromisoformat(self.checked)

    @property
    def last_worked_on(self) -> datetime.date | None:
        """The last day on which it was tested and worked."""
        return datetime.date.fromisoformat(self.last_worked) if self.last_worked else None
