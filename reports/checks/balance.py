"""Whether plans are balanced: what they ask of 500 made-up agencies (design, section 6).

The only place in the core that uses random numbers, with a fixed seed: the same content gives the same
figures.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questions.answers import Answers
from questions.conditions import Answer, truth
from questions.kinds.base import Question
from questions.model import Questionnaire
from questions.path import Path, path_of
from questions.rules import Composition
from questions.source_files.errors import LocatedProblem, Location
from reports.plan.builder import ANY_HEADER, planned_actions
from reports.plan.composition import is_for_survivors, is_foundation, is_urgent
from reports.plan.model import Action
from reports.plan.priorities import findings_of

AGENCIES = 500
SEED = 1
# How many options a made-up agency chooses where it may choose several, at least and at most.
HOW_MANY: Mapping[str, tuple[int, int]] = {
    "pf-services": (2, 6),
    "pf-trafficking": (1, 2),
    "pf-populations": (1, 5),
    "pf-partners": (2, 6),
    "pf-roles": (2, 6),
}
HOW_MANY_ELSE = (1, 3)
# How often each stage, lowest first, is the answer: an agency that begins, one on its way, one far along.
STAGE_WEIGHTS = ((0.4, 0.4, 0.15, 0.05), (0.2, 0.4, 0.3, 0.1), (0.05, 0.25, 0.45, 0.25))
MOST_COMMON = 0.40
FEWEST_OF_A_SECTION = 0.30
FEWEST_OPENING = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What the plans of the made-up agencies hold.

    `practices` and `sections` say in how many plans each is, `closed` which planned actions open nothing,
    `misplaced` which places the rule demands and a plan lacks, `unfit` resources offered to those that they
    are not made for.
    """

    agencies: int
    practices: Mapping[str, int]
    sections: Mapping[str, int]
    actions: int
    closed: Mapping[str, int]
    misplaced: tuple[str, ...]
    unfit: tuple[str, ...]

    def __str__(self) -> str:
        """Return the figures in a few lines."""
        name, most = max(self.practices.items(), key=lambda item: item[1])
        sections = ", ".join(f"{id_} {self._share(n)}" for id_, n in self.sections.items())
        opening = 1 - sum(self.closed.values()) / self.actions
        return (
            f"Balance of {self.agencies} made-up plans: the most common practice is {name} "
            f"({self._share(most)}), {list(self.practices.values()).count(0)} are in no plan; "
            f"sections: {sections}; {opening:.1%} of {self.actions} actions open something."
        )

    def _share(self, count: int) -> str:
        return f"{count / self.agencies:.0%}"


def balance_of(questionnaire: Questionnaire) -> Balance:
    """Return what the plans of the made-up agencies hold."""
    chance = random.Random(SEED)  # noqa: S311  # figures, not secrets
    practices = Counter(dict.fromkeys(questionnaire.practice, 0))
    sections = Counter(dict.fromkeys((part.id for part in questionnaire.practice_parts), 0))
    closed: Counter[str] = Counter()
    misplaced: list[str] = []
    unfit: list[str] = []
    actions = 0
    for number in range(AGENCIES):
        path = _path_of_an_agency(questionnaire, chance)
        planned = planned_actions(path, ANY_HEADER)
        ids = [action.question.id for action in planned]
        actions += len(ids)
        practices.update(ids)
        sections.update({questionnaire.place_of[id_][0].id for id_ in ids})
        closed.update(action.question.id for action in planned if not action.help.openings)
        misplaced += (f"agency {number}: {why}" for why in _missing_places(path, planned))
        unfit += (f"agency {number}: {id_}" for id_ in _unfit(path, planned))
    return Balance(
        agencies=AGENCIES,
        practices=practices,
        sections=sections,
        actions=actions,
        closed=closed,
        misplaced=tuple(misplaced),
        unfit=tuple(unfit),
    )


