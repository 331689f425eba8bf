"""The answers file (YAML or JSON): its text as checked answers, or everything that is wrong with it."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.answers import Answers, check_note, check_text
from questions.conditions import Answer
from questions.kinds.base import InvalidAnswer, Question
from questions.model import Questionnaire
from questions.source_files.yaml_source import TOO_MANY, SourceError, YamlSource
from questions.text import Message, excerpt, quoted

# The years of dates that people give: far from the ends of the calendar, so that due dates can be calculated.
YEARS = range(2000, 2101)
MOST_VALUES = 5000  # keys and values; a file with every answer, note and reason has some hundreds
_KEYS = ("questionnaire", "agency", "date", "answers", "notes", "reasons", "points_to")
_KEYS_OF_A_PLAN = {"sections", "strengths", "actions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """The checked content of a file. `date` is None if the file has none."""

    agency: str
    date: datetime.date | None
    answers: Answers


class AnswersFileError(ValueError):
    """The file cannot be used. `problems` has one message each: where (question id) and what is allowed."""

    def __init__(self, problems: Sequence[Message]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


def read_answers_file(questionnaire: Questionnaire, text: str, known: Collection[str] = ()) -> AnswersFile:
    """Return the content of the file. Raises AnswersFileError with every problem.

    The file must be for this questionnaire's version (see `version_named`). `known` are the versions that
    the message about another version lists.
    """
    raw = _parsed(text)
    checker = _Checker(questionnaire, raw)
    file = AnswersFile(
        agency=checker.text("agency", questionnaire.rules.agency_limit),
        date=checker.date(),
        answers=Answers(
            by_question=checker.values(),
            notes=checker.notes(),
            reasons=checker.reasons(),
            points_to=checker.points_to(),
        ),
    )
    checker.head(known or [questionnaire.version])
    if checker.problems:
        raise AnswersFileError(checker.problems)
    return file


def version_named(text: str) -> str | None:
    """Return the questionnaire version that the file names, or None."""
    try:
        head = _parsed(text).get("questionnaire")
    except AnswersFileError:
        return None
    version = head.get("version") if isinstance(head, Mapping) else None
    return version if isinstance(version, str) and version else None


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        raw = _from_json(text) if text.lstrip().startswith("{") else _from_yaml(text)
    except SourceError as error:
        place = Message("line %(line)s", line=str(error.line))
        raise AnswersFileError([_at(place, error.message)]) from error
    if not isinstance(raw, Mapping):
        keys = ", ".join(_KEYS)
        message = Message("this is not an answers file. It needs the keys %(keys)s.", keys=keys)
        raise AnswersFileError([message])
    if raw.keys() >= _KEYS_OF_A_PLAN:
        message = Message(
            "this is a plan, not the answers behind it. On the plan’s page, download the answers (YAML)."
        )
        raise AnswersFileError([message])
    return raw


def _from_yaml(text: str) -> Any:
    """Return the YAML data. Raises SourceError, for a file that is much too long before it costs time."""
    return YamlSource(text, MOST_VALUES).data


def _from_json(text: str) -> Any:
    """Return the JSON data with numbers as text. YAML in braces that is not JSON is read as YAML."""
    try:
        return json.loads(
            text, object_pairs_hook=_no_repeats, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError:
        return _from_yaml(text)
    except RecursionError as error:
        raise AnswersFileError([Message("nested too deeply")]) from error


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_VALUES:
        raise AnswersFileError([TOO_MANY])
    seen = dict(pairs)
    if len(seen) < len(pairs):
        ((twice, _times),) = Counter(key for key, _ in pairs).most_common(1)
        raise AnswersFileError([Message("%(key)s appears twice", key=quoted(twice))])
    return seen


def _date(raw: object) -> datetime.date | None:
    """Return the date, or None if it is not written as year-month-day."""
    if not isinstance(raw, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        return None
    try:
        return datetime.date.fromisoformat(raw)
    except ValueError:
        return None


def _at(place: str | Message, problem: Message) -> Message:
    return Message("%(place)s: %(problem)s", place=place, problem=problem)


class _Checker:
    """Checks the parts of a file one by one and collects the problems."""

    def __init__(self, questionnaire: Questionnaire, raw: Mapping[str, Any]) -> None:
        self.problems: list[Message] = []
        self._questionnaire = questionnaire
        self._raw = raw

    def head(self, versions: Collection[str]) -> None:
        """Check the keys and the questionnaire's id and version, which must be one of `versions`."""
        allowed = ", ".join(_KEYS)
        for key in self._raw:
            if key not in _KEYS:
                problem = Message("not a key of an answers file. Allowed: %(allowed)s.", allowed=allowed)
                self._reject(excerpt(key), problem)
        given = self._given("questionnaire", {})
        if not isinstance(given, Mapping):
            self._reject("questionnaire", Message("this needs an id and a version"))
            return
        mine = self._questionnaire
        for key, own, choice in (("id", mine.id, [mine.id]), ("version", mine.version, versions)):
            if given.get(key, own) != own:
                self._reject(
                    "questionnaire",
                    Message(
                        "%(key)s is %(value)s. Allowed: %(allowed)s.",
                        key=key,
                        value=quoted(given[key]),
                        allowed=", ".join(choice),
                    ),
                )

    def text(self, key: str, limit: int) -> str:
        """Return the text of a key, "" if there is none."""
        return self._checked(key, lambda: check_text(self._given(key, ""), limit)) or ""

    def date(self) -> datetime.date | None:
        """Return the date of the file, None if there is none."""
        raw = self._given("date", None)
        if raw is None:
            return None
        date = _date(raw)
        if date is None:
            self._reject("date", Message("write the date as year-month-day, such as 2026-03-01"))
        elif date.year not in YEARS:
            first, last = str(YEARS[0]), str(YEARS[-1])
            self._reject("date", Message("the year must be %(first)s to %(last)s", first=first, last=last))
            return None
        return date

    def values(self) -> dict[str, Answer]:
        """Return the checked answers by question id."""
        found = self._each("answers", lambda q, raw: q.check(self._questionnaire, raw))
        return {id_: answer for id_, answer in found.items() if answer}

    def notes(self) -> dict[str, str]:
        """Return the checked notes by question id."""
        return self._texts("notes", self._questionnaire.rules.note_limit)

    def reasons(self) -> dict[str, str]:
        """Return the checked reasons for "doesn't apply" by question id."""
        return self._texts("reasons", self._questionnaire.rules.reason_limit)

    def points_to(self) -> frozenset[str]:
        """Return the practices that the file says the agency can point to."""
        raw = self._given("points_to", [])
        if not isinstance(raw, list):
            self._reject("points_to", Message("this needs a list of question ids"))
            return frozenset()
        practices = self._questionnaire.practice
        for id_ in raw:
            if not isinstance(id_, str) or id_ not in practices:
                problem = Message("%(id)s is not the id of a practice", id=excerpt(str(id_)))
                self._reject("points_to", problem)
        return frozenset(id_ for id_ in raw if isinstance(id_, str) and id_ in practices)

    def _texts(self, key: str, limit: int) -> dict[str, str]:
        found = self._each(key, lambda q, raw: check_note(q, "" if raw is None else raw, limit))
        return {id_: text for id_, text in found.items() if text}

    def _each(self, key: str, check: Callable[[Question, Any], Any]) -> dict[str, Any]:
        raw = self._given(key, {})
        if not isinstance(raw, Mapping):
            self._reject(key, Message("this needs question ids with their %(key)s", key=key))
            return {}
        found = {}
        for id_, value in raw.items():
            question = self._questionnaire.questions.get(id_)
            if question is None:
                self._reject(excerpt(id_), Message("there is no question with this id"))
                continue
            found[question.id] = self._checked(question.id, lambda q=question, v=value: check(q, v))  # type: ignore[misc]
        return found

    def _given(self, key: str, empty: Any) -> Any:
        """Return the value of a key, or `empty` if there is none."""
        raw = self._raw.get(key)
        return empty if raw is None or raw == "" else raw

    def _checked(self, place: str, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except InvalidAnswer as error:
            self._reject(place, error.message)
            return None

    def _reject(self, place: str, problem: Message) -> None:
        self.problems.append(_at(place, problem))
