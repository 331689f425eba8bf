"""Why a resource of the guide is not recommended, and which answers would change that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from questions.conditions import truth
from questions.guide import Resource
from questions.kinds.base import Question
from questions.path import Path
from reports.plan.counterfactuals import UNDECIDED, SmallestChange
from reports.plan.model import AnswerChange, NotRecommended, Recommendation
from reports.plan.recommendations import Need, answer_given, is_asked, sources_by_resource


def not_recommended(
    path: Path, needs: Sequence[Need], recommended: Sequence[Recommendation]
) -> tuple[NotRecommended, ...]:
    """Return each resource of the guide that is not recommended, with the reason and what would change it."""
    taken = {recommendation.resource.id for recommendation in recommended}
    wanted = {id_ for need in needs for id_ in need.resource_ids}
    smallest_change = SmallestChange(path)
    found = []
    for resource in path.questionnaire.resources:
        if resource.id not in taken:
            # If the plan has its twin, no answer needs to change for the same recording.
            changes = () if resource.same_as in taken else smallest_change.to_get(resource)
            why = _why_not(path, resource, taken, wanted)
            told = _would_bring(path, changes)
            found.append(NotRecommended(resource=resource, why=why, would_bring=told, changes=changes))
    return tuple(found)


def _why_not(path: Path, resource: Resource, taken: set[str], wanted: set[str]) -> str:
    texts = path.questionnaire.texts.plan
    if truth(resource.show_when, path.active.by_question) is False:
        return texts.why_not_audience.format(audience=resource.audience)
    if resource.same_as in taken:
        return texts.why_not_same_as.format(title=path.questionnaire.resource[resource.same_as].title)
    if resource.id in wanted:
        return texts.why_not_outranked.format(count=path.questionnaire.rules.match.most_per_action)
    if _is_open(path, resource):
        return texts.why_not_unanswered
    return texts.why_not_no_need


def _is_open(path: Path, resource: Resource) -> bool:
    """Return whether something on the path that could call for it is unanswered or “not sure”."""
    return any(
        is_asked(path, source) and answer_given(path.active.by_question, source) in UNDECIDED
        for source in sources_by_resource(path.questionnaire)[resource.id]
    )


def _would_bring(path: Path, changes: Sequence[AnswerChange]) -> str:
    """Return the changes as a sentence; "" if there are none."""
    if not changes:
        return ""
    texts = path.questionnaire.texts.plan
    parts = [
        _part(path, path.questionnaire.questions[id_], tuple(group))
        for id_, group in groupby(changes, key=lambda change: change.question)
    ]
    return texts.would_bring_if.format(changes=" and ".join(parts))


def _part(path: Path, question: Question, changes: tuple[AnswerChange, ...]) -> str:
    """Return the changes of one question, to follow “if”; it ends in a comma."""
    values = [change.value for change in changes]
    before = path.active.by_question.get(question.id)
    return question.describe_change(path.questionnaire, before, values, changes[0].row)
