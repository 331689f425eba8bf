"""HTML for every kind of PDF, named after what is special about it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import path_of
from questions.versions.releases import load_published
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.documents.html.document import comparison_document, document
from reports.documents.html.worksheet import worksheet
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from reports.team.edits import add_own, edit, move
from reports.team.model import NO_WORK, TeamPlan, team_plan
from tests.support.sample import sample_questionnaire
from tests.support.second_version import second_version

THEN, NOW = datetime.date(2026, 3, 1), datetime.date(2026, 9, 1)
STAGES = ("not_yet", "mostly", "part_of_work", "started", "not_sure", "not_applicable")
LONG_NAME = "The Society for Safe Housing, Legal Help, and Case Management in Three Counties and Two Cities"


def answers_to_everything(questionnaire: Questionnaire, stages: tuple[str, ...]) -> dict[str, object]:
    """Return an answer to every question: these stages in turn for practices, the lowest for training."""
    answers: dict[str, object] = {}
    for number, question in enumerate(questionnaire.questions.values()):
        options, rows = question.options_in(questionnaire), question.rows_in(questionnaire)
        if rows:
            answers[question.id] = {row.value: options[0].value for row in rows}
        elif question.is_practice:
            answers[question.id] = stages[number % len(stages)]
        elif question.accepts_several:
            answers[question.id] = tuple(option.value for option in options if not option.exclusive)
        else:
            answers[question.id] = options[-1].value
    return answers | {"pf-capacity": "n4_5"}


def assessment(
    questionnaire: Questionnaire, values: Mapping[str, object], date: datetime.date, note: str = ""
) -> FinishedAssessment:
    """Return one finished assessment, with this note on every question."""
    notes = dict.fromkeys(questionnaire.questions, note) if note else {}
    reasons = dict.fromkeys(questionnaire.questions, "We have no such service.")
    answers = Answers(by_question=values, notes=notes, reasons=reasons)
    return FinishedAssessment(
        path=path_of(questionnaire, answers), header=Header(agency="Harbor House", date=date)
    )


def plan(
    values: Mapping[str, object], agency: str = "Harbor House", of: Questionnaire | None = None
) -> ActionPlan:
    """Return the plan of these answers, with a note on every question."""
    one = assessment(of or sample_questionnaire(), values, THEN, "Ask the night shift first.")
    return action_plan(one.path, Header(agency=agency, date=THEN))


def with_all_actions(found: ActionPlan) -> TeamPlan:
    """Return the plan with every action in it."""
    work = NO_WORK
    for place, action in enumerate(found.further, start=len(found.planned) + 1):
        work = move(work, found, action.question.id, place, "We want to do it all.")
    return team_plan(found, work)


def edited(found: ActionPlan) -> TeamPlan:
    """Return the plan with edits, moves, a done action, and one of the team's own."""
    first, second, third, *_ = (action.question.id for action in found.planned)
    work = edit(
        NO_WORK, found, first, {"owner": "Shelter manager", "due": "2026-05-15", "baseline": "3 of 12"}
    )
    work = move(work, found, second, 1, "Our board asked for this.")
    work = move(work, found, third, "out", "A partner does this.")
    work = add_own(work, "harm", "A quiet corner")
    return team_plan(found, edit(work, found, second, {"status": "done"}))


def comparison() -> Comparison:
    """Return a comparison across two versions, with something in every list."""
    first, second = sample_questionnaire(), second_version()
    now = answers_to_everything(second, STAGES[2:] + STAGES[:2]) | {
        "why-03": "started",
        "pf-scope": "one_program",
    }
    earlier = assessment(
        first, answers_to_everything(first, STAGES) | {"why-03": "mostly"}, THEN, "Ask the night shift."
    )
    worked = edited(action_plan(earlier.path, earlier.header))
    earlier = FinishedAssessment(path=earlier.path, header=earlier.header, team=worked)
    return compare(earlier, assessment(second, now, NOW, "We train each spring."), {"why-03": "not_yet"})


def _plan_with_comparison() -> str:
    found = comparison()
    later = action_plan(found.later.path, found.later.header)
    return document(team_plan(later, NO_WORK), found)


def _without_team_work(values: Mapping[str, object], agency: str = "Harbor House") -> str:
    return document(team_plan(plan(values, agency), NO_WORK))


def _pinned() -> str:
    first = load_published("1.0.0")
    return document(team_plan(plan(answers_to_everything(first, STAGES), of=first), NO_WORK))


KINDS: Mapping[str, Callable[[], str]] = {
    "one action": lambda: _without_team_work({"why-01": "not_yet", "pf-capacity": "n1"}),
    "nothing answered": lambda: _without_team_work({}),
    "all not sure": lambda: _without_team_work(
        answers_to_everything(sample_questionnaire(), ("not_sure",)), LONG_NAME
    ),
    "all strengths": lambda: _without_team_work(
        answers_to_everything(sample_questionnaire(), ("part_of_work",))
    ),
    "edited": lambda: document(edited(plan(answers_to_everything(sample_questionnaire(), STAGES)))),
    "forty actions": lambda: document(
        with_all_actions(plan(answers_to_everything(sample_questionnaire(), ("not_yet",))))
    ),
    "with comparison": _plan_with_comparison,
    "comparison": lambda: comparison_document(comparison()),
    "worksheet": lambda: worksheet(sample_questionnaire()),
    "content of 1.0.0": _pinned,
}
