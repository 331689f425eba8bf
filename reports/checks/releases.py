"""Published content is frozen: what differs from its copy, and copies that were edited by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from questions.loading.loader import fingerprint, read_folder
from questions.model import version_numbers
from questions.source_files.errors import ContentError, ContentFault
from questions.versions.releases import PUBLISHED_FOLDER, REGISTER, published_versions, register
from reports.checks.content_diff import FileChange, file_change


def frozen_faults(
    version: str, files: Mapping[str, str], folder: Path = PUBLISHED_FOLDER
) -> Iterator[ContentFault]:
    """Yield a fault for each copy that was edited, and for each file of today that differs from its copy."""
    yield from _copy_faults(folder)
    if version in published_versions(folder):
        yield from _changed_faults(version, files, _files(published_versions(folder)[version]))


def _copy_faults(folder: Path) -> Iterator[ContentFault]:
    """Yield faults between the copies and the register."""
    try:
        entries = register(folder)
    except ContentError as error:
        yield from error.faults
        return
    written = {entry.version: entry.fingerprint for entry in entries}
    copies = published_versions(folder)
    for version in written.keys() - copies.keys():
        yield ContentFault(f"{folder.name}/{REGISTER}", 1, f"the copy of {version} is gone", "put it back")
    for version, copy in copies.items():
        place = f"{folder.name}/{version}"
        if version not in written:
            message = f"{REGISTER} does not name this copy"
            yield ContentFault(place, 1, message, "take the folder out, and publish again")
        elif fingerprint(_files(copy)) != written[version]:
            yield ContentFault(place, 1, "this copy was edited by hand", "put it back as it was published")


def _changed_faults(
    version: str, files: Mapping[str, str], frozen: Mapping[str, str]
) -> Iterator[ContentFault]:
    for name in sorted({*files, *frozen}):
        if name in files and name in frozen:
            change = file_change(name, frozen[name], files[name])
        else:
            change = FileChange(kind="meaning", line=1, what=name, what_line=1)
        if change:
            yield ContentFault(name, change.line, *_told(version, change))


def _told(version: str, change: FileChange) -> tuple[str, str]:
    """Return what changed and what to do about it."""
    major, minor, patch = version_numbers(version)
    frozen = f"version {version} is published and may not change"
    mend = "put this file back, or raise the version in questionnaire.yaml to"
    match change.kind:
        case "layout":
            return f"{frozen}, not even in comments or layout", f"{mend} {major}.{minor}.{patch + 1}"
        case "words":
            return (
                f"{frozen}; only words changed here",
                f"{mend} {major}.{minor}.{patch + 1}, and the last number of each question it touches",
            )
        case "meaning":
            return (
                f"{frozen}; the meaning changed here (“{change.what}”, line {change.what_line})",
                f"{mend} {major}.{minor + 1}.0 or {major + 1}.0.0, "
                "and the version of each question it touches",
            )


def _files(copy: Path) -> dict[str, str]:
    """Return the files of a copy; empty when they cannot be read, which no fingerprint equals."""
    try:
        return read_folder(copy)
    except ContentError:
        return {}
