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


def test_each_part_of_the_plan_has_a_sheet_with_all_its_things(book: Workbook, team: TeamPlan) -> None:
    plan = team.plan
    names = plan.questionnaire.texts.files.spreadsheet.sheets
    counts = {
        names.actions: len(team.planned),
        names.other_actions: len(team.outside),
        names.strengths: len(plan.strengths),
        names.training: len(plan.training),
        names.find_out: len(plan.find_out_first),
        names.resources: len(plan.resources),
        names.not_in_plan: len(plan.not_recommended),
    }
    assert {page.title: page.max_row - 1 for page in book} == counts
    assert all(counts.values())


def test_actions_stand_in_the_teams_order_beside_the_tools_rank(book: Workbook, team: TeamPlan) -> None:
    page = book["Actions"]
    assert values(page, "Place") == [1, 2, 3]
    assert values(page, "Tool’s rank") == [2, 1, None]
    assert values(page, "What we will change") == [item.title for item in team.planned]
    assert values(page, "Section")[2] == "Avoiding harm"
    assert values(page, "Why it was moved") == ["It is quick.", None, None]
    assert values(page, "Why this one")[2] == team.plan.questionnaire.texts.work.own_why
    assert values(page, "How far we are") == ["Not started", "Under way", "Not started"]
    assert values(page, "Who leads")[1] == "Intake lead"
    assert values(page, "Notes for the team") == [None, "Soon.", None]
    assert values(page, "Points")[:2] == [item.tool.finding.priority for item in team.planned[:2]]
    assert set(values(page, "Note on our answer")) == {"Ask the night shift.", None}


def test_dates_are_dates(book: Workbook) -> None:
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
    for page in book:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
        assert all(cell.alignment.wrap_text for row in page for cell in row)
        wide = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(6 < width < 60 for width in wide)


def test_what_is_printed_fits_on_a_page(book: Workbook) -> None:
    for page in book:
        last = re.fullmatch(rf"'?{page.title}'?!\$A\$1:\$([A-Z]+)\$\d+", page.print_area)
        assert last
        letters = [cell.column_letter for cell in page[1]]
        printed = letters[: letters.index(last[1]) + 1]
        # 137 characters are as wide as the page; at five eighths of their size, one can still read them.
        assert sum(page.column_dimensions[letter].width for letter in printed) < 1.6 * 137


def test_links_are_links_only_when_they_are_web_addresses(plan: ActionPlan) -> None:
    page = opened(team_plan(plan, NO_WORK))["Resources"]
    links = [cell.hyperlink.target if cell.hyperlink else None for cell in column(page, "Link")]
    assert links == [r.resource.link.url if r.resource.link else None for r in plan.resources]
    assert any(links)
    item = next(r for r in plan.resources if r.resource.link)
    bad = replace(item.resource.link, url="javascript:alert(1)")
    changed = replace(item, resource=replace(item.resource, link=bad))
    page = opened(team_plan(replace(plan, resources=(changed,)), NO_WORK))["Resources"]
    (cell,) = column(page, "Link")
    assert (cell.value, cell.hyperlink) == ("javascript:alert(1)", None)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_stays_text(plan: ActionPlan, text: str) -> None:
    first = plan.actions[0].question.id
    work = PlanWork(fields={first: {"notes": text, "owner": text}}, moves={first: text}, order=(first,))
    made = spreadsheet(team_plan(plan, work))
    page = openpyxl.load_workbook(io.BytesIO(made))["Actions"]
    for heading in ("Notes for the team", "Who leads", "Why it was moved"):
        cell = column(page, heading)[0]
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
    assert page.oddFooter.left.text.strip() == plan.questionnaire.texts.plan.not_validated


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
    assert said["Training"] == texts.plan.training_none
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
