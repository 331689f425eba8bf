"""The texts of the team's work: every field and status has its words, and faults name their place."""

from collections.abc import Mapping

import pytest

from questions.model import Questionnaire
from reports.team.model import FIELDS, STATUSES
from tests.support.broken_content import broken, faults_of, place


def test_every_field_and_status_has_its_words(questionnaire: Questionnaire) -> None:
    work = questionnaire.texts.work
    assert tuple(work.fields.__dataclass_fields__) == FIELDS
    assert tuple(work.statuses.__dataclass_fields__) == STATUSES
    assert all(getattr(work.fields, id_).label for id_ in FIELDS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    needs: {label:", "    wants: {label:", "“fields.wants” is not a key known here"),
        ("    needs: {label:", "    wants: {label:", "“fields.needs” is missing"),
        ("Time, money, or approval needed", "Time {and} money", "nothing is filled in here"),
        ("Due {due}", "Due {day}", "{day} is no placeholder of this text"),
    ],
)
def test_a_fault_in_them_is_told_with_its_line(
    content: Mapping[str, str], old: str, new: str, message: str
) -> None:
    files = broken(content, "texts.yaml", old, new)
    assert any(message in fault for fault in faults_of(files)), faults_of(files)


def test_a_fault_deep_inside_names_its_own_line(content: Mapping[str, str]) -> None:
    files = broken(content, "texts.yaml", "Time, money, or approval needed", "Time {and} money")
    assert faults_of(files)[0].startswith(place(files, "texts.yaml", "Time {and} money"))
