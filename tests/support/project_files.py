"""The files of the project, for tests of conventions."""

from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of these folders, at any depth."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def documents() -> list[Path]:
    """Return all documents that users, administrators and developers read."""
    folders = ("docs", "translations")
    return sorted(
        [*PROJECT.glob("*.md"), *(page for name in folders for page in (PROJECT / name).rglob("*.md"))]
    )


def name_of(path: Path) -> str:
    """Return the path of a file from the root of the project."""
    return path.relative_to(PROJECT).as_posix()


@cache
def read(path: Path) -> str:
    """Return the text of a file, read once for all tests."""
    return path.read_text(encoding="utf-8")
