"""The addresses of a plan, for those who may open the self-check or have a link to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import url_for


@dataclass(frozen=True, kw_only=True)
class PlanAddresses:
    """The addresses of one plan: `kind` is "" or "shared_", and `key` what its addresses are made of."""

    kind: str
    key: Mapping[str, Any]

    @cached_property
    def _plan(self) -> str:
        return url_for(f"plans.{self.kind}plan", **self.key)

    def plan(self, anchor: str = "", **opened: str) -> str:
        """Return the address of the plan, with this form or action opened."""
        query = f"?{urlencode(opened)}" if opened else ""
        return f"{self._plan}{query}{'#' if anchor else ''}{anchor}"

    def chapter(self, chapter: str, anchor: str = "") -> str:
        """Return the address of a page beside the plan."""
        return url_for(f"plans.{self.kind}chapter", **self.key, chapter=chapter, _anchor=anchor or None)


def own_addresses(public_id: str) -> PlanAddresses:
    """Return the addresses for those who may open the self-check."""
    return PlanAddresses(kind="", key={"public_id": public_id})


def shared_addresses(token: str) -> PlanAddresses:
    """Return the addresses for those who have a link to the plan."""
    return PlanAddresses(kind="shared_", key={"token": token})
