"""Faults of the rules and scales when read together with the questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from questions.kinds.options import Scale
from questions.model import Questionnaire
from questions.rules import Effort, Rules
from questions.source_files.errors import ReferenceFault, Spot

_SPOT = Spot("rules.yaml")


def rule_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of rules.yaml and scales.yaml."""
    rules = questionnaire.rules
    yield from _number_faults(rules)
    yield from _order_faults(rules)
    yield from _plan_size_faults(questionnaire)
    yield from _SPOT.at("comparison", "caution_questions").unknown(
        rules.comparison.caution_questions, questionnaire.questions
    )
    learning_style = questionnaire.questions.get(rules.learning_style)
    if learning_style is None or not learning_style.accepts_several:
        yield _SPOT.at("learning_style").fault(
            f"“{rules.learning_style}” has to be a question of kind “many”",
            "name the one that asks how staff learn",
        )
    for index, scale in enumerate(questionnaire.scales):
        yield from _scale_faults(scale, Spot("scales.yaml", ("scales", index, "options")))
    for id_ in dict.fromkeys(practice.scale for practice in questionnaire.practices):
        if id_ in questionnaire.scale:
            yield from _gap_faults(rules, questionnaire.scale[id_])


def _number_faults(rules: Rules) -> Iterator[ReferenceFault]:
    at_least_one = {
        ("plan_size", "default"): rules.plan_size.default,
        ("match", "most_per_action"): rules.match.most_per_action,
        ("comparison", "fewest_days"): rules.comparison.fewest_days,
        ("comparison", "clear_steps"): rules.comparison.clear_steps,
        ("note_limit",): rules.note_limit,
        ("reason_limit",): rules.reason_limit,
        ("agency_limit",): rules.agency_limit,
    }
    for place, number in at_least_one.items():
        if number < 1:
            yield _SPOT.at(*place).fault(f"“{place[-1]}” has to be 1 or more", "raise it")
    for place, has in ((("dates", "due_after"), rules.dates.due_after), (("effort",), rules.effort)):
        for effort in get_args(Effort):
            if effort not in has:
                yield _SPOT.at(*place).fault(f"“{effort}” is missing in “{place[-1]}”", "add it")


def _order_faults(rules: Rules) -> Iterator[ReferenceFault]:
    yield from _SPOT.at("tie_breaks").repeated(step.id for step in rules.tie_breaks)
    yield from _SPOT.at("importance").repeated(importance.basis for importance in rules.importance)
    yield from _SPOT.at("bands").repeated(band.id for band in rules.bands)
    least = [band.min for band in rules.bands]
    if least != sorted(set(least), reverse=True) or least[-1:] != [0]:
        yield _SPOT.at("bands").fault(
            "bands stand highest first, and the last one has min: 0", "put them in order, or mend a “min”"
        )


def _plan_size_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    for index, id_ in enumerate(questionnaire.rules.plan_size.questions):
        question = questionnaire.questions.get(id_)
        one = question if question and question.conditions_may_read and not question.accepts_several else None
        options = one.options_in(questionnaire) if one else ()
        caps = [option.plan_cap for option in options if option.plan_cap is not None]
        if not caps or min(caps) < 1:
            yield _SPOT.at("plan_size", "questions", index).fault(
                f"“{id_}” has to be of kind “single”, and its options have a plan_cap of 1 or more",
                "name another question, or mend its options",
            )


def _scale_faults(scale: Scale, spot: Spot) -> Iterator[ReferenceFault]:
    yield from spot.repeated(option.value for option in scale.options)
    steps = [option.steps for option in scale.options if option.steps is not None]
    if len(steps) < 2 or steps != list(range(len(steps))):
        yield spot.fault(
            f"the steps of “{scale.id}” have to be 0, 1, 2 and so on", "number them so, the lowest first"
        )


def _gap_faults(rules: Rules, scale: Scale) -> Iterator[ReferenceFault]:
    stages = [option.value for option in scale.options if option.steps is not None]
    if set(stages) != set(rules.gap):
        yield _SPOT.at("gap").fault(
            f"gap needs one number for each stage of “{scale.id}”", "add what is missing, take out the others"
        )
        return
    gaps = [rules.gap[stage] for stage in stages]
    if gaps != sorted(set(gaps), reverse=True) or gaps[-1] != 0:
        yield _SPOT.at("gap").fault(
            f"gap has to fall from stage to stage of “{scale.id}”, down to 0", "mend the number that does not"
        )
