"""Something new, made as docs/change-code.md says in a copy of the project, is seen on every surface."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.project_files import PROJECT
from tests.support.sample import NEWER_FOLDER

NUMBER_KIND = '''
"""A question of kind “number”: write a whole number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from questions.kinds.base import Field, InvalidAnswer, Question


@dataclass(frozen=True, kw_only=True)
class NumberQuestion(Question):
    kind: Literal["number"]
    most: int

    def options_in(self, questionnaire):
        return ()

    def check(self, questionnaire, raw):
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str) or not raw.isdecimal() or int(raw) > self.most:
            raise InvalidAnswer(f"This needs a whole number. Allowed: 0 to {self.most}.")
        return raw

    def labels(self, questionnaire, answer):
        return (answer,) if answer else ()

    def fields(self, questionnaire):
        return (Field(name=self.id, widget="line", label=self.text),)

    def satisfy(self, questionnaire, literals):
        return str(self.most)

    def meaning(self, questionnaire):
        return (self.kind,)

    def wording(self):
        return (self.text, self.help)

    def problems(self, questionnaire, location):
        yield from ()
'''
NUMBER_ON_PAGE = """
{% macro number(view) %}
{% set field = view.field() %}
{% call frame(view, field) %}
<label class="usa-label" for="{{ field.name }}-number">Number</label>
<input class="usa-input" inputmode="numeric" id="{{ field.name }}-number" name="{{ field.name }}"
  value="{{ field.data or '' }}">
{% endcall %}
{% endmacro %}
"""
NUMBER_ON_WORKSHEET = """
{% macro number(question, questionnaire, number, only_if, words, letters) %}
{% call frame(question, number, only_if) %}
<p class="write">0 to {{ question.most }}</p>
{% endcall %}
{% endmacro %}
"""
NUMBER_IN_CONTENT = """
  - id: counts
    title: "Numbers"
    questions:
      - id: pf-beds
        kind: number
        version: "1.0"
        text: "How many beds do you have?"
        help: "Count all."
        most: 500
"""
# Goes through the site as a visitor does, and prints what it saw.
NUMBER_VISIT = """
import datetime, json, re, tempfile
from pathlib import Path

from app import create_app, pdf_cache
from app.config import Settings
from app.content import current
from app.operations.migrate import upgrade
from questions.answers_file.parser import read_answers_file
from questions.path import path_of
from reports.checks.report import content_proof
from reports.documents.html.document import document
from reports.documents.html.worksheet import worksheet
from reports.plan.builder import Header, action_plan
from reports.plan.sample import sample_plan
from reports.team.model import NO_WORK, team_plan

app = create_app(Settings(data_dir=Path(tempfile.mkdtemp())))
upgrade(app)
browser = app.test_client()
token = {"csrf_token": re.search('name="csrf_token" value="([^"]+)"', browser.get("/").text)[1]}
here = browser.post("/assessments/", data={**token, "device": "own"}).location.rsplit("/", 2)[0]
seen = {"page": browser.get(f"{here}/profile/counts").text}
refused = browser.post(f"{here}/profile/counts", data={**token, "pf-beds": "many"})
seen |= {"refused": refused.text, "refused_status": refused.status_code}
saved = browser.post(f"{here}/profile/counts", data={**token, "pf-beds": "12"})
seen["saved_status"] = saved.status_code
seen["page_again"] = browser.get(f"{here}/profile/counts").text
seen["check"] = browser.get(f"{here}/check").text
browser.post(f"{here}/finish", data={**token, "agency": "Harbor House", "confirm": "y", "confirmed": "yes"})
seen["file"] = browser.get(f"{here}/answers.yaml").text
with app.app_context():
    questionnaire = current().questionnaire
    answers = read_answers_file(questionnaire, seen["file"]).answers
    plan = action_plan(path_of(questionnaire, answers), Header(agency="", date=datetime.date(2026, 3, 1)))
    seen["read"], seen["plan_document"] = answers.by_question, document(team_plan(plan, NO_WORK))
    seen["worksheet"] = worksheet(questionnaire)
    sample = sample_plan(questionnaire, datetime.date(2026, 3, 1))
    seen["sample_document"] = document(team_plan(sample, NO_WORK))
    checked = content_proof(questionnaire)
    seen["proved"] = [proof.claim.name for proof in checked.proofs if proof.answers is not None]
    seen["balance"], seen["problems"] = str(checked.balance), [str(problem) for problem in checked.problems]
print(json.dumps(seen))
"""
FIELD_ENTRY = """
    ActionField(
        id="budget",
        widget="line",
        calendar=4,
        hint=Message("A rough sum."),
        card="form",
        tracked=True,
        suggested=True,
    ),
"""
FIELD_TEXT = '    budget: {label: "What it costs"}\n'
# Begins a self-check with one action in its plan: `plan` is the address of the plan's page.
PLAN_VISIT = """
import io, json, re, tempfile, zipfile
from pathlib import Path

from app import create_app, pdf_cache
from app.config import Settings
from app.content import current
from app.finished_assessments import load_team_plan
from app.database.assessments import find_assessment
from app.operations.migrate import upgrade
from reports.documents.html.document import document

app = create_app(Settings(data_dir=Path(tempfile.mkdtemp())))
upgrade(app)
browser = app.test_client()
token = {"csrf_token": re.search('name="csrf_token" value="([^"]+)"', browser.get("/").text)[1]}
here = browser.post("/assessments/", data={**token, "device": "own"}).location.rsplit("/", 2)[0]

with app.app_context():
    place = current().questionnaire.place_of["harm-01"]
browser.post(f"{here}/{place[0].id}/{place[1].id}", data={**token, "harm-01": "not_yet"})
plan = browser.post(f"{here}/finish", data={**token, "agency": "Harbor House"}).location
"""
FIELD_VISIT = (
    PLAN_VISIT
    + """
seen = {"form": browser.get(f"{plan}?edit=harm-01").text}
saved = browser.post(f"{plan}/actions/harm-01", data={**token, "budget": "900 dollars"})
seen |= {"saved_status": saved.status_code, "page": browser.get(plan).text}
seen["json"] = browser.get(f"{plan}.json").json["team"][0]
book = zipfile.ZipFile(io.BytesIO(browser.get(f"{plan}.xlsx").data))
seen["spreadsheet"] = book.read("xl/sharedStrings.xml").decode()
seen["calendar"] = browser.get(f"{plan}.ics").text.replace("\\r\\n ", "")
with app.app_context():
    seen["pdf"] = document(load_team_plan(find_assessment(here.rsplit("/", 1)[1])))
    pdf_cache.worker().stop()
print(json.dumps(seen))
"""
)
STATUS_ENTRIES = 'Status(id="paused"), Status(id="handed_over", closed=True), '
STATUS_TEXTS = 'statuses: {paused: "Paused", handed_over: "Handed over", '
STATUS_VISIT = (
    PLAN_VISIT
    + """
seen = {"form": browser.get(f"{plan}?edit=harm-01").text}
for status in ("paused", "handed_over"):
    saved = browser.post(f"{plan}/actions/harm-01", data={**token, "status": status, "due": "2026-02-02"})
    book = zipfile.ZipFile(io.BytesIO(browser.get(f"{plan}.xlsx").data))
    with app.app_context():
        pdf = document(load_team_plan(find_assessment(here.rsplit("/", 1)[1])))
    seen[status] = {
        "saved_status": saved.status_code,
        "page": browser.get(plan).text,
        "json": browser.get(f"{plan}.json").json["team"][0],
        "strings": book.read("xl/sharedStrings.xml").decode(),
        "sheets": "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name),
        "calendar": browser.get(f"{plan}.ics").text.replace("\\r\\n ", ""),
        "pdf": pdf,
    }
with app.app_context():
    pdf_cache.worker().stop()
print(json.dumps(seen))
"""
)
DOWNLOAD_MODULE = '''
"""The titles of a plan's actions, one a line."""

