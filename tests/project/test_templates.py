"""Habits of the templates. The pages of the running site are read in tests/app."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
REPORT = [name for name in ALL if name.startswith("report/")]
FLASK_NAMES = {
    "config", "csrf_token", "current_user", "g", "get_flashed_messages", "request", "session", "url_for",
}  # fmt: skip
NAMED = re.compile(r"""\{%-?\s*(?:import|from|include|extends)\s+["']([^"']+)["']""")


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Jinja with the names of our filters and tests, whatever they do."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
    )
    used = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ALL)
    for name in re.findall(r"\|\s*([a-z_]+)", used):
        environment.filters.setdefault(name, str)
    return environment


def used_by(names: list[str]) -> list[str]:
    """Return these templates with all that they import or include by name."""
    found, left = [], list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.append(name)
            left += NAMED.findall((TEMPLATES / name).read_text(encoding="utf-8"))
    return sorted(found)


@pytest.mark.parametrize("name", ALL)
def test_every_template_compiles(environment: Environment, name: str) -> None:
    assert environment.get_template(name)


@pytest.mark.parametrize("name", used_by(REPORT))
def test_what_the_report_uses_knows_no_flask(environment: Environment, name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert meta.find_undeclared_variables(environment.parse(source)) & FLASK_NAMES == set()


@pytest.mark.parametrize("name", [name for name in ALL if name not in REPORT])
def test_a_page_has_no_inline_script_or_style(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", source, re.IGNORECASE) == []
    assert re.findall(r"<script\b(?![^>]*\bsrc=)[^>]*>", source, re.IGNORECASE) == []


@pytest.mark.parametrize("name", ALL)
def test_only_text_of_the_template_itself_is_marked_as_safe(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r"(?<!['\"])\s*\|\s*safe\b|autoescape\s+false", source) == []


@pytest.mark.parametrize("name", ALL)
def test_every_name_that_is_imported_is_used(environment: Environment, name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    for alias in re.findall(r"\{%-?\s*import\s+\S+\s+as\s+(\w+)", source):
        assert len(re.findall(rf"\b{alias}\b", source)) > 1
