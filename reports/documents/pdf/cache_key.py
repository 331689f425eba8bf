"""A cache key for everything besides the answers that can change the PDF of a finished plan.

It is computed in the web process, which loads neither WeasyPrint nor Pango: versions come from the metadata
of installed packages and from the file names of the libraries.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).parents[3]
PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "fonttools",
    "pyphen",
    "jinja2",
    "babel",
)
LIBRARIES = ("libpango-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")
LIBRARY_FOLDERS = ("usr/lib/*", "usr/lib64", "lib/*", "usr/local/lib")
# At any depth, so that a module still counts after it moves into a folder.
SOURCES = (
    "questions/**/*.py",
    "reports/**/*.py",
    "reports/**/*.conf",
    "reports/**/*.[ot]tf",
    "reports/**/*.txt",
    "templates/report/**/*",
    "translations/**/*",
)


@cache
def engine() -> str:
    """Return the versions of all software behind the PDF, and a hash of this project's sources and fonts."""
    versions = [f"{package} {version(package)}" for package in PACKAGES]
    versions += [f"python {platform.python_version()}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    libraries = [_library(name) for name in LIBRARIES]
    own_sources = hashlib.sha256()
    for path in sources():
        own_sources.update(path.relative_to(PROJECT).as_posix().encode())
        with path.open("rb") as file:
            own_sources.update(hashlib.file_digest(file, "sha256").digest())
    return "; ".join([*versions, *libraries, f"own {own_sources.hexdigest()}"])


def sources() -> tuple[Path, ...]:
    """Return every file of this project that can change the bytes of a PDF."""
    found = {path for pattern in SOURCES for path in PROJECT.glob(pattern) if path.is_file()}
    return tuple(sorted(found))


def _library(name: str) -> str:
    """Return the name of the file behind a library's symbolic link, which ends in its version."""
    found = (path for folder in LIBRARY_FOLDERS for path in Path("/").glob(f"{folder}/{name}"))
    path = next(found, None)
    return path.resolve().name if path else f"{name} not found"
