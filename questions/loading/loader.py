"""Content files as one Questionnaire, or every problem in the content with file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, make_dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date
from pydantic import TypeAdapter, ValidationError

from questions.guide import Guide, Resource, Source, Supplement
from questions.kinds.options import Scale
from questions.links.inventory import LINK_CHECKS
from questions.loading.compatibility import adapt_to_current_types, add_missing_keys
from questions.loading.depth import with_depth
from questions.model import ContentChange, LinkCheck, Part, Questionnaire, Reviewer
from questions.model_base import Content
from questions.rules import PlanNote, ReadingRules, Rules
from questions.source_files.errors import ContentError, ContentProblem, LocatedProblem, humanize
from questions.source_files.yaml_source import SourceError, YamlSource
from questions.texts import TEXTS_BY_ID, Texts
from questions.validation import reference_problems

Check = Callable[[Questionnaire], Iterable[LocatedProblem]]

CONTENT_FOLDER = Path(__file__).parent.parent / "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header(Content):
    id: str
    version: str
    language: Literal["en-US"]
    parts: tuple[str, ...]
    reviewers: tuple[Reviewer, ...] = ()


def _file_with(key: str, type_: type[tuple[Content, ...]], **default: Any) -> TypeAdapter[Any]:
    """Return the type of a file that has only this key, with a list of this type."""
    fields = [(key, type_, field(**default))]
    return TypeAdapter(
        make_dataclass("_File", fields, bases=(Content,), frozen=True, slots=True, kw_only=True)
    )


_HEADER = "questionnaire.yaml"
_FIX_YAML = "check the spaces, quotes and colons on this line and the line before it"
_FILE_TYPES: Mapping[str, TypeAdapter[Any]] = {
    _HEADER: TypeAdapter(_Header),
    "guide.yaml": TypeAdapter(Guide),
    "resources.yaml": _file_with("resources", tuple[Resource, ...]),
    "supplements.yaml": _file_with("supplements", tuple[Supplement, ...]),
    "sources.yaml": _file_with("sources", tuple[Source, ...]),
    "scales.yaml": _file_with("scales", tuple[Scale, ...]),
    "rules.yaml": TypeAdapter(Rules),
    "plan_notes.yaml": _file_with("plan_notes", tuple[PlanNote, ...]),
    "texts.yaml": TypeAdapter(Texts),
    "changes.yaml": _file_with("changes", tuple[ContentChange, ...], default=()),
    "reading.yaml": TypeAdapter(ReadingRules),
    LINK_CHECKS: _file_with("links", tuple[LinkCheck, ...], default=()),
}
_PART: TypeAdapter[Part] = TypeAdapter(Part)


def read_folder(folder: Path = CONTENT_FOLDER) -> dict[str, str]:
    """Return the text of every content file by name. Raises ContentError if one is not UTF-8 text."""
    return {path.name: _text(path) for path in sorted(folder.glob("*.yaml"))}


def load_folder(folder: Path = CONTENT_FOLDER) -> Questionnaire:
    """Return the questionnaire of a folder. Raises ContentError."""
    return load(read_folder(folder))


def fingerprint(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of the content, as 64 hex digits; the order of files does not matter."""
    text = json.dumps(dict(files), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def load(files: Mapping[str, str], *checks: Check) -> Questionnaire:
    """Return the questionnaire of these files (text by name). Raises ContentError with every problem.

    `checks` are those of packages above this one, in addition to the checks of this package.
    """
    reader = _Reader(files)
    questionnaire = _build(reader, files)
    found = [
        *reference_problems(questionnaire),
        *chain.from_iterable(check(questionnaire) for check in checks),
    ]
    if found:
        raise ContentError([reader.with_line(problem) for problem in found])
    return questionnaire


def load_pinned(files: Mapping[str, str], newer: Mapping[str, str] | None = None) -> Questionnaire:
    """Return a questionnaire that an assessment is pinned to. It passed `load` when it was current.

    Today's code must not reject it, so the checks between files are skipped, a file that did not exist then
    is read as empty, and the data is adapted to today's types (see `compatibility`), with what it lacks
    taken from the `newer` files. Raises ContentError.
    """
    return _build(_Reader(files, newer=newer or {}), files)


def _build(reader: _Reader, files: Mapping[str, str]) -> Questionnaire:
    """Return the questionnaire made from these files. Raises ContentError."""
    read = {name: reader.read(name, type_) for name, type_ in _FILE_TYPES.items()}
    head: _Header | None = read[_HEADER]
    parts = [reader.read_part(part) for part in head.parts] if head else []
    if head:
        reader.refuse_others({*_FILE_TYPES, *(f"{part}.yaml" for part in head.parts)})
    if reader.problems or head is None:
        raise ContentError(reader.problems)
    return Questionnaire(
        id=head.id,
        version=head.version,
        fingerprint=fingerprint(files),
        language=head.language,
        parts=with_depth(read["rules.yaml"].depth, (part for part in parts if part)),
        scales=read["scales.yaml"].scales,
        guide=read["guide.yaml"],
        resources=read["resources.yaml"].resources,
        supplements=read["supplements.yaml"].supplements,
        sources=read["sources.yaml"].sources,
        rules=read["rules.yaml"],
        plan_notes=read["plan_notes.yaml"].plan_notes,
        texts=_with_reviewers(read["texts.yaml"], head),
        reading=read["reading.yaml"],
        changes=read["changes.yaml"].changes,
        link_checks=read[LINK_CHECKS].links,
        reviewers=head.reviewers,
    )


def _with_reviewers(texts: Texts, head: _Header) -> Texts:
    """Return the texts with who reviewed the questions, or that nobody has, in “not_validated”."""
    locale, plan = head.language.replace("-", "_"), texts.plan
    names = [
        f"{one.name}, {one.role}, {format_date(one.date, 'long', locale)}" + f" ({one.note})" * bool(one.note)
        for one in head.reviewers
    ]
    said = plan.reviewed.format(reviewers="; ".join(names)) if names else plan.not_reviewed
    return replace(texts, plan=replace(plan, not_validated=plan.not_validated.replace("{reviewed}", said)))


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = ContentProblem(path.name, line, "this is not UTF-8 text", "save it again as UTF-8")
        raise ContentError([problem]) from error


class _Reader:
    """Reads files one by one and collects their problems.

    Files are read as pinned content if `newer` is given.
    """

    def __init__(self, files: Mapping[str, str], *, newer: Mapping[str, str] | None = None) -> None:
        self.problems: list[ContentProblem] = []
        self._newer = newer
        self._files = files
        self._sources: dict[str, YamlSource] = {}

    def read(self, name: str, type_: TypeAdapter[Any]) -> Any:
        """Return the file's content as this type, or None if it has problems."""
        if name not in self._files and self._newer is None:
            self.problems.append(ContentProblem(name, 1, "the file is missing", "restore it"))
            return None
        try:
            source = YamlSource(self._files.get(name, "{}"))
        except SourceError as error:
            self.problems.append(ContentProblem(name, error.line, str(error.message), _FIX_YAML))
            return None
        self._sources[name] = source
        try:
            return self._validated(type_, name, source.data)
        except ValidationError as error:
            for detail in error.errors():
                at = ("kind",) if detail["type"] == "union_tag_invalid" else ()
                line = source.line((*detail["loc"], *at))
                self.problems.append(ContentProblem(name, line, *humanize(detail)))
            return None

    def _validated(self, type_: TypeAdapter[Any], name: str, data: Any) -> Any:
        """Return the data as this type; pinned data is adapted to it. Raises ValidationError."""
        if self._newer and name == "texts.yaml":
            add_missing_keys(data, self._newer_data(name), TEXTS_BY_ID)
        try:
            return type_.validate_python(data)
        except ValidationError as error:
            if self._newer is None:
                raise
            adapt_to_current_types(data, error, self._newer_data(name))
            return type_.validate_python(data)

    def _newer_data(self, name: str) -> Any:
        return YamlSource((self._newer or {}).get(name, "{}")).data

    def read_part(self, id_: str) -> Part | None:
        """Return the part with this id, or None if its file has problems."""
        name = f"{id_}.yaml"
        part: Part | None = self.read(name, _PART)
        if part and part.id != id_:
            line = self._sources[name].line(["id"])
            message = f"the id must be the file's name, “{id_}”"
            self.problems.append(ContentProblem(name, line, message, "change one of the two"))
        return part

    def refuse_others(self, names: set[str]) -> None:
        """Add a problem for each file that has none of these names, because nothing would read it."""
        for name in self._files:
            if name not in names:
                message = f"no part of {_HEADER} has this name, so the file would not be read"
                self.problems.append(ContentProblem(name, 1, message, "add it there, or delete the file"))

    def with_line(self, problem: LocatedProblem) -> ContentProblem:
        """Return the problem with the line of its location."""
        line = self._sources[problem.location.file].line(problem.location.keys)
        return ContentProblem(problem.location.file, line, problem.message, problem.fix)
