"""A condition in words, with the labels that people see: “chose “Intake or screening” in question 4”."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from questions.conditions import AllOf, AnyOf, Chosen, Condition, NoneOf
from questions.kinds.base import Question
from questions.model import Questionnaire
from reports.plan.translations import translations

NameOf = Callable[[Question], str]


def in_words(questionnaire: Questionnaire, condition: Condition, name_of: NameOf) -> str:
    """Return the answers that make the condition true, to follow “if you”; `name_of` names a question.

    A question is also shown while the condition is unknown; the caller must say so.
    """
    return _Wording(questionnaire, name_of).describe(condition, holds=True)


class _Wording:
    def __init__(self, questionnaire: Questionnaire, name_of: NameOf) -> None:
        self._questionnaire = questionnaire
        self._name_of = name_of
        self._translations = translations(questionnaire.language)

    def describe(self, condition: Condition, *, holds: bool) -> str:
        """Return the condition, or that it does not hold: “not (a or b)” becomes “not a and not b”."""
        match condition:
            case Chosen():
                return self._chosen(condition, holds=holds)
            case NoneOf(none=nodes):
                return self._joined(nodes, every=holds, hold=not holds)
            case AllOf(all=nodes):
                return self._joined(nodes, every=holds, hold=holds)
            case AnyOf(any=nodes):
                return self._joined(nodes, every=not holds, hold=holds)

    def _joined(self, nodes: tuple[Condition, ...], *, every: bool, hold: bool) -> str:
        _ = self._translations.gettext
        pattern = _("%(conditions)s, and %(last)s") if every else _("%(conditions)s, or %(last)s")
        parts = (self._as_part(node, hold=hold, alone=len(nodes) == 1) for node in nodes)
        return reduce(lambda conditions, last: pattern % {"conditions": conditions, "last": last}, parts)

    def _as_part(self, node: Condition, *, hold: bool, alone: bool) -> str:
        """Return a node as part of a list; a nested list begins with “both” or “either”."""
        text = self.describe(node, holds=hold)
        if alone or isinstance(node, Chosen) or len(_nodes(node)) == 1:
            return text
        _ = self._translations.gettext
        every = isinstance(node, AllOf) == hold
        pattern = _("both %(conditions)s") if every else _("either %(conditions)s")
        return pattern % {"conditions": text}

    def _chosen(self, leaf: Chosen, *, holds: bool) -> str:
        question = self._questionnaire.questions[leaf.q]
        options = question.options_in(self._questionnaire)
        labels = [option.label for option in options if option.value in leaf.any_of]
        texts = self._questionnaire.texts.files.worksheet
        form = texts.chosen if holds else texts.not_chosen
        return form.format(answers=self._listed(labels), question=self._name_of(question))

    def _listed(self, labels: Iterable[str]) -> str:
        """Return “a”, “a” or “b”, “a,” “b,” or “c”: American English has the comma inside the quotes."""
        _ = self._translations.gettext
        *first, last = labels
        if not first:
            return _("“%(answer)s”") % {"answer": last}
        if len(first) == 1:
            return _("“%(first)s” or “%(last)s”") % {"first": first[0], "last": last}
        text = _("“%(first)s,” or “%(last)s”") % {"first": first.pop(), "last": last}
        return reduce(
            lambda rest, label: _("“%(first)s,” %(rest)s") % {"first": label, "rest": rest},
            reversed(first),
            text,
        )


def _nodes(node: AllOf | AnyOf | NoneOf) -> tuple[Condition, ...]:
    match node:
        case AllOf(all=nodes) | AnyOf(any=nodes) | NoneOf(none=nodes):
            return nodes
