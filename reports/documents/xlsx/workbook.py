"""The plan as a spreadsheet (XLSX): the only module that loads XlsxWriter.

It runs in the child process of `pdf.worker`, so that web processes do not load the library. The same plan
gives the same bytes. Every text is stored as text, even if it looks like a formula.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from questions.text import clean
from reports.documents.action_fields import status_labels
from reports.documents.formatting import long_date
from reports.documents.html.document import web_address
from reports.documents.xlsx.model import Cell, Columns, LinkCell, Sheet
from reports.documents.xlsx.row_heights import height
from reports.documents.xlsx.sheets import sheets
from reports.plan.model import ActionPlan
from reports.team.fields import STATUSES
from reports.team.model import TeamPlan

LETTER = 1
MOST_CHARACTERS = 32_767
# If someone edits a cell whose text begins like this, Excel would turn it into a formula.
_LIKE_A_FORMULA = ("=", "+", "-", "@")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    heading: Format
    text: Format
    like_a_formula: Format
    number: Format
    date: Format
    link: Format
    statuses: dict[str, Format]
    overdue: Format


def spreadsheet(team: TeamPlan) -> bytes:
    """Return the plan with the team's work as an XLSX file, a sheet for each part of the plan."""
    file = BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties(_properties(team.plan))
        looks = _looks(book)
        for sheet in sheets(team):
            page = book.add_worksheet(sheet.name)
            _write(page, sheet, looks)
            _color(page, sheet, team.plan, looks)
            _set_up_printing(page, sheet, team.plan)
    return file.getvalue()


def _properties(plan: ActionPlan) -> dict[str, object]:
    texts = plan.questionnaire.texts
    return {
        "title": _title(plan),
        "author": texts.screen.product_name,
        "comments": texts.plan.not_validated,
        "created": datetime.datetime.combine(plan.date, datetime.time()),
    }


def _title(plan: ActionPlan) -> str:
    words, language = plan.questionnaire.texts.files.spreadsheet.title, plan.questionnaire.language
    return ", ".join(
        filter(None, (words, clean(plan.agency), long_date(plan.date, language, plan.number_of_day)))
    )


def _looks(book: Workbook) -> _Looks:
    text = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C6CACE"}
    return _Looks(
        heading=book.add_format({**text, "bold": True, "bg_color": "#E7F2F5", "font_color": "#074B69"}),
        text=book.add_format(text),
        like_a_formula=book.add_format({**text, "quote_prefix": True}),
        number=book.add_format({**text, "align": "center"}),
        date=book.add_format({**text, "num_format": "mmm d, yyyy", "align": "left"}),
        link=book.add_format({**text, "font_color": "#07648D", "underline": 1}),
        statuses={status.id: _status_look(book, *status.colors) for status in STATUSES if status.colors},
        overdue=book.add_format({"bg_color": "#F8DFE2", "font_color": "#8B0A03", "bold": True}),
    )


def _status_look(book: Workbook, background: str, text: str) -> Format:
    return book.add_format({"bg_color": background, "font_color": text})


def _write(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    """Write headings and rows; the headings of a list stay in view, and each column can be filtered."""
    widths = [column.width for column in sheet.columns]
    headings = [column.heading for column in sheet.columns]
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, clean(column.heading), looks.heading)
    page.set_row(0, height(zip(headings, widths, strict=True)))
    for row, cells in enumerate(sheet.rows, start=1):
        page.set_row(row, height(zip(map(_shown, cells), widths, strict=True)))
        for number, cell in enumerate(cells):
            _write_cell(page, (row, number), cell, looks)
    if not sheet.rows:
        page.write_string(1, 0, sheet.none)
        return
    if sheet.is_list:
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    _offer_choices(page, sheet.columns, len(sheet.rows))


def _shown(cell: Cell) -> str:
    """Return the text that takes up room; dates and numbers fit on a line."""
    text = cell.text if isinstance(cell, LinkCell) else cell
    return text if isinstance(text, str) else ""


def _color(page: Worksheet, sheet: Sheet, plan: ActionPlan, looks: _Looks) -> None:
    """Color the status of each row, and the due dates that have passed while an action is open."""
    if sheet.due is None or sheet.status is None or not sheet.rows:
        return
    labels, last = status_labels(plan.questionnaire.texts.work), len(sheet.rows)
    for status, look in looks.statuses.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{labels[status]}"', "format": look}
        page.conditional_format(1, sheet.status, last, sheet.status, rule)
    due, status = (xl_col_to_name(number, col_abs=True) for number in (sheet.due, sheet.status))
    is_open = ",".join(f'{status}2<>"{labels[closed.id]}"' for closed in STATUSES if closed.closed)
    overdue = f"=AND(ISNUMBER({due}2),{due}2<TODAY(),{is_open})"
    page.conditional_format(
        1, sheet.due, last, sheet.due, {"type": "formula", "criteria": overdue, "format": looks.overdue}
    )


def _write_cell(page: Worksheet, place: tuple[int, int], cell: Cell, looks: _Looks) -> None:
    match cell:
        case None | "":
            page.write_blank(*place, None, looks.text)
        case LinkCell(url=url, text=text) if web_address(url):
            page.write_url(*place, url, looks.link, text)
        case LinkCell(sheet=name, text=text) if name:
            page.write_url(*place, f"internal:'{name}'!A1", looks.link, text)
        case LinkCell(text=text):
            page.write_string(*place, text, looks.text)
        case datetime.date():
            page.write_datetime(*place, cell, looks.date)
        case int():
            page.write_number(*place, cell, looks.number)
        case str():
            text = clean(cell)[:MOST_CHARACTERS]
            page.write_string(
                *place, text, looks.like_a_formula if text.startswith(_LIKE_A_FORMULA) else looks.text
            )


def _offer_choices(page: Worksheet, columns: Columns, rows: int) -> None:
    for number, column in enumerate(columns):
        if column.choices:
            page.data_validation(
                1, number, rows, number, {"validate": "list", "source": list(column.choices)}
            )


def _set_up_printing(page: Worksheet, sheet: Sheet, plan: ActionPlan) -> None:
    """Set the page up: landscape, as wide as the sheet, with its title, and what the plan is not."""
    page.set_landscape()
    page.set_paper(LETTER)
    page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_header(f"&L{_in_margin(_title(plan), 230)}&R&A, &P / &N")
    page.set_footer(f"&L&8 {_in_margin(_sentences(plan.questionnaire.texts.plan.not_validated, 230), 250)}")


def _sentences(text: str, most: int) -> str:
    """Return as many whole sentences as fit; the summary has them all."""
    return text if len(text) <= most else f"{text[:most].rpartition('. ')[0]}."


def _in_margin(text: str, most: int) -> str:
    """Return what fits of a text into the margin, where & begins a code and && is the sign itself."""
    signs = ["&&" if sign == "&" else sign for sign in " ".join(text.split())]
    return "".join(
        sign for sign, length in zip(signs, accumulate(map(len, signs)), strict=True) if length <= most
    )
