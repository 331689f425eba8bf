"""What the check page shows: what needs a look, the answers by part, and answers that are not used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from flask_babel import gettext as _
from markupsafe import Markup

from questions.answers import Answers
from questions.conditions import NOT_SURE
from questions.kinds.base import Question, field_name
from questions.kinds.options import Row
from questions.model import Part, Questionnaire
from questions.path import Path
from questions.versions.migration import MigratedAnswers, ShortenedAnswer
from reports.documents.charts.bars import stage_names, stage_swatches
from reports.plan.builder import section_summary
from reports.plan.model import SectionSummary

PageUrl = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A question with its answer in words, and the address where it can be changed ("" without a link).

    `why` says why a newer version does not accept the answer ("" if it does); `changed` says who changed it
    and when; `swatch` is the sign of its stage in charts.
    """

    question: Question
    url: str
    answers: tuple[str, ...]
    note: str
    reason: str
    from_last_time: bool = False
    why: str = ""
    changed: str = ""
    swatch: Markup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """A question, or a row of one, that needs a look, and the address where it is asked."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPart:
    """The lines of a part. `summary` counts the stages of its practices; None if it has none."""

    part: Part
    lines: tuple[CheckLine, ...]
    answered: int
    summary: SectionSummary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The check page. `not_used` are stored answers off the path; `key` is that of the stages."""

    parts: tuple[CheckPart, ...]
    not_used: tuple[CheckLine, ...]
    done: int
    total: int
    blank: tuple[ToReview, ...]
    not_sure: tuple[ToReview, ...]
    from_last_time: tuple[ToReview, ...]
    has_practice: bool
    is_first_look: bool
    key: tuple[tuple[Markup, str], ...]


def check_view(
    path: Path, page_url: PageUrl, from_last_time: frozenset[str], changed: Mapping[str, str]
) -> CheckView:
    """Return what the check page shows for these answers.

    `page_url(part=…, page=…)` returns the address of a page; `from_last_time` holds the ids of questions
    whose answers nobody has reviewed since the last self-check; `changed` says, by question id, who changed
    the answer and when.
    """
    active = path.active.by_question
    asked = [question for page in path.pages for question in page.questions]
    page_url = cache(page_url)  # saves 0.5 of the 7 ms of the page: most of its addresses come several times
    parts = tuple(_part(path, part, page_url, from_last_time, changed) for part in path.questionnaire.parts)
    return CheckView(
        parts=tuple(part for part in parts if part.lines),
        not_used=tuple(_not_used(path, changed)),
        done=len(active),
        total=len(path.visible),
        blank=tuple(_to_review(path, page_url, q) for q in asked if q.id not in active),
        not_sure=tuple(_not_sure(path, page_url, asked)),
        from_last_time=tuple(_to_review(path, page_url, q) for q in asked if q.id in from_last_time),
        has_practice=any(question.is_practice and question.id in active for question in asked),
        is_first_look=path.is_first_look,
        key=next((stage_names(part.summary) for part in parts if part.summary), ()),
    )


def _to_review(path: Path, page_url: PageUrl, question: Question, row: Row | None = None) -> ToReview:
    anchor = field_name(question.id, row.value) if row else question.id
    url = _url(path.questionnaire, page_url, question, anchor)
    return ToReview(label=row.label if row else question.text, url=url)


def _url(questionnaire: Questionnaire, page_url: PageUrl, question: Question, anchor: str) -> str:
    part, page = questionnaire.place_of[question.id]
    return f"{page_url(part=part.id, page=page.id)}#{anchor}"


def _not_sure(path: Path, page_url: PageUrl, asked: Iterable[Question]) -> Iterator[ToReview]:
    """Yield what the plan would list to find out first: practices and rows answered “not sure”."""
    for question in asked:
        answer = path.active.by_question.get(question.id)
        if question.is_practice and answer == NOT_SURE:
            yield _to_review(path, page_url, question)
        yield from (
            _to_review(path, page_url, question, row)
            for row in path.rows.get(question.id, ())
            if NOT_SURE in question.values_in(answer, row.value)
        )


def _part(
    path: Path,
    part: Part,
    page_url: PageUrl,
    from_last_time: frozenset[str],
    changed: Mapping[str, str],
) -> CheckPart:
    summary = section_summary(path, part) if part.practices else None
    swatches = stage_swatches(summary) if summary else {}
    lines = tuple(
        replace(
            check_line(path.questionnaire, question, path.active),
            url=_url(path.questionnaire, page_url, question, question.id),
            from_last_time=question.id in from_last_time,
            changed=changed.get(question.id, ""),
            swatch=swatches.get(str(path.active.by_question.get(question.id)))
            if question.is_practice
            else None,
        )
        for page in path.pages
        if page.part is part
        for question in page.questions
    )
    answered = sum(bool(line.answers) for line in lines)
    return CheckPart(part=part, lines=lines, answered=answered, summary=summary)


def check_line(
    questionnaire: Questionnaire,
    question: Question,
    answers: Answers,
    *,
    why: str = "",
) -> CheckLine:
    """Return the line of a question with its answer, note and reason."""
    return CheckLine(
        question=question,
        url="",
        answers=question.labels(questionnaire, answers.by_question.get(question.id)),
        note=answers.notes.get(question.id, ""),
        reason=answers.reasons.get(question.id, ""),
        why=why,
    )


def reasons_of(migrated: MigratedAnswers) -> dict[str, str]:
    """Return in words, by question, why answers cannot be migrated whole to another version."""
    reasons = {item.question: _drop_reason(item.reason) for item in migrated.dropped}
    return reasons | {item.question: _shortened_reason(item) for item in migrated.shortened}


def _drop_reason(why: str) -> str:
    reasons = {
        "changed": _("What we ask has changed, so this needs a new answer."),
        "split": _("This is now more than one question."),
        "merged": _("This is now part of a larger question."),
        "dropped": _("We no longer ask this."),
        "not_allowed": _("This answer can no longer be chosen."),
    }
    return reasons[why]


def _shortened_reason(shortened: ShortenedAnswer) -> str:
    """Return in words which part of an answer cannot be migrated; the rest can."""
    return _("No longer offered: %(choices)s. The rest stays.", choices="; ".join(shortened.lost))


def _not_used(path: Path, changed: Mapping[str, str]) -> list[CheckLine]:
    questions = path.questionnaire.questions
    lines = {
        id_: check_line(path.questionnaire, questions[id_], path.inactive)
        for id_ in path.inactive.by_question
    }
    return [replace(line, changed=changed.get(id_, "")) for id_, line in lines.items()]