from reports.team.model import TeamPlan


def titles(team: TeamPlan) -> bytes:
    return "\\n".join(item.title for item in team.planned).encode()
'''
DOWNLOAD_ENTRY = """    Download(
        endpoint="plan_titles",
        file="titles.txt",
        name="titles",
        media_type="text/plain",
        label=_l("Titles (TXT)"),
        make=lambda assessment: titles(load_team_plan(assessment)),
        costly=True,
        shared=True,
    ),
"""
DOWNLOAD_VISIT = (
    PLAN_VISIT
    + """
made = browser.get(f"{here}/titles.txt")
seen = {"page": browser.get(plan).text, "file": made.text, "saved_as": made.headers["Content-Disposition"]}
seen["limit"] = made.headers.get("X-RateLimit-Limit")
browser.post(f"{here}/links", data={**token, "days": "30"})
shared = re.search("/shared/[^\\"]+", browser.get(f"{here}/links").text)[0]
seen |= {"shared_page": app.test_client().get(shared).text}
seen |= {"shared_file": app.test_client().get(f"{shared}/titles.txt").text}
print(json.dumps(seen))
"""
)
ROLE_ENTRY = """    "board": RoleDefinition(
        name=_("Board member"),
        explanation=_("Can read everything."),
        permissions=frozenset({"read"}),
    ),
"""
ROLE_VISIT = """
import json, tempfile
from pathlib import Path

from app import create_app, pdf_cache
from app.config import Settings
from app.operations.migrate import upgrade
from tests.support.agency import new_team
from tests.support.read_only_role import wrong_statuses
from tests.support.sample import SAMPLE_FOLDER

app = create_app(Settings(data_dir=Path(tempfile.mkdtemp())), SAMPLE_FOLDER)
upgrade(app)
team = new_team(app)
seen = {"offered": team.owner.get(team.address).text}
team.owner.post(team.member("viewer", "/role"), {"role": "board"})
seen |= {"members": team.editor.get(team.address).text, "wrong": wrong_statuses(team)}
with app.app_context():
    pdf_cache.worker().stop()
print(json.dumps(seen))
"""


def test_a_kind_of_question_takes_four_files(tmp_path: Path) -> None:
    copy = _copy_of_project(tmp_path)
    (copy / "questions/kinds/number.py").write_text(NUMBER_KIND.lstrip())
    kinds = copy / "questions/kinds/__init__.py"
    imported = "from questions.kinds.single import SingleQuestion\n"
    _change(kinds, imported, f"from questions.kinds.number import NumberQuestion\n{imported}")
    _change(kinds, "SingleQuestion | ", "SingleQuestion | NumberQuestion | ")
    _append(copy / "templates/components/question.html", NUMBER_ON_PAGE)
    _append(copy / "templates/report/worksheet_questions.html", NUMBER_ON_WORKSHEET)
    _append(copy / "questions/content/profile.yaml", NUMBER_IN_CONTENT)

    seen = _visit(copy, NUMBER_VISIT)
    assert 'name="pf-beds"' in seen["page"]
    assert seen["refused_status"] == 422
    assert "Allowed: 0 to 500." in seen["refused"]
    assert 'value="many"' in seen["refused"]
    assert seen["saved_status"] == 302
    assert 'value="12"' in seen["page_again"]
    for surface in ("check", "plan_document", "sample_document", "worksheet"):
        assert "How many beds do you have?" in seen[surface], surface
    for surface in ("check", "plan_document"):
        assert re.search(r">\s*12[.\s]*<", seen[surface]), surface
    assert seen["read"] == {"pf-beds": "12"}
    assert "0 to 500" in seen["worksheet"]
    assert re.search(r">\s*500[.\s]*<", seen["sample_document"])
    assert "pf-beds" in seen["proved"]
    assert "500 made-up plans" in seen["balance"]
    assert seen["problems"] == []


def test_a_field_of_an_action_takes_two_files(tmp_path: Path) -> None:
    copy = _copy_of_project(tmp_path)
    status = '    ActionField(id="status"'
    _change(copy / "reports/team/fields.py", status, FIELD_ENTRY + status)
    _change(copy / "questions/content/texts.yaml", "  fields:\n", f"  fields:\n{FIELD_TEXT}")

    seen = _visit(copy, FIELD_VISIT)
    assert 'name="budget"' in seen["form"]
    assert "A rough sum." in seen["form"]
    assert re.search('id="budget-harm-01" name="budget" value="900 dollars"', seen["page"])
    assert re.search(r"<th[^>]*>What it costs</th>", seen["pdf"])
    assert seen["saved_status"] == 302
    assert seen["json"]["budget"] == "900 dollars"
    for surface in ("page", "pdf", "spreadsheet", "calendar"):
        assert "What it costs" in seen[surface], surface
        assert "900 dollars" in seen[surface], surface


def test_a_status_takes_two_files(tmp_path: Path) -> None:
    copy = _copy_of_project(tmp_path)
    _change(copy / "reports/team/fields.py", "DONE, DROPPED)", f"{STATUS_ENTRIES}DONE, DROPPED)")
    _change(copy / "questions/content/texts.yaml", "statuses: {", STATUS_TEXTS)

    seen = _visit(copy, STATUS_VISIT)
    for status, label in (("paused", "Paused"), ("handed_over", "Handed over")):
        found = seen[status]
        assert f'value="{status}"' in seen["form"]
        assert found["saved_status"] == 302
        assert found["json"]["status"] == status
        for surface in ("page", "pdf", "strings", "sheets"):
            assert label in found[surface], (status, surface)
        assert f"1 of 1 {label.lower()}" in found["page"]
        assert "not started yet" not in found["page"]
    open_, closed = seen["paused"], seen["handed_over"]
    assert "Overdue since" in open_["page"]
    assert "Overdue since" not in closed["page"]
    assert "CANCELLED" not in open_["calendar"]
    assert "CANCELLED" in closed["calendar"]
    assert '&lt;&gt;"Handed over"' in open_["sheets"]
    assert '&lt;&gt;"Paused"' not in open_["sheets"]


@pytest.mark.audit
def test_a_role_takes_one_file(tmp_path: Path) -> None:
    copy = _copy_of_project(tmp_path)
    shutil.copytree(PROJECT / "tests/support", copy / "tests/support")
    viewer = '    "viewer": RoleDefinition('
    _change(copy / "app/permissions.py", viewer, ROLE_ENTRY + viewer)

    seen = _visit(copy, ROLE_VISIT)
    assert "Can read everything." in seen["offered"]
    assert "Board member" in seen["members"]
    assert seen["wrong"] == []


def test_a_download_takes_two_files(tmp_path: Path) -> None:
    copy = _copy_of_project(tmp_path)
    (copy / "reports/documents/titles.py").write_text(DOWNLOAD_MODULE.lstrip())
    views = copy / "app/plans/download_views.py"
    imported = "from reports.documents.pdf.tasks import make_spreadsheet\n"
    _change(views, imported, f"from reports.documents.titles import titles\n{imported}")
    _change(views, "\nDOWNLOADS = (\n", f"\nDOWNLOADS = (\n{DOWNLOAD_ENTRY}")

    seen = _visit(copy, DOWNLOAD_VISIT)
    assert seen["file"] == seen["shared_file"] != ""
    assert "titles-harbor-house-" in seen["saved_as"]
    assert seen["limit"] == "300"
    for surface in ("page", "shared_page"):
        assert "Titles (TXT)" in seen[surface], surface


def _copy_of_project(folder: Path) -> Path:
    """Return a copy of what the site needs to run, with published content."""
    for name in ("app", "questions", "reports", "templates", "translations"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(folder / "questions/content")
    shutil.copytree(NEWER_FOLDER, folder / "questions/content")
    return folder


def _append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text().rstrip()}\n{text}")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1, f"{old!r} stands in {file.name} {text.count(old)} times"
    file.write_text(text.replace(old, new))


def _visit(copy: Path, program: str) -> Any:
    """Return what a program printed that ran in the copy."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=copy, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
