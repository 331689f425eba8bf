"""Published content must not change: what differs from its copy, and copies edited by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from questions.loading.loader import fingerprint, read_folder
from questions.model import version_numbers
from questions.source_files.errors import ContentError, ContentProblem
from questions.versions.releases import REGISTER, published_versions, read_register
from reports.checks.content_diff import FileChange, file_change


def release_problems(version: str, files: Mapping[str, str], folder: Path) -> Iterator[ContentProblem]:
    """Yield a problem for each edited copy, and for each file of a published version that has changed."""
    yield from _copy_problems(folder)
    if version in published_versions(folder):
        yield from _changed_problems(version, files, _files(published_versions(folder)[version]))


def _copy_problems(folder: Path) -> Iterator[ContentProblem]:
    """Yield copies that do not match the register."""
    try:
        entries = read_register(folder)
    except ContentError as error:
        yield from error.problems
        return
    written = {entry.version: entry.fingerprint for entry in entries}
    copies = published_versions(folder)
    for version in written.keys() - copies.keys():
        yield ContentProblem(f"{folder.name}/{REGISTER}", 1, f"the copy of {version} is gone", "restore it")
    for version, copy in copies.items():
        place = f"{folder.name}/{version}"
        if version not in written:
            message = f"{REGISTER} does not name this copy"
            yield ContentProblem(place, 1, message, "take the folder out, and publish again")
        elif fingerprint(_files(copy)) != written[version]:
            yield ContentProblem(place, 1, "this copy was edited by hand", "restore it as it was published")


def _changed_problems(
    version: str, files: Mapping[str, str], frozen: Mapping[str, str]
) -> Iterator[ContentProblem]:
    for name in sorted({*files, *frozen}):
        if name in files and name in frozen:
            change = file_change(name, frozen[name], files[name])
        else:
            change = FileChange(kind="meaning", line=1, what=name, what_line=1)
        if change:
            yield ContentProblem(name, change.line, *_describe(version, change))


def _describe(version: str, change: FileChange) -> tuple[str, str]:
    """Return what changed and how to fix it."""
    major, minor, patch = version_numbers(version)
    frozen = f"version {version} is published and may not change"
    fix = "put this file back, or raise the version in questionnaire.yaml to"
    match change.kind:
        case "layout":
            return f"{frozen}, not even in comments or layout", f"{fix} {major}.{minor}.{patch + 1}"
        case "words":
            return (
                f"{frozen}; only words changed here",
                f"{fix} {major}.{minor}.{patch + 1}, and the last number of each question it touches",
            )
        case "meaning":
            return (
                f"{frozen}; the meaning changed here (“{change.what}”, line {change.what_line})",
                f"{fix} {major}.{minor + 1}.0 or {major + 1}.0.0, "
                "and the version of each question it touches",
            )


def _files(copy: Path) -> dict[str, str]:
    """Return the files of a copy; {} if they cannot be read, which matches no fingerprint."""
    try:
        return read_folder(copy)
    except ContentError:
        return {}
