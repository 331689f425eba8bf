"""Proof that content is alive: for each claim that answers reach something, answers that really do.

The answers are found by solving (questions.solving), many claims at once where they get along, and then
looked at on a real path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from questions.answers import Answers
from questions.condition_solver import Conjunction, PartialAssignment, Witness, solve
from questions.conditions import Answer
from questions.model import Questionnaire
from questions.path import Path, path_of
from questions.source_files.errors import LocatedProblem, Location

Seen = TypeVar("Seen")
# A claim that fits in with others at all mostly does so in one of its first ways.
_WAYS_TO_FIT_IN = 4
_TOLD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Generic[Seen]):
    """That some answers reach a thing of the content, which stands at `location`.

    `ways` are terms to solve, `holds` says whether what answers lead to has the thing. `alone` when other
    answers would spoil it. `problem` and `fix` are for the editor, if nothing reaches it. `part_of` is the id
    of the question that a row or an option belongs to.
    """

    kind: str
    name: str
    location: Location
    ways: Callable[[], Iterable[Conjunction]]
    holds: Callable[[Seen], bool]
    problem: str
    fix: str
    alone: bool = False
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Generic[Seen]):
    """A claim and its witness: `answers` that reach it (None if none do), and those that decide it."""

    claim: Claim[Seen]
    answers: Answers | None = None
    because: Witness = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the claim with the answers that decide it, in a line."""
        told = [text for id_, answer in self.because.items() for text in _told(id_, answer)]
        more = [f"and {len(told) - _TOLD} more"] if len(told) > _TOLD else []
        because = " ".join((*told[:_TOLD], *more)) or "no answer needed"
        return f"{self.claim.kind} {self.claim.name}: {because}"


def prove(
    questionnaire: Questionnaire, claims: Iterable[Claim[Seen]], see: Callable[[Path], Seen]
) -> tuple[Proof[Seen], ...]:
    """Return a proof of each claim, in order. `see` makes what the claims are about from a path."""
    every = tuple(claims)
    found: dict[int, Proof[Seen]] = {}
    for answers, members in _together(questionnaire, every):
        seen = see(path_of(questionnaire, answers))
        for number, product in members.items():
            if every[number].holds(seen):
                because = solve(questionnaire, product) or {}
                found[number] = Proof(claim=every[number], answers=answers, because=because)
    return tuple(found.get(number) or _alone(questionnaire, claim, see) for number, claim in enumerate(every))


def faults_of(proofs: Iterable[Proof[Any]]) -> Iterator[LocatedProblem]:
    """Yield a problem for each claim that no answers make true."""
    for proof in proofs:
        if proof.answers is None:
            yield proof.claim.location.problem(proof.claim.problem, proof.claim.fix)


def gathered(questionnaire: Questionnaire, ways: Iterable[Iterable[Conjunction]]) -> list[Gathering]:
    """Return few drafts that together take one way of each: all, but for those that no draft can take."""
    gatherings: list[Gathering] = []
    for number, of_one in enumerate(ways):
        some = tuple(islice(of_one, _WAYS_TO_FIT_IN))
        if not any(gathering.take(number, some) for gathering in gatherings):
            new = Gathering(draft=PartialAssignment(questionnaire))
            if new.take(number, some):
                gatherings.append(new)
    return gatherings


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A draft, and what it took, by number."""

    draft: PartialAssignment
    taken: dict[int, Conjunction] = field(default_factory=dict)

    def take(self, number: int, ways: Iterable[Conjunction]) -> bool:
        """Take the first of the ways that fits; return whether one did."""
        product = next((way for way in ways if self.draft.extend(way)), None)
        if product is not None:
            self.taken[number] = product
        return product is not None


def _together(
    questionnaire: Questionnaire, claims: tuple[Claim[Seen], ...]
) -> Iterator[tuple[Answers, dict[int, Conjunction]]]:
    """Yield answers that may reach many of the claims, with the number of each, and the way it took."""
    numbers = [number for number, claim in enumerate(claims) if not claim.alone]
    for gathering in gathered(questionnaire, (claims[number].ways() for number in numbers)):
        taken = {numbers[place]: product for place, product in gathering.taken.items()}
        yield Answers(by_question=gathering.draft.answers), taken


def _alone(questionnaire: Questionnaire, claim: Claim[Seen], see: Callable[[Path], Seen]) -> Proof[Seen]:
    for product in claim.ways():
        values = solve(questionnaire, product)
        if values is None:
            continue
        answers = Answers(by_question=values)
        if claim.holds(see(path_of(questionnaire, answers))):
            return Proof(claim=claim, answers=answers, because=values)
    return Proof(claim=claim)


def _told(question: str, answer: Answer) -> Iterator[str]:
    """Yield an answer in short, such as pf-services=intake,legal or tr-topics.rhy=few."""
    if isinstance(answer, Mapping):
        yield from (f"{question}.{row}={value}" for row, value in answer.items())
    else:
        yield f"{question}={answer if isinstance(answer, str) else ','.join(answer)}"
