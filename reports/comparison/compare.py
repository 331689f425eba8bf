"""Two assessments side by side. Pure: the same assessments give the same comparison.

`matching` decides which questions are compared, `outcomes` what happened to the earlier plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questions.model import Questionnaire
from reports.comparison.explanations import cautions, left_out_of_chart
from reports.comparison.matching import side_by_side
from reports.comparison.model import Comparison, FinishedAssessment, Matched, NotCompared, SectionProgress
from reports.comparison.outcomes import action_outcomes, completion
from reports.comparison.trend import counts_of


def compare(
    earlier: FinishedAssessment, later: FinishedAssessment, look_back: Mapping[str, str] = {}
) -> Comparison:
    """Return what changed from one assessment to another, in the order given.

    `look_back` has the stages that the team gives today for back then, by question id. They are used for
    practices that moved down. Never raises for checked answers.
    """
    matched, not_compared = side_by_side(earlier.path, later.path, look_back)
    return Comparison(
        earlier=earlier,
        later=later,
        cautions=cautions(earlier, later),
        completion=completion(earlier.team, later.team),
        action_outcomes=action_outcomes(earlier, later),
        sections=tuple(_sections(later.path.questionnaire, matched, not_compared)),
        matched=matched,
        not_compared=not_compared,
    )


def _sections(
    questionnaire: Questionnaire, matched: Sequence[Matched], not_compared: Sequence[NotCompared]
) -> Iterator[SectionProgress]:
    """Yield each section that has a practice in at least one of the two."""
    for part in questionnaire.practice_parts:
        every = [pair for pair in (*matched, *not_compared) if pair.part.id == part.id]
        compared = [pair for pair in matched if pair.part.id == part.id and pair.compared]
        if every:
            yield SectionProgress(
                part=part,
                before=counts_of(questionnaire, [pair.before.steps for pair in compared]),
                after=counts_of(questionnaire, [pair.after.steps for pair in compared]),
                compared=len(compared),
                left_out=len(every) - len(compared),
                note=left_out_of_chart(questionnaire.texts.comparison, len(compared), len(every)),
            )
