"""The practices of two assessments side by side: which are compared, and why the others are not.

Only matched questions are compared (the same id and major version, on the path in both), and only a stage
with a stage. “Not sure” is never progress and never a step back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questions.conditions import NOT_SURE
from questions.kinds.options import Option
from questions.model import Questionnaire, major
from questions.path import Path
from reports.comparison.explanations import (
    Shown,
    clear_move,
    one_step,
    why_not_answered,
    why_not_applicable,
    why_unlike,
)
from reports.comparison.lineage import Lineage, lineage
from reports.comparison.model import Matched, NotCompared, Outcome, Pair, Reason
from reports.plan.priorities import answer_to


def side_by_side(
    earlier: Path, later: Path, look_back: Mapping[str, str]
) -> tuple[tuple[Matched, ...], tuple[NotCompared, ...]]:
    """Return each practice on the path in at least one of the two: the matched ones, then the others.

    They are in the order of the later questionnaire, followed by those that only the earlier one has. If one
    of the two was a first look, what only the other asked is left out.
    """
    line = lineage(earlier.questionnaire, later.questionnaire)
    matched: list[Matched] = []
    others: list[NotCompared] = []
    one_first_look = earlier.is_first_look != later.is_first_look
    for pair in _pairs(earlier, later):
        obstacle = _obstacle_of_questions(earlier, later, line, pair) or _obstacle_of_answers(
            earlier, later, pair
        )
        if obstacle and one_first_look and obstacle[0] in ("no_longer_applies", "not_asked_before"):
            continue
        if obstacle:
            reason, why = obstacle
            others.append(NotCompared(**_fields(pair), reason=reason, why=why))
        else:
            matched.append(_matched(later, pair, look_back.get(pair.question.id)))
    return tuple(matched), tuple(others)


def comparable(earlier: Path, later: Path, id_: str) -> bool:
    """Return whether both questionnaires have this practice in the same major version."""
    then = earlier.questionnaire.practice.get(id_)
    now = later.questionnaire.practice.get(id_)
    return bool(then and now and major(then.version) == major(now.version))


def _pairs(earlier: Path, later: Path) -> Iterator[Pair]:
    known = later.questionnaire.questions
    now = (id_ for id_ in known if id_ in later.visible or id_ in earlier.visible)
    for id_ in (*now, *(id_ for id_ in earlier.visible if id_ not in known)):
        then = earlier.questionnaire.practice.get(id_)
        now_ = later.questionnaire.practice.get(id_)
        question = now_ or then
        if question:
            yield Pair(
                question=question,
                part=(later if now_ else earlier).questionnaire.place_of[id_][0],
                before=answer_to(earlier, then) if then else None,
                after=answer_to(later, now_) if now_ else None,
                note_before=earlier.active.notes.get(id_, ""),
                note_after=later.active.notes.get(id_, ""),
                points_to=id_ in later.active.points_to,
            )


def _obstacle_of_questions(
    earlier: Path, later: Path, line: Lineage, pair: Pair
) -> tuple[Reason, str] | None:
    """Return why the questions cannot be compared; None if they can."""
    texts, id_ = later.questionnaire.texts.comparison, pair.question.id
    if not comparable(earlier, later, id_):
        reason = line.reason(id_)
        return reason, why_unlike(texts, line, id_, reason)
    if id_ not in later.visible:
        return "no_longer_applies", texts.not_compared_off_now
    if id_ not in earlier.visible:
        return "not_asked_before", texts.not_compared_off_then
    return None


def _obstacle_of_answers(earlier: Path, later: Path, pair: Pair) -> tuple[Reason, str] | None:
    """Return why the answers cannot be compared; None if they can."""
    texts, answers = later.questionnaire.texts.comparison, (pair.before, pair.after)
    if pair.before is None or pair.after is None:
        return "not_answered", why_not_answered(texts, pair)
    if any(answer and answer.steps is None and answer.value != NOT_SURE for answer in answers):
        return "not_applicable", why_not_applicable(texts, earlier, later, pair)
    if pair.before.value == pair.after.value == NOT_SURE:
        return "unsure_both", texts.not_compared_unsure
    return None


def _matched(later: Path, pair: Pair, look_back: str | None) -> Matched:
    questionnaire, texts = later.questionnaire, later.questionnaire.texts.comparison
    outcome, steps = _move(pair.before, pair.after)
    shown = _shown(questionnaire, pair)
    clear = abs(steps) >= questionnaire.rules.comparison.clear_steps or bool(steps and shown)
    scale = questionnaire.scale[pair.question.scale]
    # Where evidence is asked for, one sentence above the list says what one step means.
    said_above = questionnaire.rules.composition is not None
    return Matched(
        **_fields(pair),
        outcome=outcome,
        steps=steps,
        is_clear_move=clear,
        clear_reason=clear_move(questionnaire, abs(steps), shown, pair.question) if clear else "",
        caveat="" if clear or not steps or said_above else one_step(texts, pair.question),
        look_back=scale.option(look_back) if steps < 0 and look_back else None,
    )


def _shown(questionnaire: Questionnaire, pair: Pair) -> Shown | None:
    """Return what shows that a move is not just chance: evidence, or a new note where none is asked for."""
    if questionnaire.rules.composition:
        return "evidence" if pair.points_to else None
    # A note copied from the earlier assessment is not evidence of a change since then.
    return "note" if pair.note_after and pair.note_after != pair.note_before else None


def _move(before: Option | None, after: Option | None) -> tuple[Outcome, int]:
    """Return how an answer moved, and by how many stages (0 unless both are stages)."""
    if before is None or before.steps is None:
        return "now_known", 0
    if after is None or after.steps is None:
        return "now_unsure", 0
    steps = after.steps - before.steps
    if not steps:
        return "same", 0
    return ("moved_up" if steps > 0 else "moved_down"), steps


def _fields(pair: Pair) -> dict[str, Any]:
    """Return the fields of a pair by name, for a type that has more of them."""
    return {
        "question": pair.question,
        "part": pair.part,
        "before": pair.before,
        "after": pair.after,
        "note_before": pair.note_before,
        "note_after": pair.note_after,
        "points_to": pair.points_to,
    }
