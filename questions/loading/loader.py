"""Content files to one Questionnaire, or every fault of the content with file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from questions.guide import Guide, Resource, Source, Supplement
from questions.kinds.options import Scale
from questions.links.inventory import LINK_CHECKS
from questions.loading.compatibility import add_missing_keys, fit
from questions.model import ContentChange, LinkCheck, Part, Questionnaire
from questions.model_base import Content
from questions.rules import PlanNote, ReadingRules, Rules
from questions.source_files.errors import ContentError, ContentFault, ReferenceFault, plain
from questions.source_files.yaml_source import SourceError, YamlSource
from questions.texts import TEXTS_BY_ID, Texts
from questions.validation import reference_faults

Check = Callable[[Questionnaire], Iterable[ReferenceFault]]

CONTENT_FOLDER = Path(__file__).parent.parent / "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head(Content):
    id: str
    version: str
    language: Literal["en-US"]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resources(Content):
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Supplements(Content):
    supplements: tuple[Supplement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources(Content):
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scales(Content):
    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlanNotes(Content):
    plan_notes: tuple[PlanNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes(Content):
    changes: tuple[ContentChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _LinkChecks(Content):
    links: tuple[LinkCheck, ...] = ()


_HEAD = "questionnaire.yaml"
_MEND_YAML = "look at the spaces, quotes and colons there and on the line before"
_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    _HEAD: TypeAdapter(_Head),
    "guide.yaml": TypeAdapter(Guide),
    "resources.yaml": TypeAdapter(_Resources),
    "supplements.yaml": TypeAdapter(_Supplements),
    "sources.yaml": TypeAdapter(_Sources),
    "scales.yaml": TypeAdapter(_Scales),
    "rules.yaml": TypeAdapter(Rules),
    "plan_notes.yaml": TypeAdapter(_PlanNotes),
    "texts.yaml": TypeAdapter(Texts),
    "changes.yaml": TypeAdapter(_Changes),
    "reading.yaml": TypeAdapter(ReadingRules),
    LINK_CHECKS: TypeAdapter(_LinkChecks),
}
_PART: TypeAdapter[Part] = TypeAdapter(Part)


def read_folder(folder: Path = CONTENT_FOLDER) -> dict[str, str]:
    """Return the text of every content file by its name. Raises ContentError for what is no text."""
    return {path.name: _text(path) for path in sorted(folder.glob("*.yaml"))}


def load_folder(folder: Path = CONTENT_FOLDER) -> Questionnaire:
    """Return the questionnaire of a folder. Raises ContentError."""
    return load(read_folder(folder))


def fingerprint(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of the content, as 64 hex digits; the order of files does not matter."""
    text = json.dumps(dict(files), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def load(files: Mapping[str, str], *checks: Check) -> Questionnaire:
    """Return the questionnaire of these files (text by name). Raises ContentError with all errors.

    `checks` are those of packages above this one, in addition to the checks of this package.
    """
    reader = _Reader(files)
    questionnaire = _shaped(reader, files)
    found = [*reference_faults(questionnaire), *chain.from_iterable(check(questionnaire) for check in checks)]
    faults = [reader.place(fault) for fault in found]
    if faults:
        raise ContentError(faults)
    return questionnaire


def load_pinned(files: Mapping[str, str], newer: Mapping[str, str] | None = None) -> Questionnaire:
    """Return a questionnaire that passed `load` before, by the types of its day.

    What is new since must not refuse it: no check between files, keys that went out of use are
    passed over, and a file that came later is read as empty. A text or rule that a type asks for since
    is taken from the `newer` files; a new field of what stands in a list has a default. Raises ContentError.
    """
    return _shaped(_Reader(files, newer=newer or {}), files)


def _shaped(reader: _Reader, files: Mapping[str, str]) -> Questionnaire:
    """Return the questionnaire, each file in its shape. Raises ContentError."""
    read = {name: reader.read(name, shape) for name, shape in _SHAPES.items()}
    head: _Head | None = read[_HEAD]
    parts = [reader.read_part(part) for part in head.parts] if head else []
    if head:
        reader.refuse_others({*_SHAPES, *(f"{part}.yaml" for part in head.parts)})
    if reader.faults or head is None:
        raise ContentError(reader.faults)
    return Questionnaire(
        id=head.id,
        version=head.version,
        fingerprint=fingerprint(files),
        language=head.language,
        parts=tuple(part for part in parts if part),
        scales=read["scales.yaml"].scales,
        guide=read["guide.yaml"],
        resources=read["resources.yaml"].resources,
        supplements=read["supplements.yaml"].supplements,
        sources=read["sources.yaml"].sources,
        rules=read["rules.yaml"],
        plan_notes=read["plan_notes.yaml"].plan_notes,
        texts=read["texts.yaml"],
        reading=read["reading.yaml"],
        changes=read["changes.yaml"].changes,
        link_checks=read[LINK_CHECKS].links,
    )


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = ContentFault(path.name, line, "this is not text in UTF-8", "save it again, as UTF-8")
        raise ContentError([fault]) from error


class _Reader:
    """Reads files one by one and gathers their faults."""

    def __init__(self, files: Mapping[str, str], *, newer: Mapping[str, str] | None = None) -> None:
        self.faults: list[ContentFault] = []
        self._newer = newer
        self._files = files
        self._sources: dict[str, YamlSource] = {}

    def read(self, name: str, shape: TypeAdapter[Any]) -> Any:
        """Return the file in its shape, or None when it has faults."""
        if name not in self._files and self._newer is None:
            self.faults.append(ContentFault(name, 1, "the file is missing", "put it back"))
            return None
        try:
            source = YamlSource(self._files.get(name, "{}"))
        except SourceError as error:
            self.faults.append(ContentFault(name, error.fault.line, error.fault.message, _MEND_YAML))
            return None
        self._sources[name] = source
        try:
            return self._in_shape(shape, name, source.data)
        except ValidationError as error:
            for detail in error.errors():
                at = ("kind",) if detail["type"] == "union_tag_invalid" else ()
                line = source.line((*detail["loc"], *at))
                self.faults.append(ContentFault(name, line, *plain(detail)))
            return None

    def _in_shape(self, shape: TypeAdapter[Any], name: str, data: Any) -> Any:
        """Return the data in its shape; pinned data is fitted to it first."""
        if self._newer and name == "texts.yaml":
            add_missing_keys(data, self._newer_data(name), TEXTS_BY_ID)
        try:
            return shape.validate_python(data)
        except ValidationError as error:
            if self._newer is None:
                raise
            fit(data, error, self._newer_data(name))
            return shape.validate_python(data)

    def _newer_data(self, name: str) -> Any:
        return YamlSource((self._newer or {}).get(name, "{}")).data

    def read_part(self, id_: str) -> Part | None:
        """Return the part whose file has this name, or None when it has faults."""
        name = f"{id_}.yaml"
        part: Part | None = self.read(name, _PART)
        if part and part.id != id_:
            line = self._sources[name].line(["id"])
            message = f"the id has to be the file's name, “{id_}”"
            self.faults.append(ContentFault(name, line, message, "change one of the two"))
        return part

    def refuse_others(self, names: set[str]) -> None:
        """Gather a fault for each file that is none of these: nothing would read it."""
        for name in self._files:
            if name not in names:
                message = f"no part of {_HEAD} has this name, so the file would not be read"
                self.faults.append(ContentFault(name, 1, message, "name it there, or take the file out"))

    def place(self, fault: ReferenceFault) -> ContentFault:
        """Return the fault with the line of what it is about."""
        line = self._sources[fault.file].line(fault.location)
        return ContentFault(fault.file, line, fault.message, fault.mend)