def balance_problems(questionnaire: Questionnaire, balance: Balance) -> Iterator[LocatedProblem]:
    """Yield a problem for each figure below its floor."""
    here, all_ = Location("rules.yaml", ("composition",)), balance.agencies
    fix = "change the importance, role, effort or condition of practices, or what helps with them"
    for id_, count in balance.practices.items():
        if count == 0:
            yield here.problem(f"“{id_}” is in none of {all_} made-up plans", fix)
        elif count > MOST_COMMON * all_:
            yield here.problem(f"“{id_}” is in {count} of {all_} made-up plans", fix)
    for id_, count in balance.sections.items():
        if count < FEWEST_OF_A_SECTION * all_:
            yield here.problem(f"only {count} of {all_} made-up plans have an action of “{id_}”", fix)
    closed = sum(balance.closed.values())
    if closed > (1 - FEWEST_OPENING) * balance.actions:
        worst = ", ".join(f"{id_} ({count})" for id_, count in Counter(balance.closed).most_common(5))
        yield here.problem(f"{closed} of {balance.actions} made-up actions open nothing: {worst}", fix)
    yield from (here.problem(f"a plan lacks a place, {what}", fix) for what in balance.misplaced[:5])
    yield from (here.problem(f"a resource does not fit, {what}", fix) for what in balance.unfit[:5])


@dataclass(frozen=True, slots=True, kw_only=True)
class _RandomAgency:
    """Chooses at random; of the stages, each as often as its weight says."""

    chance: random.Random
    weights: tuple[float, ...]
    stages: tuple[str, ...]

    def one_of(self, question: Question, values: Sequence[str], row: str = "") -> str:
        if question.is_practice:
            return self.chance.choices(self.stages, self.weights)[0]
        return self.chance.choice(values)

    def some_of(self, question: Question, values: Sequence[str], most: int) -> tuple[str, ...]:
        fewest, usual = HOW_MANY.get(question.id, HOW_MANY_ELSE)
        chosen = self.chance.sample(values, self.chance.randint(fewest, min(usual, most)))
        return tuple(value for value in values if value in chosen)


def _path_of_an_agency(questionnaire: Questionnaire, chance: random.Random) -> Path:
    """Return the path of a made-up agency's answers to the whole profile and to every practice."""
    gap, depth = questionnaire.rules.gap, questionnaire.rules.depth
    agency = _RandomAgency(
        chance=chance,
        weights=chance.choice(STAGE_WEIGHTS),
        stages=tuple(sorted(gap, key=lambda stage: -gap[stage])),
    )
    answers: dict[str, Answer | None] = {}
    for id_, question in questionnaire.questions.items():
        part, _ = questionnaire.place_of[id_]
        if depth and id_ == depth.question and questionnaire.whole_depth:
            answers[id_] = questionnaire.whole_depth
        elif question.is_practice or part.kind == "profile":
            answers[id_] = question.made_up_answer(questionnaire, agency)
    return path_of(questionnaire, Answers(by_question={id_: one for id_, one in answers.items() if one}))


def _missing_places(path: Path, planned: tuple[Action, ...]) -> Iterator[str]:
    """Yield the places that the rule demands and the plan lacks."""
    rules = path.questionnaire.rules.composition
    if rules is None:
        return
    findings = findings_of(path)
    first = {
        "urgent": any(is_urgent(rules, finding) for finding in findings),
        "foundation": any(is_foundation(rules, finding) for finding in findings),
        "survivors": any(is_for_survivors(rules, finding) for finding in findings),
    }
    held = {
        "urgent": any(action.urgent for action in planned),
        "foundation": any("foundation" in action.question.roles for action in planned),
        "survivors": any("survivors" in action.question.roles for action in planned),
    }
    wanted = [name for name, due in first.items() if due]
    yield from (name for name in _within(rules, wanted, len(planned)) if not held[name])


def _within(rules: Composition, wanted: list[str], size: int) -> list[str]:
    """Return the places that a plan of this size has room for."""
    if size < rules.survivors_from_size:
        wanted = [name for name in wanted if name != "survivors"]
    return wanted[:size]


def _unfit(path: Path, planned: tuple[Action, ...]) -> Iterator[str]:
    for action in planned:
        for chosen in action.help.resources:
            if truth(chosen.resource.show_when, path.active.by_question) is False:
                yield chosen.resource.id
