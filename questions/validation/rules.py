"""Problems in the rules and scales when read together with the questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from questions.kinds.options import Scale
from questions.model import Questionnaire
from questions.rules import Effort, PlaceId, Rules
from questions.source_files.errors import LocatedProblem, Location

_LOCATION = Location("rules.yaml")


def rule_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in rules.yaml and scales.yaml."""
    rules = questionnaire.rules
    yield from _number_problems(rules)
    yield from _order_problems(rules)
    yield from _plan_size_problems(questionnaire)
    yield from _LOCATION.at("comparison", "caution_questions").unknown_ids(
        rules.comparison.caution_questions, questionnaire.questions
    )
    learning_style = questionnaire.questions.get(rules.learning_style)
    if learning_style is None or not learning_style.accepts_several:
        yield _LOCATION.at("learning_style").problem(
            f"“{rules.learning_style}” must be a question of kind “many”",
            "use the question about how staff learn",
        )
    yield from _composition_problems(questionnaire)
    yield from _depth_problems(questionnaire)
    yield from _lead_problems(questionnaire)
    for index, scale in enumerate(questionnaire.scales):
        yield from _scale_problems(scale, Location("scales.yaml", ("scales", index, "options")))
    for id_ in dict.fromkeys(practice.scale for practice in questionnaire.practices):
        if id_ in questionnaire.scale:
            yield from _gap_problems(rules, questionnaire.scale[id_])


def _number_problems(rules: Rules) -> Iterator[LocatedProblem]:
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
            yield _LOCATION.at(*place).problem(f"“{place[-1]}” must be 1 or more", "raise it")
    for place, has in ((("dates", "due_after"), rules.dates.due_after), (("effort",), rules.effort)):
        for effort in get_args(Effort):
            if effort not in has:
                yield _LOCATION.at(*place).problem(f"“{effort}” is missing in “{place[-1]}”", "add it")


def _order_problems(rules: Rules) -> Iterator[LocatedProblem]:
    yield from _LOCATION.at("tie_breaks").repeated_ids(step.id for step in rules.tie_breaks)
    yield from _LOCATION.at("importance").repeated_ids(importance.basis for importance in rules.importance)
    yield from _LOCATION.at("bands").repeated_ids(band.id for band in rules.bands)
    bases = [importance.basis for importance in rules.importance]
    yield from _LOCATION.at("bands").unknown_ids(filter(None, (band.basis for band in rules.bands)), bases)
    least = [band.min for band in rules.bands]
    if least != sorted(set(least), reverse=True) or least[-1:] != [0]:
        yield _LOCATION.at("bands").problem(
            "bands must be listed highest first, and the last one must have min: 0",
            "put them in order, or fix a “min”",
        )


def _plan_size_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    for index, id_ in enumerate(questionnaire.rules.plan_size.questions):
        question = questionnaire.questions.get(id_)
        one = question if question and question.conditions_may_read and not question.accepts_several else None
        options = one.options_in(questionnaire) if one else ()
        caps = [option.plan_cap for option in options if option.plan_cap is not None]
        if not caps or min(caps) < 1:
            yield _LOCATION.at("plan_size", "questions", index).problem(
                f"“{id_}” must be of kind “single”, with options whose plan_cap is 1 or more",
                "use another question, or correct its options",
            )


def _composition_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    rules, location = questionnaire.rules, _LOCATION.at("composition")
    if rules.composition is None:
        return
    bases = [importance.basis for importance in rules.importance]
    yield from location.at("urgent_basis").unknown_ids([rules.composition.urgent_basis], bases)
    yield from location.at("narrow_questions").unknown_ids(
        rules.composition.narrow_questions, questionnaire.questions
    )
    if not 0 < rules.composition.in_place_gap < rules.composition.not_yet_gap:
        yield location.problem("in_place_gap must be above 0, and below not_yet_gap", "correct the two")
    if sorted(place.id for place in rules.composition.places) != sorted(get_args(PlaceId)):
        yield location.at("places").problem(
            "“places” must have each place once", f"write one entry for: {', '.join(get_args(PlaceId))}"
        )


def _depth_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    depth, location = questionnaire.rules.depth, _LOCATION.at("depth")
    if depth is None:
        return
    first = next(iter(questionnaire.questions.values()), None)
    if first is None or first.id != depth.question:
        yield location.at("question").problem(
            f"“{depth.question}” must be the first question of all", "move it up, or name the first question"
        )
        return
    values = [option.value for option in first.options_in(questionnaire)]
    yield from location.at("essentials").unknown_ids([depth.essentials], values)
    if len(values) != 2:
        yield location.at("question").problem(
            f"“{depth.question}” must have two answers: for the essentials, and for everything",
            "correct them",
        )


def _lead_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    leads, location = questionnaire.rules.leads, _LOCATION.at("leads")
    if leads is None:
        return
    yield from location.at("question").unknown_ids([leads.question], questionnaire.questions)
    if leads.alone is None:
        return
    yield from location.at("alone", "q").unknown_ids([leads.alone.q], questionnaire.questions)
    if leads.alone.q in questionnaire.questions:
        options = questionnaire.questions[leads.alone.q].options_in(questionnaire)
        values = [option.value for option in options]
        yield from location.at("alone", "any_of").unknown_ids(leads.alone.any_of, values)


def _scale_problems(scale: Scale, location: Location) -> Iterator[LocatedProblem]:
    yield from location.repeated_ids(option.value for option in scale.options)
    steps = [option.steps for option in scale.options if option.steps is not None]
    if len(steps) < 2 or steps != list(range(len(steps))):
        yield location.problem(
            f"the steps of “{scale.id}” must be 0, 1, 2 and so on", "number them that way, lowest first"
        )


def _gap_problems(rules: Rules, scale: Scale) -> Iterator[LocatedProblem]:
    stages = [option.value for option in scale.options if option.steps is not None]
    if set(stages) != set(rules.gap):
        yield _LOCATION.at("gap").problem(
            f"gap needs exactly one number for each stage of “{scale.id}”",
            "add what is missing, and remove the rest",
        )
        return
    gaps = [rules.gap[stage] for stage in stages]
    if gaps != sorted(set(gaps), reverse=True) or gaps[-1] != 0:
        yield _LOCATION.at("gap").problem(
            f"gap must decrease with each stage of “{scale.id}”, down to 0", "correct the numbers"
        )
