"""The plan as spreadsheet and calendar, and the questions on paper, over the web and on the command line."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from ical.calendar_stream import IcsCalendarStream

from app.config import PROJECT
from app.pdf_cache import use_worker
from app.plans.download_views import DOWNLOADS, Download
from reports.documents.pdf.errors import PdfFailed
from reports.documents.pdf.worker import PdfWorker
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import text_of
from tests.support.second_version import TODAY


class _Broken(PdfWorker):
    """A child that always ends before it is done."""

    def make(self, task: Callable[..., bytes], *args: object, **kwargs: object) -> bytes:
        raise PdfFailed(f"{task} ended.")


@pytest.fixture
def finished(assessment: Assessment) -> Assessment:
    """A finished assessment with two actions."""
    assessment.save("harm-01", {"harm-01": "not_yet", "harm-02": "not_yet", "harm-02-note": "=1+1"})
    assessment.finish()
    return assessment


def test_the_spreadsheet_is_a_download_that_opens(finished: Assessment) -> None:
    response = finished.client.file(finished.at("plan.xlsx"))
    assert response.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.headers["Content-Disposition"].startswith(
        "attachment; filename=action-plan-harbor-house-20"
    )
    assert response.headers["Content-Disposition"].endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert book["Actions"].max_row == 3
    assert "=1+1" in [cell.value for row in book["More on the actions"] for cell in row]


def test_the_calendar_is_a_download_that_opens_with_ids_of_its_own(finished: Assessment) -> None:
    response = finished.client.file(finished.at("plan.ics"))
    assert response.mimetype == "text/calendar"
    assert response.headers["Content-Disposition"].endswith(".ics")
    events = IcsCalendarStream.calendar_from_ics(response.text).events
    assert len({event.uid for event in events}) == 5
    assert not [event.uid for event in events if finished.public_id in event.uid]
    assert {event.sequence for event in events} == {0}


def test_after_the_team_saved_the_calendar_has_the_same_events_with_a_higher_sequence(
    finished: Assessment,
) -> None:
    def events() -> dict[str, int]:
        text = finished.client.file(finished.at("plan.ics")).text
        return {event.uid: event.sequence for event in IcsCalendarStream.calendar_from_ics(text).events}

    before = events()
    finished.client.post(finished.at("plan/actions/harm-01"), {"owner": "Intake lead", "status": "under_way"})
    after = events()
    assert before.keys() == after.keys()
    assert set(after.values()) == {1}


def test_once_the_self_check_is_taken_again_the_day_for_that_is_cancelled(finished: Assessment) -> None:
    again = finished.client.post(finished.at("retake"), {"start": "blank"})
    Assessment(finished.client, "/".join(again.split("/")[:3])).finish()
    text = finished.client.file(finished.at("plan.ics")).text
    cancelled = [e for e in IcsCalendarStream.calendar_from_ics(text).events if e.status == "CANCELLED"]
    assert [event.summary for event in cancelled] == ["Take the self-check again"]


def test_the_plans_page_leads_to_every_file(finished: Assessment) -> None:
    page = finished.client.get(finished.at("plan"))
    for download in DOWNLOADS:
        assert page.link(str(download.label)) == finished.at(download.file)
        assert finished.client.file(finished.at(download.file)).mimetype == download.media_type


def test_other_pages_call_a_file_what_the_plans_page_calls_it(finished: Assessment) -> None:
    labels = {download.endpoint: str(download.label) for download in DOWNLOADS}
    plan = finished.client.get(finished.at("plan"))
    history = finished.client.get(plan.link("All self-checks of this agency"))
    files = {text_of(link).rpartition(" of ")[0]: link.get("href") for link in history.all("a")}
    for endpoint, address in (("plan_pdf", "plan.pdf"), ("answers", "answers.yaml")):
        assert files[labels[endpoint]] == finished.at(address)


def test_a_draft_offers_its_answers_by_the_same_name(assessment: Assessment) -> None:
    label = next(str(download.label) for download in DOWNLOADS if download.of_drafts)
    assert assessment.client.get(assessment.at("check")).link(label) == assessment.at("answers.yaml")


@pytest.mark.parametrize("download", DOWNLOADS, ids=lambda download: download.file)
def test_a_draft_has_only_the_files_of_a_draft(assessment: Assessment, download: Download) -> None:
    if download.of_drafts:
        assert assessment.client.file(assessment.at(download.file)).mimetype == download.media_type
    else:
        assert assessment.client.redirect(assessment.at(download.file)) == assessment.at("check")


@pytest.mark.parametrize("rest", [download.file for download in DOWNLOADS if download.costly])
def test_a_file_that_cannot_be_made_gives_a_page(finished: Assessment, rest: str) -> None:
    use_worker(finished.client.app, _Broken())
    page = finished.client.get(finished.at(rest), 503)
    assert page.h1 == "The file could not be created"
    assert page.link("Try the file again") == finished.at(rest)


def test_anyone_can_print_the_questions_which_are_made_once(client: Client, make_app: MakeApp) -> None:
    address = client.get("/").link("Print the questions (PDF)")
    response = client.file(address)
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f"attachment; filename=questions-{TODAY}.pdf"
    again, worker = make_app(), PdfWorker()
    use_worker(again, worker)
    assert Client(again).file(address).data == response.data
    assert not worker.running


def test_the_command_writes_the_questions_as_pdf(
    run: Callable[..., object], client: Client, tmp_path: Path
) -> None:
    result = run("worksheet", "--pdf", tmp_path / "questions.pdf")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert (tmp_path / "questions.pdf").read_bytes() == client.file("/worksheet.pdf").data


def test_the_command_says_what_is_wrong(run: Callable[..., object], tmp_path: Path) -> None:
    result = run("worksheet", "--pdf", tmp_path / "no" / "questions.pdf")
    assert result.code == 2
    assert result.err.endswith("questions.pdf: this file cannot be written\n")
    assert run("worksheet").code == 2


def test_no_web_process_loads_the_libraries_for_files() -> None:
    code = (
        "import app, json, sys\n"
        "app.create_app()\n"
        "large = ('weasyprint', 'xlsxwriter', 'icalendar')\n"
        "print(json.dumps([name for name in large if name in sys.modules]))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert json.loads(made.stdout) == []


@pytest.mark.parametrize(
    ("agency", "plain", "own"),
    [
        ("Casa Corazón Niñez", "casa-corazon-ninez", "casa-corazón-niñez"),
        ("Łódź & Straße", "lodz-strasse", "łódź-straße"),
        ("Дім", "", "дім"),
    ],
)
def test_a_file_name_keeps_the_letters_of_the_agency(
    assessment: Assessment, agency: str, plain: str, own: str
) -> None:
    assessment.finish(agency)
    header = unquote(assessment.client.file(assessment.at("plan.json")).headers["Content-Disposition"])
    assert f"filename=action-plan{plain and '-'}{plain}-2" in header
    assert f"filename*=UTF-8''action-plan-{own}-2" in header


@pytest.mark.parametrize("part", ["summary", "actions", "appendix"])
def test_each_part_of_the_plan_is_a_download_of_its_own(finished: Assessment, part: str) -> None:
    whole = finished.client.file(finished.at("plan.pdf"))
    response = finished.client.file(finished.at(f"plan.pdf?part={part}"))
    assert response.mimetype == "application/pdf"
    assert f"filename=action-plan-{part}-" in response.headers["Content-Disposition"]
    assert len(response.data) < len(whole.data)
    assert finished.client.file(finished.at("plan.pdf?part=full")).data == whole.data
    assert finished.at(f"plan.pdf?part={part}") in finished.client.get(finished.at("plan")).source


@pytest.mark.parametrize("file", ["plan.pdf", "plan.json"])
def test_a_part_that_a_file_does_not_have_is_not_found(finished: Assessment, file: str) -> None:
    finished.client.get(finished.at(f"{file}?part=cover"), 404)
