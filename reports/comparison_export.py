"""A comparison in the public form of the plan's JSON (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reports.comparison_model import Comparison, Fate, Matched, Pair, Sitting


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison in plain lists, dicts, strings and numbers.

    `before` and `after` in the details are the values of the answers, as in an answers file; `steps` are
    below 0 for a move down.
    """
    fates = comparison.fates
    return {
        "earlier": _head(comparison.earlier),
        "later": _head(comparison.later),
        "cautions": list(comparison.cautions),
        "compared": comparison.compared,
        "of": comparison.of,
        "moved_up": _ids(comparison.moved_up),
        "same": _ids(comparison.same),
        "moved_down": _ids(comparison.moved_down),
        "now_known": _ids(comparison.now_known),
        "now_unsure": _ids(comparison.now_unsure),
        "not_compared": [
            {"question": pair.question.id, "why": pair.why, "reason": pair.reason}
            for pair in comparison.not_compared
        ],
        "plan": {name: _ids(getattr(fates, name)) for name in fates.__dataclass_fields__},
        "details": [_details(pair) for pair in comparison.matched],
        "sections": [
            {
                "id": section.part.id,
                "before": dict(section.before.counts),
                "after": dict(section.after.counts),
                "left_out": section.left_out,
            }
            for section in comparison.sections
        ],
        "fates": [
            {"question": fate.question.id, "fate": name, "why": fate.why, "by_rule": fate.by_rule}
            for name in fates.__dataclass_fields__
            for fate in getattr(fates, name)
        ],
        "completion": _completion(comparison),
    }


def _head(sitting: Sitting) -> dict[str, str]:
    return {"date": sitting.occasion.date.isoformat(), "version": sitting.path.questionnaire.version}


def _ids(items: Iterable[Pair | Fate]) -> list[str]:
    return [item.question.id for item in items]


def _details(pair: Matched) -> dict[str, Any]:
    return {
        "question": pair.question.id,
        "before": pair.before.value,
        "after": pair.after.value,
        "steps": pair.steps,
        "clear": pair.clear,
        "note_before": pair.note_before,
        "note_after": pair.note_after,
        "look_back": pair.look_back.value if pair.look_back else "",
    }


def _completion(comparison: Comparison) -> list[dict[str, Any]] | None:
    if comparison.completion is None:
        return None
    return [
        {
            "id": action.id,
            "title": action.title,
            "own": action.own,
            "status": action.status,
            "dropped_reason": action.dropped_reason,
        }
        for action in comparison.completion
    ]
