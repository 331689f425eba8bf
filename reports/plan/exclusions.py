"""Why a resource of the guide is not recommended, and which answers would bring it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from questions.answers import options_of, rows_of
from questions.conditions import truth
from questions.guide import Resource
from questions.model import MatrixQuestion, Question, SingleQuestion, StageQuestion
from questions.path import Path
from reports.plan.counterfactuals import OPEN, WaysIn, answer_given, is_asked
from reports.plan.model import AnswerChange, NotRecommended, Recommendation
from reports.plan.recommendation_sources import offers_of
from reports.plan.recommendations import Need


def not_recommended(
    path: Path, needs: Sequence[Need], recommended: Sequence[Recommendation]
) -> tuple[NotRecommended, ...]:
    """Return each resource of the guide that is not recommended, with the reason and the way in."""
    taken = {recommendation.resource.id for recommendation in recommended}
    wanted = {id_ for need in needs for id_ in need.resource_ids}
    ways = WaysIn(path)
    found = []
    for resource in path.questionnaire.resources:
        if resource.id not in taken:
            # When its twin stands in the plan, no answer is worth a change for the same recording.
            changes = () if resource.same_as in taken else ways.to(resource)
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
    """Return whether something on the path that may call for the resource has no answer, or "not sure"."""
    return any(
        is_asked(path, offer) and answer_given(path.active.by_question, offer) in OPEN
        for offer in offers_of(path.questionnaire)[resource.id]
    )


def _would_bring(path: Path, changes: Sequence[AnswerChange]) -> str:
    """Return the changes as a sentence; "" for none."""
    if not changes:
        return ""
    texts = path.questionnaire.texts.plan
    parts = [
        _part(path, path.questionnaire.questions[id_], tuple(group))
        for id_, group in groupby(changes, key=lambda change: change.question)
    ]
    return texts.would_bring_if.format(changes=" and ".join(parts))


def _part(path: Path, question: Question, changes: tuple[AnswerChange, ...]) -> str:
    """Return the changes of one question, to stand after “if”; it ends in a comma."""
    texts = path.questionnaire.texts.plan
    labels = {option.value: option.label for option in options_of(path.questionnaire, question)}
    answer = "” and “".join(labels[change.value] for change in changes)
    match question:
        case StageQuestion():
            return texts.would_bring_practice.format(practice=question.short, answer=answer)
        case MatrixQuestion():
            rows = {row.value: row.label for row in rows_of(path.questionnaire, question)}
            row = rows[changes[0].row]
            return texts.would_bring_row.format(question=question.text, answer=answer, row=row)
        case SingleQuestion():
            return texts.would_bring_answer.format(question=question.text, answer=answer)
    chosen = path.active.by_question.get(question.id, ())
    alone = next((o.label for o in question.options if o.exclusive and o.value in chosen), "")
    form = texts.would_bring_other if alone else texts.would_bring_choice
    return form.format(question=question.text, answer=answer, before=alone)
