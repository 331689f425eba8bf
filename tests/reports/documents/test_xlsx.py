"""The plan as a spreadsheet, read back by another library."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from questions.model import Questionnaire
from reports.documents.summary import basis_sentence, training_none
from reports.documents.xlsx.row_heights import line_count
from reports.documents.xlsx.sheets import sheets
from reports.documents.xlsx.workbook import spreadsheet
from reports.plan.model import ActionPlan
from reports.team.model import NO_WORK, OwnAction, PlanWork, TeamPlan, team_plan
from tests.support.strategies import any_text, small_plans

PlanOf = Callable[..., ActionPlan]
STAGES = ("not_yet", "started", "mostly", "part_of_work", "not_sure", "not_applicable")
HOSTILE = (
    '=HYPERLINK("http://bad.example","click")',
    "+1+1",
    "-2",
    "@SUM(A1:A9)",
    "{=1+1}",
    "http://a.example/x",
    "mailto:a@b.example",
    "12",
    "3/4/2026",
    "<b>&amp;</b>",
    "_x0041_",
)


@pytest.fixture(scope="module")
def plan(plan_of: PlanOf, questionnaire: Questionnaire) -> ActionPlan:
    """A plan in which each sheet has rows."""
    practices = list(questionnaire.practice)
    answers: dict[str, object] = {id_: STAGES[n % len(STAGES)] for n, id_ in enumerate(practices)}
    answers |= {"pf-capacity": "n2_3", "tr-topics": {"effects": "few", "screening": "not_sure"}}
    return plan_of(answers, agency="Us & Co", notes=dict.fromkeys(practices, "Ask the night shift."))


@pytest.fixture(scope="module")
def team(plan: ActionPlan) -> TeamPlan:
    first, second = (action.question.id for action in plan.actions[:2])
    work = PlanWork(
        fields={
            first: {"owner": "Intake lead", "status": "under_way", "due": "2026-05-04", "notes": "Soon."}
        },
        own=(OwnAction(id="own-1", section="harm", title="A calm room"),),
        order=(second, first),
        moves={second: "It is quick."},
    )
    return team_plan(plan, work)


def opened(team: TeamPlan) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(spreadsheet(team)))


@pytest.fixture(scope="module")
def book(team: TeamPlan) -> Workbook:
    return opened(team)


def headings(page: Worksheet) -> list[str]:
    return [cell.value for cell in page[1]]


def column(page: Worksheet, heading: str) -> list[Cell]:
    """Return the cells below a heading."""
    number = headings(page).index(heading) + 1
    return [row[0] for row in page.iter_rows(min_row=2, min_col=number, max_col=number)]


def values(page: Worksheet, heading: str) -> list[object]:
    return [cell.value for cell in column(page, heading)]


def lists(book: Workbook) -> list[Worksheet]:
    """Return all sheets after the summary."""
    return book.worksheets[1:]


def test_each_part_of_the_plan_has_a_sheet_with_all_its_things(book: Workbook, team: TeamPlan) -> None:
    plan = team.plan
    names = plan.questionnaire.texts.files.spreadsheet.sheets
    counts = {
        names.actions: len(team.planned),
        "More on the actions": len(team.planned),
        "What can help": book["What can help"].max_row - 1,
        names.other_actions: len(team.outside),
        names.strengths: len(plan.strengths),
        names.training: len(plan.training),
        names.find_out: len(plan.find_out_first),
        names.resources: len(plan.resources),
        names.not_in_plan: len(plan.not_recommended),
    }
    assert {page.title: page.max_row - 1 for page in lists(book)} == counts
    assert all(counts.values())


def test_the_summary_says_what_is_known_and_leads_to_each_sheet(book: Workbook, team: TeamPlan) -> None:
    page = book.worksheets[0]
    said = {row[0].value: row[1].value for row in page}
    assert page.title == "Summary"
    assert said["What it is based on"] == basis_sentence(team.plan)
    assert said["How far you are"] == "Not started: 2, Under way: 1"
    assert said["What this is not"] == team.plan.questionnaire.texts.plan.not_validated
    leads_to = {cell.value: cell.hyperlink.location for cell in page["A"] if cell.hyperlink}
    assert leads_to == {sheet.title: f"'{sheet.title}'!A1" for sheet in lists(book)}


def test_actions_stand_in_the_teams_order(book: Workbook, team: TeamPlan) -> None:
    page, more = book["Actions"], book["More on the actions"]
    assert len(headings(page)) <= 14
    assert values(page, "Place") == values(more, "Place") == [1, 2, 3]
    assert values(page, "What we will change") == [item.title for item in team.planned]
    assert values(more, "Section")[2] == "Avoiding harm"
    assert values(more, "Why it was moved") == ["It is quick.", None, None]
    assert values(more, "Why this one")[2] == team.plan.questionnaire.texts.work.own_why
    assert values(page, "How far we are") == ["Not started", "Under way", "Not started"]
    assert values(page, "Notes for the team") == [None, "Soon.", None]
    assert set(values(more, "Note on our answer")) == {"Ask the night shift.", None}


def test_what_is_suggested_stands_apart_from_what_is_decided(book: Workbook, team: TeamPlan) -> None:
    page, words = book["Actions"], team.plan.questionnaire.texts.work.fields
    first = team.planned[0]
    assert values(page, words["owner"].label) == [None, "Intake lead", None]
    assert values(page, words["owner"].suggested) == [first.work.owner, None, None]
    assert [bool(day) for day in values(page, words["due"].label)] == [False, True, False]
    assert [bool(day) for day in values(page, words["due"].suggested)] == [True, False, False]
    others = book["Other actions"]
    assert not {words[id_].label for id_ in ("due", "review", "status")} & set(headings(others))
    assert set(values(others, words["owner"].label)) == {None}


def test_what_can_help_has_a_row_and_a_link_each(book: Workbook, team: TeamPlan) -> None:
    found = [cell.hyperlink.target for cell in column(book["What can help"], "Link") if cell.hyperlink]
    openings = [opening for item in team.planned if item.tool for opening in item.tool.help.openings]
    assert found == [opening.url for opening in openings]


def test_rows_are_tall_enough_for_their_texts(book: Workbook, team: TeamPlan) -> None:
    for sheet in sheets(team):
        widths = [column.width for column in sheet.columns]
        for row in book[sheet.name].iter_rows():
            texts = zip((str(cell.value or "") for cell in row), widths, strict=True)
            most = max(len(text) / width for text, width in texts)
            assert book[sheet.name].row_dimensions[row[0].row].height >= min(400, 15 * most)


def test_a_text_in_chinese_takes_twice_the_room() -> None:
    assert line_count("abc " * 10, 20) == 2
    assert line_count("\u6587" * 30, 20) == 3
    assert line_count("one\n\ntwo", 20) == 3


def test_colors_follow_the_status_and_the_date(book: Workbook) -> None:
    rules = [
        (str(area.sqref), rule.formula)
        for area, found in book["Actions"].conditional_formatting._cf_rules.items()
        for rule in found
    ]
    assert [formula for _, formula in rules if "TODAY" not in formula[0]] == [
        ['"Under way"'],
        ['"Done"'],
        ['"Dropped"'],
    ]
    ((area, (formula,)),) = [(area, formula) for area, formula in rules if "TODAY" in formula[0]]
    due = book["Actions"].cell(1, headings(book["Actions"]).index("Due date") + 1).column_letter
    assert area == f"{due}2:{due}4"
    assert formula.startswith(f"AND(ISNUMBER(${due}2),${due}2<TODAY()")


def test_dates_are_stored_as_dates_not_text(book: Workbook) -> None:
    due = column(book["Actions"], "Due date")
    assert due[1].value == datetime.datetime(2026, 5, 4)  # noqa: DTZ001  # a day, as Excel keeps it
    assert due[1].is_date
    assert due[1].number_format == "mmm d, yyyy"
    assert due[2].value is None


def test_the_status_is_chosen_from_a_list(book: Workbook) -> None:
    (rule,) = book["Actions"].data_validations.dataValidation
    assert rule.formula1 == '"Not started,Under way,Done,Dropped"'
    letter = book["Actions"].cell(1, headings(book["Actions"]).index("How far we are") + 1).column_letter
    assert str(rule.sqref) == f"{letter}2:{letter}4"


def test_each_sheet_is_set_up_to_be_read_filtered_and_printed(book: Workbook) -> None:
    for page in lists(book):
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
        assert all(cell.alignment.wrap_text for row in page for cell in row)
        wide = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(6 < width < 60 for width in wide)


def test_what_is_printed_fits_on_a_page(book: Workbook) -> None:
    for page in lists(book):
        last = re.fullmatch(rf"'?{page.title}'?!\$A\$1:\$([A-Z]+)\$\d+", page.print_area)
        assert last
        letters = [cell.column_letter for cell in page[1]]
        assert letters[-1] == last[1]
        # 137 characters are as wide as the page; at five eighths of their size, one can still read them.
        assert sum(page.column_dimensions[letter].width for letter in letters) < 1.6 * 137


def test_links_are_links_only_when_they_are_web_addresses(plan: ActionPlan) -> None:
    page = opened(team_plan(plan, NO_WORK))["Resources"]
    links = [cell.hyperlink.target if cell.hyperlink else None for cell in column(page, "Link")]
    own = [r.resource.link.url if r.resource.link else "" for r in plan.resources]
    assert any(own)
    assert [link for link, url in zip(links, own, strict=True) if url] == list(filter(None, own))
    item = next(r for r in plan.resources if r.resource.link)
    bad = replace(item.resource.link, url="javascript:alert(1)")
    changed = replace(item, resource=replace(item.resource, link=bad))
    page = opened(team_plan(replace(plan, resources=(changed,)), NO_WORK))["Resources"]
    (cell,) = column(page, "Link")
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_stays_text(plan: ActionPlan, text: str) -> None:
    first = plan.actions[0].question.id
    work = PlanWork(fields={first: {"notes": text, "owner": text}}, moves={first: text}, order=(first,))
    made = spreadsheet(team_plan(plan, work))
    book = openpyxl.load_workbook(io.BytesIO(made))
    places = {
        "Notes for the team": "Actions",
        "Who leads": "Actions",
        "Why it was moved": "More on the actions",
    }
    for heading, name in places.items():
        cell = column(book[name], heading)[0]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_properties_say_what_it_is_and_not_when_it_was_made(book: Workbook, plan: ActionPlan) -> None:
    found = book.properties
    assert found.title == "Action plan, Us & Co, March 1, 2026"
    assert found.creator == plan.questionnaire.texts.screen.product_name
    assert found.description == plan.questionnaire.texts.plan.not_validated
    assert found.created.date() == plan.date


def test_the_margins_hold_the_title_and_what_the_plan_is_not(book: Workbook, plan: ActionPlan) -> None:
    page = book["Actions"]
    assert page.oddHeader.left.text == "Action plan, Us && Co, March 1, 2026"
    assert plan.questionnaire.texts.plan.not_validated.startswith(page.oddFooter.left.text.strip())


def test_a_long_name_full_of_signs_fits_in_the_margin(plan_of: PlanOf) -> None:
    page = opened(team_plan(plan_of({}, agency="&" * 120), NO_WORK))["Actions"]
    assert page.oddHeader.left.text.count("&") % 2 == 0
    assert page.oddHeader.right.text == "&A, &P / &N"


def test_an_empty_plan_says_so_on_each_sheet(plan_of: PlanOf) -> None:
    plan = plan_of()
    texts = plan.questionnaire.texts
    book = opened(team_plan(plan, NO_WORK))
    said = {page.title: page["A2"].value for page in book}
    assert said["Actions"] == texts.plan.nothing_answered
    assert said["Other actions"] == said["Resources"] == texts.files.spreadsheet.none
    assert said["Strengths"] == texts.plan.strengths_none
    assert said["Training"] == training_none(plan)
    assert said["Find out first"] == texts.plan.find_out_none


def test_a_plan_with_all_taken_out_says_so(plan: ActionPlan) -> None:
    all_out = {action.question.id: "Not now." for action in plan.actions}
    page = opened(team_plan(plan, PlanWork(moves=all_out)))["Actions"]
    assert page["A2"].value == plan.questionnaire.texts.work.none_planned


def test_the_same_plan_gives_the_same_bytes(team: TeamPlan) -> None:
    assert spreadsheet(team) == spreadsheet(team)


@settings(max_examples=15)
@given(small_plans(), any_text)
def test_any_plan_can_be_written_and_read_back(plan: ActionPlan, text: str) -> None:
    work = PlanWork(
        own=(OwnAction(id="own-1", section="why", title=text),), fields={"own-1": {"notes": text}}
    )
    team = team_plan(plan, work)
    book = opened(team)
    for sheet in sheets(team):
        assert book[sheet.name].max_row == max(len(sheet.rows), 1) + 1
