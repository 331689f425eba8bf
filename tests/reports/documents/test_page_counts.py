"""How many pages a printed plan has: few enough to be read, of 2.0.0 with notes of 300 characters."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pypdfium2
import pytest

from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import path_of
from questions.versions.releases import load_published
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.documents.html.document import document
from reports.documents.pdf.render import pdf
from reports.plan.builder import Header, action_plan
from reports.team.model import NO_WORK, TeamPlan, team_plan
from tests.support.pdf_kinds import NOW, THEN, answers_to_everything

STAGES = ("not_yet", "started", "mostly", "part_of_work")
NOTE = ("We began with the night shift, and it works on most days. " * 6)[:300]
# A youth shelter: four services, four groups of people, four jobs, and a few wishes for training.
SHELTER = {
    "pf-depth": "whole",
    "pf-services": ("intake", "case_management", "residential", "drop_in"),
    "pf-trafficking": ("sex", "labor"),
    "pf-populations": ("minors", "young_adults", "rhy", "lgbtq"),
    "pf-roles": ("leaders", "case_managers", "residential", "volunteers"),
    "pf-partners": ("child_welfare", "schools", "law_enforcement"),
    "pf-capacity": "n2_3",
    "tr-needs": ("distress", "young_people"),
    "tr-barriers": ("coverage", "turnover"),
}
Printed = tuple[TeamPlan, Comparison | None]


def finished(of: Questionnaire, noted: int = 0, **changes: object) -> FinishedAssessment:
    """Return an assessment with these answers to everything, and this many long notes."""
    stages = changes.pop("stages", STAGES)
    assert isinstance(stages, tuple)
    answers = {k: v for k, v in answers_to_everything(of, stages).items() if v}
    values = {**answers, **SHELTER, **{id_.replace("_", "-"): answer for id_, answer in changes.items()}}
    notes = dict.fromkeys(list(of.practice)[:noted], NOTE)
    path = path_of(of, Answers(by_question=values, notes=notes, reasons={}))
    return FinishedAssessment(path=path, header=Header(agency="Harbor House", date=NOW))


def plan(one: FinishedAssessment) -> Printed:
    return team_plan(action_plan(one.path, one.header), NO_WORK), None


def retaken(of: Questionnaire) -> Printed:
    """Return a plan of five actions with what changed since an assessment before."""
    five = {"pf_capacity": "n4_5", "pf_size": "s151"}
    then = finished(of, stages=("not_yet",), **five)
    then = FinishedAssessment(path=then.path, header=Header(agency="Harbor House", date=THEN))
    now = finished(of, noted=20, **five)
    return team_plan(action_plan(now.path, now.header), NO_WORK), compare(then, now)


def empty(of: Questionnaire) -> Printed:
    path = path_of(of, Answers(by_question={}, notes={}, reasons={}))
    return plan(FinishedAssessment(path=path, header=Header(agency="", date=NOW)))


def almost_empty(of: Questionnaire) -> Printed:
    return plan(finished(of, stages=("not_sure",), why_02="started", start_01="mostly"))


CASES: Mapping[str, tuple[int, Callable[[Questionnaire], Printed]]] = {
    "three actions": (12, lambda of: plan(finished(of, noted=20))),
    "five actions after a retake": (16, retaken),
    "the essentials": (4, lambda of: plan(finished(of, pf_depth="essentials", noted=10))),
    "the essentials with five actions": (
        4,
        lambda of: plan(finished(of, pf_depth="essentials", pf_capacity="n4_5", pf_size="s151")),
    ),
    "no gap": (4, lambda of: plan(finished(of, stages=("part_of_work",)))),
    "few answers": (
        4,
        lambda of: plan(finished(of, stages=("not_sure",), why_02="started", start_01="mostly")),
    ),
    "no answers": (1, empty),
}


@pytest.mark.parametrize("name", CASES)
def test_a_plan_has_few_pages(name: str) -> None:
    most, made = CASES[name]
    team, comparison = made(load_published("2.0.0"))
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf(document(team, comparison))))
    assert len(pages) <= most
