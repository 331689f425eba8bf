"""What happened to a question between two versions of the questionnaire, seen in either direction.

The steps in changes.yaml lead from the older version to the newer one. If the earlier assessment has the
newer version, a question that is new in that version is one that the later assessment does not ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questions.model import Questionnaire, version_numbers
from questions.versions.migration import Origin, origins
from reports.comparison.model import Reason

_REASONS: Mapping[str, Reason] = {"split": "split", "merged": "merged"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Two versions, with the origin of each question of the newer one; empty if they are the same."""

    older: Questionnaire
    newer: Questionnaire
    forward: bool
    origins: Mapping[str, Origin]

    def reason(self, id_: str) -> Reason:
        """Return why a question that the two versions do not share cannot be compared."""
        absent_then: Reason = "new_question" if self.forward else "dropped"
        absent_now: Reason = "dropped" if self.forward else "new_question"
        if self.in_newer(id_):
            kind = self.origins[id_].kind
            return absent_then if kind == "new" else _REASONS.get(kind, "wording_changed")
        kinds = [self.origins[successor].kind for successor in self._successors(id_)]
        return _REASONS.get(kinds[0], absent_now) if kinds else absent_now

    def in_newer(self, id_: str) -> bool:
        """Return whether the newer version has this question."""
        return id_ in self.newer.questions

    def other(self, id_: str) -> Questionnaire:
        """Return the version that does not have this question."""
        return self.older if self.in_newer(id_) else self.newer

    def counterparts(self, id_: str) -> tuple[str, ...]:
        """Return the names of the other version's questions in place of this one."""
        ids = self.origins[id_].was if self.in_newer(id_) else self._successors(id_)
        other = self.other(id_)
        return tuple(_name(other, other_id) for other_id in ids)

    def _successors(self, id_: str) -> tuple[str, ...]:
        return tuple(successor for successor, origin in self.origins.items() if id_ in origin.was)


def lineage(earlier: Questionnaire, later: Questionnaire) -> Lineage:
    """Return what happened to the questions between the versions of two assessments."""
    forward = version_numbers(earlier.version) <= version_numbers(later.version)
    older, newer = (earlier, later) if forward else (later, earlier)
    known = {} if older.fingerprint == newer.fingerprint else origins(older, newer)
    return Lineage(older=older, newer=newer, forward=forward, origins=known)


def _name(questionnaire: Questionnaire, id_: str) -> str:
    return questionnaire.questions[id_].short_name
