"""The addresses of a plan, for those who may open the self-check or have a link to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAddresses:
    """The addresses of one plan: `kind` is "" or "shared_", and `key` what its addresses are made of."""

    kind: str
    key: Mapping[str, Any]

    def plan(self, anchor: str = "", **opened: Any) -> str:
        """Return the address of the plan, with this form or action opened."""
        return url_for(f"plans.{self.kind}plan", **self.key, **opened, _anchor=anchor or None)

    def chapter(self, chapter: str, anchor: str = "") -> str:
        """Return the address of a page beside the plan."""
        return url_for(f"plans.{self.kind}chapter", **self.key, chapter=chapter, _anchor=anchor or None)


def own_addresses(public_id: str) -> PlanAddresses:
    """Return the addresses for those who may open the self-check."""
    return PlanAddresses(kind="", key={"public_id": public_id})


def shared_addresses(token: str) -> PlanAddresses:
    """Return the addresses for those who have a link to the plan."""
    return PlanAddresses(kind="shared_", key={"token": token})
