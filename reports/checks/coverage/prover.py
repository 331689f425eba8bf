"""Claims about the content, and the search for answers that prove them."""

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
# If a claim can share answers with others at all, one of its first candidates usually can.
_CANDIDATES_TO_TRY = 4
_MAX_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Generic[Seen]):
    """The claim that some answers reach the item of the content at `location`.

    `candidates` are conjunctions to solve; `holds` tests the path or plan that the answers lead to. A claim
    needs its own answers if those of other claims could break it. `problem` and `fix` are for the editor if
    nothing reaches the item. `owner` is the id of the question that a row or an option belongs to.
    """

    kind: str
    name: str
    location: Location
    candidates: Callable[[], Iterable[Conjunction]]
    holds: Callable[[Seen], bool]
    problem: str
    fix: str
    needs_own_answers: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Generic[Seen]):
    """A claim with its witness: `answers` (None if there is none), and those of them that decide."""

    claim: Claim[Seen]
    answers: Answers | None = None
    deciding: Witness = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the claim and its deciding answers on one line."""
        shown = [text for id_, answer in self.deciding.items() for text in _in_short(id_, answer)]
        more = [f"and {len(shown) - _MAX_SHOWN} more"] if len(shown) > _MAX_SHOWN else []
        because = " ".join((*shown[:_MAX_SHOWN], *more)) or "no answer needed"
        return f"{self.claim.kind} {self.claim.name}: {because}"


def prove(
    questionnaire: Questionnaire, claims: Iterable[Claim[Seen]], see: Callable[[Path], Seen]
) -> tuple[Proof[Seen], ...]:
    """Return a proof of each claim, in order. `see` turns a path into what the claims look at."""
    every = tuple(claims)
    found: dict[int, Proof[Seen]] = {}
    for answers, members in _answers_for_many(questionnaire, every):
        seen = see(path_of(questionnaire, answers))
        for number, conjunction in members.items():
            if every[number].holds(seen):
                deciding = solve(questionnaire, conjunction) or {}
                found[number] = Proof(claim=every[number], answers=answers, deciding=deciding)
    return tuple(
        found.get(number) or _prove_alone(questionnaire, claim, see) for number, claim in enumerate(every)
    )


def unproved_problems(proofs: Iterable[Proof[Any]]) -> Iterator[LocatedProblem]:
    """Yield a problem for each claim without a witness."""
    for proof in proofs:
        if proof.answers is None:
            yield proof.claim.location.problem(proof.claim.problem, proof.claim.fix)


def share_answers(
    questionnaire: Questionnaire, candidates: Iterable[Iterable[Conjunction]]
) -> list[SharedAnswers]:
    """Return a few sets of answers that together satisfy one candidate of each claim, where possible."""
    groups: list[SharedAnswers] = []
    for number, of_one in enumerate(candidates):
        some = tuple(islice(of_one, _CANDIDATES_TO_TRY))
        if not any(group.add_one_of(number, some) for group in groups):
            new = SharedAnswers(assignment=PartialAssignment(questionnaire))
            if new.add_one_of(number, some):
                groups.append(new)
    return groups


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswers:
    """One set of answers with the candidates that it satisfies, by the number of their claim."""

    assignment: PartialAssignment
    satisfied: dict[int, Conjunction] = field(default_factory=dict)

    def add_one_of(self, number: int, candidates: Iterable[Conjunction]) -> bool:
        """Extend the answers to satisfy the first candidate that fits; return whether one did."""
        conjunction = next((one for one in candidates if self.assignment.extend(one)), None)
        if conjunction is not None:
            self.satisfied[number] = conjunction
        return conjunction is not None


def _answers_for_many(
    questionnaire: Questionnaire, claims: tuple[Claim[Seen], ...]
) -> Iterator[tuple[Answers, dict[int, Conjunction]]]:
    """Yield answers that may prove many claims, with the number and the candidate of each."""
    numbers = [number for number, claim in enumerate(claims) if not claim.needs_own_answers]
    for group in share_answers(questionnaire, (claims[number].candidates() for number in numbers)):
        satisfied = {numbers[place]: conjunction for place, conjunction in group.satisfied.items()}
        yield Answers(by_question=group.assignment.answers), satisfied


def _prove_alone(
    questionnaire: Questionnaire, claim: Claim[Seen], see: Callable[[Path], Seen]
) -> Proof[Seen]:
    for conjunction in claim.candidates():
        values = solve(questionnaire, conjunction)
        if values is None:
            continue
        answers = Answers(by_question=values)
        if claim.holds(see(path_of(questionnaire, answers))):
            return Proof(claim=claim, answers=answers, deciding=values)
    return Proof(claim=claim)


def _in_short(question: str, answer: Answer) -> Iterator[str]:
    """Yield an answer in short form, such as pf-services=intake,legal or tr-topics.rhy=few."""
    if isinstance(answer, Mapping):
        yield from (f"{question}.{row}={value}" for row, value in answer.items())
    else:
        yield f"{question}={answer if isinstance(answer, str) else ','.join(answer)}"
