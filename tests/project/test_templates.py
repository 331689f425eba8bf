"""Habits of the templates. Each test names every offender at once; tests/app reads the pages they make."""

import re
from collections.abc import Iterable

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from tests.support.project_files import PROJECT, TEMPLATES, python_files, read

FOLDER = PROJECT / "templates"
SOURCES = {path.relative_to(FOLDER).as_posix(): read(path) for path in TEMPLATES}
REPORT = [name for name in SOURCES if name.startswith("report/")]
FLASK_NAMES = {
    "config", "csrf_token", "current_user", "g", "get_flashed_messages", "request", "session", "url_for",
}  # fmt: skip
NAMED = re.compile(r"""\{%-?\s*(?:import|from|include|extends)\s+["']([^"']+\.html)["']""")
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script\b(?![^>]*\bsrc=)[^>]*>""",
    re.IGNORECASE,
)
MARKED_SAFE = re.compile(r"(?<!['\"])\s*\|\s*safe\b|autoescape\s+false")
ERRORS = "errors/{}.html"  # app.errors names them by this pattern
ERROR_PAGES = {ERRORS.format(code) for code in (400, 403, 404, 405, 413, 429, 500, 503)}


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Jinja with the names of our filters, whatever they do."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do", "jinja2.ext.i18n"],
    )
    for name in re.findall(r"\|\s*([a-z_]+)", "\n".join(SOURCES.values())):
        environment.filters.setdefault(name, str)
    return environment


def test_every_template_compiles(environment: Environment) -> None:
    for name in SOURCES:
        environment.get_template(name)


def test_what_only_a_screen_reader_reads_begins_with_a_word_or_a_bracket() -> None:
    """A browser puts a space before a hidden part, so that a colon would stand alone: “Open : The title”."""
    assert [name for name, source in SOURCES.items() if re.search(r'usa-sr-only">\s*[:,.;]', source)] == []


def test_every_template_is_used() -> None:
    sources = [*SOURCES.values(), *(read(path) for path in python_files("app", "reports"))]
    by_code = {
        ERRORS.format(name) for name in re.findall(r'_page\("(\w+)"', read(PROJECT / "app" / "errors.py"))
    }
    chapters = {
        name: name.removeprefix("report/").removesuffix(".html") for name in REPORT
    }  # named by their id
    by_name = {
        name
        for name in SOURCES
        if any(f'"{name}"' in source or f'"{chapters.get(name, name)}"' in source for source in sources)
    }
    assert sorted(SOURCES.keys() - by_name - by_code - ERROR_PAGES) == []


def test_what_the_report_uses_knows_no_flask(environment: Environment) -> None:
    assert {
        name: names
        for name in used_by(REPORT)
        if (names := meta.find_undeclared_variables(environment.parse(SOURCES[name])) & FLASK_NAMES)
    } == {}


def test_a_page_has_no_inline_script_or_style() -> None:
    assert found_in((name for name in SOURCES if name not in REPORT), INLINE) == {}


def test_only_text_of_the_template_itself_is_marked_as_safe() -> None:
    assert found_in(SOURCES, MARKED_SAFE) == {}


def test_every_name_that_is_imported_is_used() -> None:
    assert [
        f"{name}: {alias}"
        for name, source in SOURCES.items()
        for alias in re.findall(r"\{%-?\s*import\s+\S+\s+as\s+(\w+)", source)
        if len(re.findall(rf"\b{alias}\b", source)) < 2
    ] == []


def found_in(names: Iterable[str], pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """Return what matches in each of these templates, without those in which nothing does."""
    return {name: found for name in names if (found := pattern.findall(SOURCES[name]))}


def used_by(names: list[str]) -> list[str]:
    """Return these templates with all that they import or include by name."""
    found, left = [], list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.append(name)
            left += NAMED.findall(SOURCES[name])
    return sorted(found)
