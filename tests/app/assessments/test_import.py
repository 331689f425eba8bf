"""Loading a file of answers into a new self-check: what fits, what does not, and wrong files."""

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.assessments import import_views as loading
from questions.answers_file.decoding import MAX_BYTES
from questions.source_files.yaml_source import YamlSource
from questions.versions.releases import answers_of_any_version
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import Page, text_of
from tests.support.sample import sample_files
from tests.support.second_version import TODAY, VERSION, second_version_files

ADDRESS = "/assessments/load"
GOOD = f"""
questionnaire: {{id: ti-ht-selfcheck, version: "{TODAY}"}}
agency: Harbor House
date: 2026-03-01
answers:
  pf-services: [intake, residential]
  pf-size: s6_20
  why-01: not_yet
  start-02: mostly
  cap-08: not_applicable
  tr-topics: {{screening: few}}
notes: {{why-01: "We ordered the webinar.", harm-08: "Only a note."}}
reasons: {{cap-08: "No such work."}}
"""


def upload(data: bytes | str, name: str = "answers.yaml") -> dict[str, object]:
    return {"file": (io.BytesIO(data.encode() if isinstance(data, str) else data), name)}


def load(client: Client, data: bytes | str) -> Assessment:
    """Load a file that fits; return the new self-check."""
    onward = client.post(ADDRESS, upload(data))
    assert onward.endswith("/check")
    return Assessment(client, onward.removesuffix("/check"))


def problems(page: Page) -> list[str]:
    (box,) = page.by_class("error-summary")
    return [text_of(line) for line in box.iter("li")]


def test_a_file_starts_a_new_draft_with_its_answers_notes_and_agency(client: Client) -> None:
    assessment = load(client, GOOD)
    page = client.get(assessment.at("check"))
    assert "We loaded 6 answers from your file." in page.text
    stored, given = assessment.stored(), YamlSource(GOOD).data
    assert {key: stored[key] for key in ("agency", "answers", "notes", "reasons")} == {
        key: given[key] for key in ("agency", "answers", "notes", "reasons")
    }
    assert client.get(assessment.at("finish")).value("agency") == "Harbor House"


def test_downloaded_answers_come_back_the_same_in_another_browser(
    assessment: Assessment, other: Client
) -> None:
    assessment.answer(pf_size="s6_20", pf_services=["intake", "legal"], pf_populations=["women", "minors"])
    assessment.save(
        "start-01", {"start-01": "started", "start-02": "mostly", "start-01-note": "Ärzte: “ja”\n- x"}
    )
    assessment.save("cap-08", {"cap-08": "not_applicable", "cap-08-reason": "No such work"})
    assessment.save("tr-topics", {"tr-topics-screening": "few"})
    file = assessment.client.file(assessment.at("answers.yaml")).data
    again = load(other, file)
    assert again.client.file(again.at("answers.yaml")).data == file
    assert again.public_id != assessment.public_id
    assessment.finish()
    finished = assessment.client.file(assessment.at("answers.yaml"))
    third = load(other, finished.data)
    assert third.stored()["answers"] == again.stored()["answers"]
    assert other.get(third.at("finish")).value("agency") == "Harbor House"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_saved_by_another_editor_loads_too(client: Client, encoding: str) -> None:
    assert load(client, GOOD.encode(encoding)).stored()["agency"] == "Harbor House"


