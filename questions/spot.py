"""A place in a content file, by the path of keys and indexes that leads to it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ReferenceFault:
    """What is wrong, and the place in the file of what it is about."""

    file: str
    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of content stands."""

    file: str
    location: Location = ()

    def at(self, *inside: str | int) -> Spot:
        """Return the spot of something inside this one."""
        return Spot(self.file, (*self.location, *inside))

    def fault(self, message: str) -> ReferenceFault:
        """Return a fault of what stands here."""
        return ReferenceFault(self.file, self.location, message)

    def unknown(self, ids: Iterable[str], known: Container[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id that is not known."""
        yield from (self.fault(f"there is no “{id_}”") for id_ in ids if id_ not in known)

    def repeated(self, ids: Iterable[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id of a list that stood in it before."""
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield self.at(index).fault(f"“{id_}” is used twice")
            seen.add(id_)
