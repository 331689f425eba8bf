"""A place in a content file, by the path of keys and indexes that leads to it."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ReferenceFault:
    """What is wrong, the place in the file of what it is about, and a way to mend it."""

    file: str
    location: Location
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of content stands."""

    file: str
    location: Location = ()

    def at(self, *inside: str | int) -> Spot:
        """Return the spot of something inside this one."""
        return Spot(self.file, (*self.location, *inside))

    def fault(self, message: str, mend: str) -> ReferenceFault:
        """Return a fault of what stands here, with a way to mend it."""
        return ReferenceFault(self.file, self.location, message, mend)

    def unknown(self, ids: Iterable[str], known: Container[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id that is not known."""
        mend = "look for a typing mistake, or add the entry it names"
        yield from (self.fault(f"there is no “{id_}”", mend) for id_ in ids if id_ not in known)

    def repeated(self, ids: Iterable[str]) -> Iterator[ReferenceFault]:
        """Yield a fault for each id of a list that stood in it before."""
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield self.at(index).fault(
                    f"“{id_}” is used twice", "give the second one a name of its own, or take it out"
                )
            seen.add(id_)

    def no_date(self, text: str) -> Iterator[ReferenceFault]:
        """Yield a fault if the text that stands here is no date."""
        try:
            sound = datetime.date.fromisoformat(text).isoformat() == text
        except ValueError:
            sound = False
        if not sound:
            yield self.fault(
                f"“{self.location[-1]}” has to be a date", "write it as year-month-day, such as 2026-03-01"
            )
