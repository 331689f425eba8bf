"""The running site that all tests of this folder share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class Site:
    """Its address, where its data is, and what tests made there once for all."""

    address: str
    data: Path
    _made: dict[str, object] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what was made under this name; make it if nobody has."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]