def test_json_loads_too(client: Client) -> None:
    data = {"answers": {"why-01": "not_yet"}, "notes": {"why-01": "Ü"}}
    assert load(client, json.dumps(data)).stored()["notes"] == {"why-01": "Ü"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 x", "this is a PDF. An answers file is a text file"),
        (b"PK\x03\x04 xl/workbook.xml", "this is an Excel file. An answers file is a text file"),
        (b"", "this file is empty."),
        (b"agency: \xe9", "this is not UTF-8 text."),
        (b"a" * (MAX_BYTES + 1), "this file is too large: more than 256 kB."),
        (b"answers: [", "line 2: "),
        (b"just words", "this is not an answers file."),
        (b"answers: {why-01: nonsense}", "why-01: “nonsense” is not an answer to this question."),
        (b"answers: {nothing-01: not_yet}", "nothing-01: there is no question with this id"),
        (b"questionnaire: {version: '9.9.9'}", "questionnaire: version is “9.9.9”."),
        (b'{"actions": [], "sections": []}', "actions: not a key of an answers file."),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words_and_nothing_begins(
    client: Client, data: bytes, said: str
) -> None:
    page = client.refused(ADDRESS, upload(data))
    assert page.title.startswith(("1 error: ", "2 errors: "))
    assert problems(page)[0].startswith(said)
    assert "Nothing was loaded" in page.text
    assert "On this device" not in client.get("/").text


def test_every_error_is_listed_up_to_a_limit(client: Client) -> None:
    two = problems(client.refused(ADDRESS, upload("answers: {why-01: x, why-02: y}")))
    assert len(two) == 2
    many = "answers:\n" + "".join(f"  nothing-{n}: x\n" for n in range(300))
    lines = problems(client.refused(ADDRESS, upload(many)))
    assert len(lines) == 21
    assert lines[-1] == "And 280 more like these."


@pytest.mark.parametrize("data", [{}, upload(b"", name="")])
def test_without_a_file_one_is_asked_for(client: Client, data: dict[str, object]) -> None:
    assert problems(client.refused(ADDRESS, data)) == ["Choose a file first."]


def test_markup_in_a_file_is_plain_text_on_the_page(client: Client) -> None:
    page = client.refused(ADDRESS, upload("answers: {'<script>alert(1)</script>': x}"))
    assert "&lt;script&gt;" in page.source


def test_a_file_larger_than_the_limit_gives_a_page(client: Client) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        + b"a" * 600_000
        + b"\r\n--x--"
    )
    response = client.raw.post(ADDRESS, data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    assert "A file of answers can hold" in Page(response).text


def test_the_start_page_leads_there_and_back(client: Client) -> None:
    page = client.get(client.get("/").link("Load answers from a file"))
    assert page.h1 == "Load answers from a file"
    assert page.link("Back to the start page") == "/"


@pytest.fixture
def later(make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser on the site with the second version of the questions, after today's was published."""
    content, published = tmp_path / "content", tmp_path / "published"
    for folder, files in (
        (content, second_version_files()),
        (published / TODAY, sample_files()),
    ):
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    read: Callable[..., object] = partial(answers_of_any_version, folder=published)
    monkeypatch.setattr(loading, "answers_of_any_version", read)
    return Client(make_app(content))


def test_answers_to_older_questions_are_loaded_after_saying_which_do_not_fit(later: Client) -> None:
    page = Page(later.send(ADDRESS, upload(GOOD)))
    assert page.h1 == "Not all answers fit"
    assert f"version {TODAY} of the questions. The current version is {VERSION}." in page.text
    assert "Answers that still fit: 5. Answers that no longer fit and would be left out: 2." in page.text
    lines = [text_of(line) for line in page.by_class("check-list__line")]
    assert lines[0].startswith(
        "Our written policies say what trauma-informed work means here. Mostly in place"
    )
    assert "Only a note." in lines[1]
    assert len(lines) == 2
    assert "On this device" not in later.get("/").text
    onward = later.post(ADDRESS, {"agreed": str(page.value("agreed"))})
    stored = Assessment(later, onward.removesuffix("/check")).stored()
    assert stored["questionnaire"]["version"] == VERSION
    assert stored["agency"] == "Harbor House"
    assert stored["answers"].keys() == {"pf-services", "pf-size", "why-01", "cap-08", "tr-topics"}
    assert stored["notes"] == {"why-01": "We ordered the webinar."}


def test_answers_to_older_questions_that_all_fit_are_loaded_at_once(later: Client) -> None:
    text = f'questionnaire: {{version: "{TODAY}"}}\nanswers: {{why-01: not_yet}}'
    assert load(later, text).stored()["answers"] == {"why-01": "not_yet"}


def test_confirmed_answers_are_checked_again(later: Client) -> None:
    assert problems(later.refused(ADDRESS, {"agreed": "answers: {why-01: nonsense}"}))
