"""What a finished plan's PDF depends on besides its answers: a text that changes with any of it.

Worked out in the web process, which loads neither WeasyPrint nor Pango: versions are read from the
installed packages, and from the names of the libraries' files.
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
# At any depth: a module that moves into a folder still counts.
SOURCES = (
    "questions/**/*.py",
    "reports/**/*.py",
    "reports/**/*.conf",
    "reports/**/*.ttf",
    "templates/report/**/*",
    "translations/**/*",
)


@cache
def engine() -> str:
    """Return the versions of all that makes the PDF, and a hash of our code, templates and fonts."""
    versions = [f"{package} {version(package)}" for package in PACKAGES]
    versions += [f"python {platform.python_version()}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    libraries = [_library(name) for name in LIBRARIES]
    ours = hashlib.sha256()
    for path in sources():
        ours.update(path.relative_to(PROJECT).as_posix().encode())
        ours.update(hashlib.sha256(path.read_bytes()).digest())
    return "; ".join([*versions, *libraries, f"ours {ours.hexdigest()}"])


def sources() -> tuple[Path, ...]:
    """Return every file of this project that can change the bytes of a PDF."""
    found = {path for pattern in SOURCES for path in PROJECT.glob(pattern) if path.is_file()}
    return tuple(sorted(found))


def _library(name: str) -> str:
    """Return the name of the file that a library's name leads to, which ends in its version."""
    found = (path for folder in LIBRARY_FOLDERS for path in Path("/").glob(f"{folder}/{name}"))
    path = next(found, None)
    return path.resolve().name if path else f"{name} not found"
