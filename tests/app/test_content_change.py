"""A new version of the content: drafts go on with it, finished assessments stay with their own."""

import shutil
from pathlib import Path

import pytest

from questions.load import CONTENT_FOLDER
from tests.app.client import Client, Sitting
from tests.app.conftest import MakeApp

# What is changed in the copy: file, text, new text.
CHANGES = [
    ("questionnaire.yaml", '"1.0.0"', '"1.1.0"'),
    ("scales.yaml", 'label: "Not yet"', 'label: "Not at all"'),
    ("start.yaml", "A leader with authority and time", "A leader of the new kind"),
    ("rules.yaml", "Recorded webinar", "Film of the new kind"),
    ("texts.yaml", "Here is what you already do well", "This is what you do well"),
    ("profile.yaml", '{value: one_program, label: "One program or site"}', "{value: two, label: Two}"),
]


@pytest.fixture
def changed_content(tmp_path: Path) -> Path:
    """A copy of the content with changes."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT_FOLDER, folder)
    for name, old, new in CHANGES:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def moved(sitting: Sitting, client: Client) -> Sitting:
    """Return the assessment as the same browser sees it on another application."""
    client.raw.set_cookie("assessment", sitting.client.raw.get_cookie("assessment").value)
    return Sitting(client, sitting.address)


def test_a_finished_plan_keeps_its_own_texts(
    sitting: Sitting, make_app: MakeApp, changed_content: Path
) -> None:
    sitting.save("start-01", {"start-01": "not_yet", "start-03": "not_yet"})
    sitting.save("why-01", {"why-01": "not_yet", "why-02": "not_sure"})
    before = sitting.finish()
    assert "Recorded webinar" in before.text
    later = moved(sitting, Client(make_app(changed_content)))
    after = later.client.get(later.at("plan"))
    assert after.text == before.text
    for rest in ("plan.json", "answers.yaml"):
        assert later.client.file(later.at(rest)).data == sitting.client.file(sitting.at(rest)).data


def test_a_draft_goes_on_with_the_new_content(
    sitting: Sitting, make_app: MakeApp, changed_content: Path
) -> None:
    sitting.save("pf-scope", {"pf-scope": "one_program", "pf-who": "team"})
    later = moved(sitting, Client(make_app(changed_content)))
    assert "Not at all" in later.get("start-01").text
    page = later.get("pf-scope")
    assert (page.value("pf-scope"), page.value("pf-who")) == (None, "team")
    assert later.stored()["answers"] == {"pf-who": "team"}
    later.answer(pf_scope="two")
    assert later.stored()["questionnaire"]["version"] == "1.1.0"
    assert "Film of the new kind" in later.finish().text + later.client.get("/guide").text


PROFILE = 'kind: {}\n        version: "1.0"\n        text: "{}'
# What is changed in profile.yaml, and into what; the question, a field of it, and an answer.
REPLACED = [
    (
        '{value: leaders, label: "Leaders and managers"}',
        "{value: chiefs, label: Chiefs}",
        "tr-roles-legal",
        "some",
    ),
    (PROFILE.format("single", "What are"), PROFILE.format("many", "What are"), "pf-scope", "whole"),
    (PROFILE.format("many", "What do you"), PROFILE.format("single", "What do you"), "pf-services", "legal"),
]


@pytest.mark.parametrize(("old", "new", "field", "answer"), REPLACED)
def test_a_stored_answer_that_no_longer_fits_is_asked_again(
    sitting: Sitting, make_app: MakeApp, changed_content: Path, old: str, new: str, field: str, answer: str
) -> None:
    sitting.answer(pf_scope="one_program", pf_services=["legal", "intake"])
    sitting.save("tr-roles", {"tr-roles-leaders": "some", "tr-roles-legal": "most"})
    file = changed_content / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    later = moved(sitting, Client(make_app(changed_content)))
    question = field.removesuffix("-legal")
    later.get(question)
    later.save(question, {field: answer})
    assert later.get(question).value(field) in (answer, [answer])
    assert question in later.stored()["answers"]
