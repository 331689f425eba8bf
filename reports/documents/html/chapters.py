"""The data for the chapters of a printed plan or comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby

from questions.guide import GuideSection, Source
from reports.comparison.model import Comparison, Outcome
from reports.documents.crosswalk import crosswalk
from reports.documents.formatting import long_date
from reports.plan.model import ActionPlan, Cause, Help, Recommendation, TrainingNeed
from reports.plan.translations import translations
from reports.team.model import TeamPlan

OUTCOMES_IN_READING_ORDER: tuple[Outcome, ...] = ("moved_up", "moved_down", "now_known", "now_unsure", "same")
# A row of a table must fit on one page; longer notes are printed below the table.
MOST_IN_A_ROW = 400
MOST_LINES_IN_A_ROW = 8


def plan_headings(language: str) -> Mapping[str, str]:
    """Return the titles of the parts of a plan by id, in order, for the page and the PDF.

    The title of the comparison is "" here, because it has a date: see `comparison_title`.
    """
    _ = translations(language).gettext
    return {
        "strengths": _("What you already do well"),
        "stand": _("Where you stand"),
        "comparison": "",
        "actions": _("Your actions"),
        "further": _("Next in line"),
        "training": _("Training needs"),
        "find-out": _("Find out first"),
        "resources": _("The guide’s resources for you"),
        "not-recommended": _("Not in this plan, and why"),
        "left-out": _("What was left out"),
        "crosswalk": _("By SAMHSA domain and principle"),
        "how-made": _("How this plan was made"),
    }


def comparison_title(comparison: Comparison) -> str:
    """Return the title of the chapter about what changed."""
    language = comparison.later.path.questionnaire.language
    title = translations(language).gettext("What changed since %(date)s")
    return title % {"date": long_date(comparison.earlier.header.date, language)}


def headings(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the text of each heading of the printed comparison."""
    _ = translations(comparison.later.path.questionnaire.language).gettext
    yield "team-did", _("What your team did")
    yield "actions-then", _("What became of the actions")
    if comparison.cautions:
        yield "before-you-compare", _("Before you compare")
    yield "compared", comparison.headline
    for outcome in OUTCOMES_IN_READING_ORDER:
        found = comparison.by_outcome[outcome]
        if found:
            yield outcome, f"{comparison.texts.outcomes[outcome]}: {len(found)}"
    if comparison.not_compared:
        yield "not-compared", _("Not compared: %(count)s") % {"count": len(comparison.not_compared)}


def typed_in_comparison(comparison: Comparison) -> Iterator[str]:
    """Yield every text of the printed comparison that someone typed."""
    for assessment in (comparison.earlier, comparison.later):
        yield assessment.header.agency
    for action in comparison.completion or ():
        yield from (action.title, action.dropped_reason, action.measure_then, action.measure_now)
    for pair in comparison.matched:
        yield from (pair.note_before, pair.note_after)
    yield from (pair.why for pair in comparison.not_compared)


