"""Why a resource of the guide is not recommended, and which answers would change that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from questions.conditions import truth
from questions.guide import Resource
from questions.kinds.base import Question
from questions.path import Path
from reports.plan.counterfactuals import UNDECIDED, SmallestChange
from reports.plan.model import AnswerChange, NotRecommended, Recommendation
from reports.plan.recommendations import Need, answer_given, is_asked, sources_by_resource
from reports.plan.translations import listed, translations


def not_recommended(
    path: Path, needs: Sequence[Need], recommended: Sequence[Recommendation]
) -> tuple[NotRecommended, ...]:
    """Return each resource of the guide that is not recommended, with the reason and what would change it."""
    recommended_ids = {recommendation.resource.id for recommendation in recommended}
    wanted_ids = {id_ for need in needs for id_ in need.resource_ids}
    smallest_change = SmallestChange(path)
    found = []
    for resource in path.questionnaire.resources:
        if resource.id not in recommended_ids:
            # If the plan has the other entry for the same recording, no answer needs to change.
            changes = () if resource.same_as in recommended_ids else smallest_change.to_get(resource)
            why = _why_not(path, resource, recommended_ids, wanted_ids)
            sentence = _would_bring(path, changes)
            found.append(NotRecommended(resource=resource, why=why, would_bring=sentence, changes=changes))
    return tuple(found)


def _why_not(path: Path, resource: Resource, recommended_ids: set[str], wanted_ids: set[str]) -> str:
    texts = path.questionnaire.texts.plan
    if truth(resource.show_when, path.active.by_question) is False:
        return texts.why_not_audience.format(audience=resource.audience)
    if resource.same_as in recommended_ids:
        return texts.why_not_same_as.format(title=path.questionnaire.resource[resource.same_as].title)
    if resource.id in wanted_ids:
        return texts.why_not_outranked.format(count=path.questionnaire.rules.match.most_per_action)
    if _may_be_needed(path, resource):
        return texts.why_not_unanswered
    return texts.why_not_no_need


def _may_be_needed(path: Path, resource: Resource) -> bool:
    """Return whether an answer that could call for the resource is still missing or “not sure”."""
    return any(
        is_asked(path, source) and answer_given(path.active.by_question, source) in UNDECIDED
        for source in sources_by_resource(path.questionnaire)[resource.id]
    )


def _would_bring(path: Path, changes: Sequence[AnswerChange]) -> str:
    """Return the changes as a sentence; "" if there are none."""
    if not changes:
        return ""
    texts = path.questionnaire.texts.plan
    # Each part ends in a comma already, so they are no list as Babel writes it.
    both = translations(path.questionnaire.language).gettext("%(changes)s and %(change)s")
    parts = [
        _part(path, path.questionnaire.questions[id_], tuple(group))
        for id_, group in groupby(changes, key=lambda change: change.question)
    ]
    said = reduce(lambda changes, change: both % {"changes": changes, "change": change}, parts)
    return texts.would_bring_if.format(changes=said)


def _part(path: Path, question: Question, changes: tuple[AnswerChange, ...]) -> str:
    """Return the changes of one question as a clause that follows “if” and ends in a comma."""
    labels = {option.value: option.label for option in question.options_in(path.questionnaire)}
    answer = _within_quotes([labels[change.value] for change in changes], path.questionnaire.language)
    before = path.active.by_question.get(question.id)
    return question.describe_change(path.questionnaire, before, answer, changes[0].row)


def _within_quotes(labels: Sequence[str], language: str) -> str:
    """Return quoted labels as a list without its outermost quotes, which are in the content: a” and “b."""
    quote = translations(language).gettext("“%(answer)s”")
    opening, closing = quote.split("%(answer)s")
    quoted = listed([quote % {"answer": label} for label in labels], language)
    return quoted.removeprefix(opening).removesuffix(closing)
