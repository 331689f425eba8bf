"""The files of an assessment: one list that views, links on pages, rate limits, and tests go through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.content import path_for
from app.database.assessments import Assessment
from app.extensions import db
from app.finished_assessments import comparison_with_previous, load_team_plan, require_finished
from app.http.files import attachment
from app.http.rate_limits import costly
from app.pdf_cache import make_file
from app.permissions import require
from app.plans import bp
from app.plans.calendar_file import calendar_file
from app.plans.plan_pdf import plan_pdf
from reports.documents.html.parts import PlanPart
from reports.documents.json import answers_data, answers_yaml, plan_json
from reports.documents.pdf.tasks import make_spreadsheet


class PartNotFound(LookupError):
    """The file has no such part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A part of a file that can be had alone: its name and label, and what makes it."""

    name: str
    label: Any  # a lazy string of Flask-Babel
    make: Callable[[Assessment], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file of an assessment, at an address that ends in `file`; it is saved under a name with `name` in it.

    `make` returns its content. `costly` marks what the child process makes: its rate is limited. `of_drafts`
    is there before the assessment is finished. `shared` is also for people who have a link to the plan.
    `parts` are at the same address, with `part` and their id in the query.
    """

    endpoint: str
    file: str
    name: str
    media_type: str
    label: Any  # a lazy string of Flask-Babel
    make: Callable[[Assessment], bytes]
    costly: bool = False
    of_drafts: bool = False
    shared: bool = False
    parts: Mapping[PlanPart, FilePart] = field(default_factory=dict)

    def part(self, id_: str) -> Download | FilePart:
        """Return a part; of "full", all of it. Raises PartNotFound."""
        found = next((part for known, part in self.parts.items() if known == id_), None)
        if found is None and id_ != "full":
            raise PartNotFound(id_)
        return found or self


def _spreadsheet(assessment: Assessment) -> bytes:
    team = load_team_plan(assessment)
    db.session.rollback()  # no transaction stays open while the file is made
    return make_file(make_spreadsheet, team)


def _answers(assessment: Assessment) -> bytes:
    """Return the answers on the path as a file that can be loaded again."""
    path = path_for(assessment)
    data = answers_data(path.questionnaire, assessment.agency, assessment.finished_on, path.active)
    return answers_yaml(data).encode()


def _json(assessment: Assessment) -> bytes:
    team = load_team_plan(assessment)
    data = plan_json(team.plan, team, comparison_with_previous(assessment))
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


_PDF_PARTS: Mapping[PlanPart, FilePart] = {
    "summary": FilePart(
        name="action-plan-summary",
        label=_l("Summary for a board (PDF)"),
        make=partial(plan_pdf, part="summary"),
    ),
    "actions": FilePart(
        name="action-plan-actions",
        label=_l("Actions and tracker (PDF)"),
        make=partial(plan_pdf, part="actions"),
    ),
    "appendix": FilePart(
        name="action-plan-appendix",
        label=_l("Answers and resources (PDF)"),
        make=partial(plan_pdf, part="appendix"),
    ),
}
# In the order of the plan's page, where the first one is the button.
DOWNLOADS = (
    Download(
        endpoint="plan_pdf",
        file="plan.pdf",
        name="action-plan",
        media_type="application/pdf",
        label=_l("Download the plan (PDF)"),
        make=plan_pdf,
        costly=True,
        shared=True,
        parts=_PDF_PARTS,
    ),
    Download(
        endpoint="plan_xlsx",
        file="plan.xlsx",
        name="action-plan",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        label=_l("Spreadsheet (XLSX)"),
        make=_spreadsheet,
        costly=True,
    ),
    Download(
        endpoint="plan_ics",
        file="plan.ics",
        name="action-plan",
        media_type="text/calendar",
        label=_l("Dates for your calendar (ICS)"),
        make=calendar_file,
        costly=True,
    ),
    Download(
        endpoint="answers",
        file="answers.yaml",
        name="answers",
        media_type="application/yaml",
        label=_l("Download your answers (YAML)"),
        make=_answers,
        of_drafts=True,
    ),
    Download(
        endpoint="plan_as_json",
        file="plan.json",
        name="action-plan",
        media_type="application/json",
        label=_l("The plan as data (JSON)"),
        make=_json,
    ),
)


@bp.app_template_global()
def download_link(endpoint: str, public_id: str) -> tuple[str, str]:
    """Return label and address of one file, for pages beside the plan's. Raises LookupError if unknown."""
    found = [download for download in DOWNLOADS if download.endpoint == endpoint]
    if not found:
        raise LookupError(f"There is no download {endpoint!r}")
    return next(_links(found, "plans.", public_id=public_id))


def download_links(public_id: str) -> tuple[tuple[str, str], ...]:
    """Return label and address of each file of a finished assessment, in the order of the page."""
    return tuple(_links(DOWNLOADS, "plans.", public_id=public_id))


def shared_download_links(token: str) -> tuple[tuple[str, str], ...]:
    """Return label and address of each file that a link to the plan gives access to."""
    return tuple(_links([d for d in DOWNLOADS if d.shared], "plans.shared_", token=token))


def _links(downloads: Iterable[Download], prefix: str, **values: Any) -> Iterator[tuple[str, str]]:
    """Yield each file, and then its parts."""
    for download in downloads:
        endpoint = f"{prefix}{download.endpoint}"
        yield str(download.label), url_for(endpoint, **values)
        for id_, part in download.parts.items():
            yield str(part.label), url_for(endpoint, part=id_, **values)


def send(download: Download, assessment: Assessment) -> ResponseReturnValue:
    """Return the file, or the part of it that the query asks for. Raises PartNotFound."""
    part = download.part(request.args.get("part", "full"))
    ending = download.file.rpartition(".")[2]
    return attachment(part.make(assessment), download.media_type, assessment, part.name, ending)


def _view(download: Download) -> Callable[[str], ResponseReturnValue]:
    def view(public_id: str) -> ResponseReturnValue:
        assessment = require(public_id) if download.of_drafts else require_finished(public_id)
        return send(download, assessment)

    return costly(view) if download.costly else view


for _download in DOWNLOADS:
    bp.add_url_rule(
        f"/assessments/<public_id>/{_download.file}", _download.endpoint, view_func=_view(_download)
    )
