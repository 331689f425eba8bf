"""The first sheet: how much the plan knows, how far the team is, and a link to each other sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.documents.action_fields import field_label, status_counts
from reports.documents.formatting import long_date
from reports.documents.summary import basis_sentence, urgent_sentence
from reports.documents.xlsx.model import Cell, Column, LinkCell, Sheet
from reports.plan.translations import translations
from reports.team.model import TeamPlan

LABELS, SAID = 28, 80


def summary_sheet(team: TeamPlan, sheets: Iterable[Sheet]) -> Sheet:
    """Return the summary, with a line for each of the other sheets."""
    texts, _ = team.plan.questionnaire.texts, translations(team.plan.questionnaire.language).gettext
    title = ", ".join(filter(None, (texts.files.spreadsheet.title, team.plan.agency)))
    columns = (
        Column(title, LABELS, lambda row: row[0]),
        Column(
            long_date(team.plan.date, team.plan.questionnaire.language, team.plan.number_of_day),
            SAID,
            lambda row: row[1],
        ),
    )
    rows = (*_state(team), *_contents(sheets), (_("What this is not"), texts.plan.not_validated))
    return Sheet(name=_("Summary"), columns=columns, rows=rows, none="", is_list=False)


def _state(team: TeamPlan) -> Iterator[tuple[Cell, ...]]:
    """Yield what is known, what is urgent, how far the actions are, and which date comes first."""
    plan, language = team.plan, team.plan.questionnaire.language
    _ = translations(language).gettext
    yield _("What it is based on"), basis_sentence(plan)
    urgent = urgent_sentence(team)
    if urgent:
        yield _("Urgent"), urgent
    counts = status_counts(team)
    if counts:
        yield _("How far you are"), ", ".join(f"{label}: {count}" for label, count in counts.items())
        yield (
            _("Colors"),
            _("Blue is under way, green is done, gray is dropped. A due date that has passed is red."),
        )
    dated = [(item.work.due, item) for item in team.planned if item.work.due and not item.work.closed]
    if dated:
        due, item = min(dated, key=lambda pair: (pair[0], pair[1].position))
        label = field_label(plan.questionnaire, item, "due")
        yield _("Next: %(what)s") % {"what": label}, f"{long_date(due, language)}: {item.title}"


def _contents(sheets: Iterable[Sheet]) -> Iterator[tuple[Cell, ...]]:
    for sheet in sheets:
        yield LinkCell(sheet=sheet.name, text=sheet.name), str(len(sheet.rows)) if sheet.rows else sheet.none
