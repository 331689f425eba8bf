"""No file and no function grows past what one can take in at a look."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
ALL = sorted(path for name in ("questions", "reports", "app") for path in (PROJECT / name).rglob("*.py"))
MODULES = [path for path in ALL if path.parent.name != "migrations"]  # those are written by a tool
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
LATER = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the length in lines of each function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_has_400_lines_at_most(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_has_40_lines_at_most(path: Path) -> None:
    assert [(name, length) for name, length in functions(path) if length > 40] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path", [path for path in MODULES if PROJECT / "app" not in path.parents], ids=name_of
)
def test_every_public_name_of_the_core_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node
        for scope in (tree, *(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name[0] != "_"))
        for node in scope.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize(
    "path", [*MODULES, *TESTS, *sorted((PROJECT / "templates").rglob("*.html"))], ids=name_of
)
def test_nothing_is_put_off_in_a_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in LATER if word in text] == []


def test_no_package_file_hides_our_packages_in_tests() -> None:
    assert list((PROJECT / "tests").rglob("__init__.py")) == []