def fits_a_row(note: str) -> bool:
    """Return whether a note is short enough for a row of a table."""
    return len(note) <= MOST_IN_A_ROW and note.count("\n") < MOST_LINES_IN_A_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the report: its id, used as anchor and template name, and its title."""

    id: str
    title: str

    @property
    def template(self) -> str:
        """The template's name."""
        return f"report/{self.id}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """Training needs with the same answer and the same help, as one row."""

    labels: tuple[str, ...]
    answer: str
    help: Help


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTable:
    """A training question with a need, and the title of its page. `by_row` is true for a matrix."""

    title: str
    question: str
    by_row: bool
    rows: tuple[TrainingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """An answer that brought a resource in, with the questions and rows that have this answer."""

    answer: str
    given_to: tuple[str, ...]


def chapters(team: TeamPlan, comparison: Comparison | None) -> Iterator[Chapter]:
    """Yield the chapters that this plan has, in order."""
    plan = team.plan
    since = comparison_title(comparison) if comparison else ""
    unanswered = plan.unanswered and not plan.basis.is_thin
    left_out = plan.not_applicable or unanswered or plan.off_path_count
    absent = {
        "comparison": not comparison,
        "further": not team.outside,
        "resources": not plan.resources,
        "not-recommended": not plan.not_recommended,
        "left-out": not left_out,
        "crosswalk": not crosswalk(plan) or not plan.basis.answered,
    }
    titles = plan_headings(plan.questionnaire.language)
    # Where little is known, what to find out is what the plan is about.
    first = ("find-out",) if plan.basis.is_thin else ()
    for id_ in dict.fromkeys((*first, *titles)):
        if not absent.get(id_):
            yield Chapter(id=id_, title=titles[id_] or since)


def about(plan: ActionPlan) -> tuple[tuple[str, str], ...]:
    """Return the answers about scope and respondents: the first page of the profile."""
    texts = {question.text for question in plan.questionnaire.parts[0].pages[0].questions}
    return tuple((question, answer) for question, answer in plan.profile if question in texts)


def by_section(plan: ActionPlan) -> Iterator[tuple[GuideSection, tuple[Recommendation, ...]]]:
    """Yield each section of the guide that has recommended resources, with these resources."""
    for section in plan.questionnaire.guide.sections:
        found = tuple(item for item in plan.resources if item.resource.section == section.number)
        if found:
            yield section, found


def training_tables(plan: ActionPlan) -> Iterator[TrainingTable]:
    """Yield a table for each training question that shows a need."""
    for id_, group in groupby(plan.training, key=lambda need: need.group):
        needs = tuple(group)
        yield TrainingTable(
            title=plan.questionnaire.place_of[id_][1].title,
            question=plan.questionnaire.questions[id_].text,
            by_row=bool(needs[0].cause.row),
            rows=tuple(_training_rows(needs)),
        )


def reasons(plan: ActionPlan) -> Mapping[str, tuple[Reason, ...]]:
    """Return for each recommended resource, by its id, the answers that brought it in."""
    known = _answers(plan)
    found = {}
    for item in plan.resources:
        given: dict[str, list[str]] = {}
        for cause in item.causes:
            answer, to = known[cause]
            given.setdefault(answer, []).append(to)
        found[item.resource.id] = tuple(
            Reason(answer=answer, given_to=tuple(to)) for answer, to in given.items()
        )
    return found


def audiences(plan: ActionPlan) -> Mapping[str, tuple[str, ...]]:
    """Return, for each resource with a specific audience, the sentences about that audience."""
    helps = (*(action.help for action in plan.actions), *(need.help for need in plan.training))
    return {
        chosen.resource.id: chosen.because[1:]
        for help_ in helps
        for chosen in help_.resources
        if chosen.because[1:]
    }


def sources_used(plan: ActionPlan) -> tuple[Source, ...]:
    """Return the sources of what this plan says: on practices, the guide, its publishers, supplements."""
    guide = plan.questionnaire.guide
    cited: list[tuple[str, ...]] = [
        guide.source_ids,
        *(organisation.source_ids for organisation in guide.organisations),
        *(action.question.source_ids for action in plan.planned),
        *(c.supplement.source_ids for action in plan.planned for c in action.help.supplements),
    ]
    named = set(chain.from_iterable(cited))
    return tuple(source for source in plan.questionnaire.sources if source.id in named)


def typed_in_plan(team: TeamPlan) -> Iterator[str]:
    """Yield every text of the plan that someone typed."""
    plan = team.plan
    yield plan.agency
    for item in (*team.planned, *team.outside):
        yield from (item.title, item.move_reason, *item.work.texts.values())
    yield from (finding.note for finding in plan.strengths)
    yield from (action.finding.note for action in plan.actions)
    yield from (item.note for item in plan.find_out_first)
    yield from (item.reason for item in plan.not_applicable)


def _answers(plan: ActionPlan) -> Mapping[Cause, tuple[str, str]]:
    """Return for each cause its answer, and what the answer was given to."""
    practices = {
        Cause(question=action.question.id): (
            action.finding.answer.label,
            f"{action.question.short} ({action.rank})",
        )
        for action in plan.actions
    }
    return practices | {need.cause: (need.answer.label, f"{need.label} (training)") for need in plan.training}


def _training_rows(needs: tuple[TrainingNeed, ...]) -> Iterator[TrainingRow]:
    """Yield the needs in order, with one row for needs that have the same answer and the same help."""
    alike: dict[tuple[str, Help], list[TrainingNeed]] = {}
    for need in needs:
        alike.setdefault((need.answer.label, _without_reasons(need.help)), []).append(need)
    for (answer, help_), members in alike.items():
        yield TrainingRow(labels=tuple(member.label for member in members), answer=answer, help=help_)


def _without_reasons(help_: Help) -> Help:
    return replace(help_, resources=tuple(replace(chosen, because=()) for chosen in help_.resources))
