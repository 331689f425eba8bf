"""Training needs: rows below the top of their scale, and other answers that call for resources."""

from __future__ import annotations

from collections.abc import Iterator

from questions.conditions import NOT_SURE
from questions.kinds.base import ResourceSource
from questions.kinds.options import Option, Row
from questions.path import Path
from reports.plan.model import Cause, FindOut
from reports.plan.recommendations import Need, answer_given, is_asked


def training_needs(path: Path) -> Iterator[tuple[str, Need]]:
    """Yield a label and a need for each answer that calls for resources, except answers to practices."""
    for id_ in path.visible:
        question = path.questionnaire.questions[id_]
        if question.is_practice:
            continue
        for source in question.resource_sources(path.questionnaire):
            given = answer_given(path.active.by_question, source)
            answer = next((option for option in source.options if option.value == given), None)
            if answer and is_asked(path, source):
                yield _label(source, answer), _need(path, source, answer)


def training_to_find_out(path: Path) -> tuple[FindOut, ...]:
    """Return the training rows answered "not sure", in the order of the questionnaire."""
    return tuple(
        FindOut(
            cause=Cause(question=id_, row=row.value),
            label=row.label,
            asked=path.questionnaire.questions[id_].text,
            importance=0,
            evidence_prompt="",
            note="",
            ask="",
        )
        for id_, rows in path.rows.items()
        for row in rows
        if NOT_SURE in _chosen_in(path, id_, row)
    )


def _label(source: ResourceSource, answer: Option) -> str:
    """Return what the need is about: the row, the topic that was chosen, or the question."""
    if source.row:
        return source.row.label
    return answer.label if source.question.accepts_several else source.question.text


def _chosen_in(path: Path, id_: str, row: Row) -> tuple[str, ...]:
    return path.questionnaire.questions[id_].values_in(path.active.by_question.get(id_), row.value)


def _need(path: Path, source: ResourceSource, answer: Option) -> Need:
    texts, question, row = path.questionnaire.texts.plan, source.question, source.row
    if row:
        because = texts.because_row.format(answer=answer.label, question=question.text, row=row.label)
    else:
        because = texts.because_answer.format(answer=answer.label, practice=question.text)
    return Need(
        cause=Cause(question=question.id, row=row.value if row else ""),
        because=because,
        answer=answer,
        resource_ids=source.resource_ids,
        supplement_ids=source.supplement_ids,
        guide_gap=source.guide_gap,
        use=source.use,
    )
