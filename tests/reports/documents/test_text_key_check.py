"""Each id in the code has its text in the content, even in content that is older than the id."""

from collections.abc import Mapping

import pytest

from questions.loading.loader import load_pinned
from questions.versions.releases import load_published, published_versions
from reports.documents.text_key_check import text_key_problems
from tests.support.broken_content import broken, place, problems_of

Content = Mapping[str, str]
NEEDS = "    needs: {label:"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (NEEDS, "    wants: {label:", "“fields.wants” is not a known key"),
        (NEEDS, "    wants: {label:", "“fields.needs” is missing"),
        ('under_way: "Under way", ', "", "“statuses.under_way” is missing"),
        ('    now_known: "Now known"\n', "", "“outcomes.now_known” is missing"),
        ("Time, money, or approval needed", "Time {and} money", "this text has no placeholders"),
        ("Due: {action}", "Due: {day}", "{day} is not a placeholder of this text"),
    ],
)
def test_an_error_in_them_is_reported_with_its_line(
    content: Content, old: str, new: str, message: str
) -> None:
    files = broken(content, "texts.yaml", old, new)
    assert any(message in problem for problem in problems_of(files)), problems_of(files)


def test_an_error_deep_inside_names_its_own_line(content: Content) -> None:
    files = broken(content, "texts.yaml", "Time, money, or approval needed", "Time {and} money")
    assert problems_of(files)[0].startswith(place(files, "texts.yaml", "Time {and} money"))


def test_older_content_takes_the_texts_of_newer_ids_and_keeps_its_own(content: Content) -> None:
    start = content["texts.yaml"].index(NEEDS)
    end = content["texts.yaml"].index("\n", start) + 1
    old = {**content, "texts.yaml": content["texts.yaml"][:start] + content["texts.yaml"][end:]}
    old = broken(old, "texts.yaml", '"Under way"', '"Begun"')
    pinned = load_pinned(old, content)
    assert pinned.texts.work.fields["needs"].label == "Time, money, or approval needed"
    assert pinned.texts.work.statuses["under_way"] == "Begun"
    assert not list(text_key_problems(pinned))


@pytest.mark.parametrize("version", published_versions())
def test_published_content_has_them_all(version: str) -> None:
    assert not list(text_key_problems(load_published(version)))
