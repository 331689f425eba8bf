"""What a plan does not know yet: how much it is based on, what to find out, and what would settle most."""

from __future__ import annotations

from collections import Counter

from questions.conditions import NOT_SURE, leaves
from questions.path import Path
from reports.plan.model import Basis, Cause, FindOut, Settles
from reports.plan.priorities import importance_of
from reports.plan.suggestions import lead_of


def basis_of(path: Path) -> Basis:
    """Return how much is known of the practices on the path."""
    asked = [id_ for id_ in path.questionnaire.practice if id_ in path.visible]
    answers = [path.active.by_question.get(id_) for id_ in asked]
    blank, not_sure = answers.count(None), answers.count(NOT_SURE)
    return Basis(answered=len(asked) - blank - not_sure, not_sure=not_sure, blank=blank)


def practices_to_find_out(path: Path) -> tuple[FindOut, ...]:
    """Return the practices answered "not sure", the most important first."""
    unsure = [
        FindOut(
            cause=Cause(question=question.id),
            label=question.text,
            asked="",
            importance=importance_of(path.questionnaire.rules, question).value,
            evidence_prompt=question.evidence_prompt,
            note=path.active.notes.get(question.id, ""),
            ask=lead_of(path, question),
        )
        for question in path.questionnaire.practices
        if path.active.by_question.get(question.id) == NOT_SURE
    ]
    return tuple(sorted(unsure, key=lambda item: -item.importance))


def settles_most(path: Path) -> tuple[Settles, ...]:
    """Return the open questions on which other questions depend, those that would settle most first."""
    questions = path.questionnaire.questions
    depend = Counter(
        id_
        for question in questions.values()
        if question.id in path.visible
        for id_ in {leaf.q for leaf in leaves(path.questionnaire.rules.own_condition(question.show_when))}
    )
    open_ = [id_ for id_ in questions if path.active.by_question.get(id_) in (None, NOT_SURE, (NOT_SURE,))]
    found = [Settles(question=questions[id_], count=depend[id_]) for id_ in open_ if depend[id_]]
    return tuple(sorted(found, key=lambda item: -item.count))
