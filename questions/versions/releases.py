"""Published versions of the content: full copies that never change."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from questions.answers_file.parser import AnswersFile, read_answers_file, version_named
from questions.loading.loader import CONTENT_FOLDER, fingerprint, load_pinned, read_folder
from questions.model import Questionnaire, is_version, version_numbers
from questions.model_base import Content
from questions.source_files.errors import ContentError, ContentProblem
from questions.source_files.yaml_source import SourceError, YamlSource

PUBLISHED_FOLDER = Path(__file__).parent.parent / "published"
REGISTER = "versions.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Content):
    """One line of the register: a version, its fingerprint, and the day it was published (ISO date)."""

    version: str
    fingerprint: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register(Content):
    versions: tuple[Publication, ...] = ()


_REGISTER_TYPE: TypeAdapter[_Register] = TypeAdapter(_Register)
_HEAD = "# Written by `flask --app app content publish`. Never edit it, nor the folders beside it.\n"


def published_versions(folder: Path = PUBLISHED_FOLDER) -> Mapping[str, Path]:
    """Return the folder of each published version, lowest version first."""
    names = [path.name for path in folder.glob("*") if path.is_dir() and is_version(path.name)]
    return {name: folder / name for name in sorted(names, key=version_numbers)}


def load_published(version: str, folder: Path = PUBLISHED_FOLDER) -> Questionnaire:
    """Return the questionnaire of a published version, adapted to today's types.

    Raises KeyError or ContentError.
    """
    return _load(published_versions(folder)[version])


def answers_of_any_version(
    today: Questionnaire, text: str, folder: Path = PUBLISHED_FOLDER
) -> tuple[Questionnaire, AnswersFile]:
    """Return the content of an answers file with the questionnaire that it names (by default today's).

    Raises AnswersFileError with every problem. If the version is unknown, the problem lists the known ones.
    """
    known = sorted({*published_versions(folder), today.version}, key=version_numbers)
    named = version_named(text) or today.version
    other = named != today.version and named in known
    questionnaire = load_published(named, folder) if other else today
    return questionnaire, read_answers_file(questionnaire, text, known)


def read_register(folder: Path = PUBLISHED_FOLDER) -> tuple[Publication, ...]:
    """Return the lines of the register, in order. Raises ContentError."""
    path = folder / REGISTER
    if not path.exists():
        return ()
    try:
        return _REGISTER_TYPE.validate_python(YamlSource(path.read_text(encoding="utf-8")).data).versions
    except (SourceError, ValidationError, UnicodeDecodeError) as error:
        message = "this file was edited by hand and cannot be read"
        problem = ContentProblem(f"{folder.name}/{REGISTER}", 1, message, "restore it")
        raise ContentError([problem]) from error


def publish(
    files: Mapping[str, str], version: str, day: datetime.date, folder: Path = PUBLISHED_FOLDER
) -> None:
    """Write a full copy of the content as this version and add it to the register. Raises OSError."""
    entry = Publication(version=version, fingerprint=fingerprint(files), published=day.isoformat())
    target = folder / version
    target.mkdir(parents=True)
    for name, text in files.items():
        (target / name).write_bytes(text.encode())
    lines = [
        f'  - {{version: "{e.version}", published: "{e.published}", fingerprint: "{e.fingerprint}"}}\n'
        for e in (*read_register(folder), entry)
    ]
    (folder / REGISTER).write_bytes((_HEAD + "versions:\n" + "".join(lines)).encode())


@lru_cache(maxsize=32)  # reading and checking a version takes 35 ms
def _load(folder: Path) -> Questionnaire:
    return load_pinned(read_folder(folder), read_folder(CONTENT_FOLDER))
