"""Whether today's content follows the published versions: raised version numbers, no reused ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from questions.kinds.base import Question
from questions.loading.loader import read_folder
from questions.model import Questionnaire, major, version_numbers
from questions.source_files.errors import ContentProblem, LocatedProblem, Location, with_lines
from questions.validation.locations import located_questions
from questions.versions.releases import load_published, published_versions
from reports.checks.content_diff import file_change
from reports.checks.version_bump_steps import step_problems

_HEAD = "questionnaire.yaml"


def version_bump_problems(
    today: Questionnaire, files: Mapping[str, str], folder: Path
) -> Iterator[ContentProblem]:
    """Yield the problems of valid content compared with the published versions."""
    yield from with_lines(files, _reference_problems(today, folder))
    lower = _lower(today, folder)
    if lower and _raised_last_number_only(lower[-1], today.version):
        yield from _more_than_words(today.version, files, lower[-1], published_versions(folder)[lower[-1]])


def _lower(today: Questionnaire, folder: Path) -> list[str]:
    """Return the published versions below today's, lowest first."""
    numbers = version_numbers(today.version)
    return [version for version in published_versions(folder) if version_numbers(version) < numbers]


def _reference_problems(today: Questionnaire, folder: Path) -> Iterator[LocatedProblem]:
    newest = max(published_versions(folder), key=version_numbers, default=today.version)
    if version_numbers(newest) > version_numbers(today.version):
        message = f"{newest} is published, so the version may not be lower"
        yield Location(_HEAD, ("version",)).problem(message, "raise it")
    earlier = [load_published(version, folder) for version in _lower(today, folder)]
    if earlier:
        yield from step_problems(earlier[-1], today)
        for question, location in located_questions(today):
            yield from _question_problems(earlier[-1], today, question, location)
            yield from _reused(earlier, question, location)


def _question_problems(
    earlier: Questionnaire, today: Questionnaire, now: Question, location: Location
) -> Iterator[LocatedProblem]:
    """Yield problems of a question that was asked before: its version must reflect what changed."""
    before = earlier.questions.get(now.id)
    if before is None:
        return
    version, since = location.at("version"), f"since version {earlier.version} of the questionnaire"
    first, last = before.version.split(".")
    if _numbers(now) < _numbers(before):
        yield version.problem(
            f"the version of “{now.id}” was {before.version} and may not be lower", "restore it, or raise it"
        )
    elif before.meaning(earlier) != now.meaning(today):
        if major(now.version) == major(before.version):
            yield version.problem(
                f"the meaning of “{now.id}” (its kind, scale or answers) changed {since}",
                f"raise its version to {int(first) + 1}.0",
            )
    elif before.wording() != now.wording() and now.version == before.version:
        yield version.problem(
            f"the words of “{now.id}” changed {since}",
            f"raise its version to {first}.{int(last) + 1}",
        )


def _reused(earlier: list[Questionnaire], question: Question, location: Location) -> Iterator[LocatedProblem]:
    """Yield a problem if the id is that of a question retired in an earlier version."""
    if question.id not in earlier[-1].questions:
        for old in earlier:
            if question.id in old.questions:
                yield location.at("id").problem(
                    f"“{question.id}” was the id of another question in {old.version}",
                    "give this one a new id",
                )
                return


def _numbers(question: Question) -> tuple[int, ...]:
    return version_numbers(question.version)


def _raised_last_number_only(before: str, now: str) -> bool:
    return version_numbers(before)[:2] == version_numbers(now)[:2]


def _more_than_words(
    version: str, files: Mapping[str, str], before: str, copy: Path
) -> Iterator[ContentProblem]:
    """Yield a problem for each file whose meaning changed: raising the last number is not enough."""
    first, middle, _ = version_numbers(version)
    fix = f"raise the version in {_HEAD} to {first}.{middle + 1}.0"
    frozen = read_folder(copy)
    for name in sorted({*files, *frozen} - {"changes.yaml"}):
        if name not in files or name not in frozen:
            message = f"this file came or went since {before}, so {version} is not enough"
            yield ContentProblem(name, 1, message, fix)
            continue
        change = file_change(name, frozen[name], files[name])
        if change and change.kind == "meaning":
            message = f"the meaning changed since {before} (“{change.what}”), so {version} is not enough"
            yield ContentProblem(name, change.what_line, message, fix)
