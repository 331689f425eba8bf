"""The proof of the content: of the current questions, and of two and ten times as many."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.config import PROJECT
from bench.machine import milliseconds
from bench.rows import Row
from questions.loading.loader import load_folder
from questions.model import Part, Questionnaire
from reports.checks.report import content_proof

TIMES = (1, 2, 10)


def proof_of_the_content() -> list[Row]:
    """Return median times of the whole proof, and how much it proves, by number of questions."""
    rows = [Row("The command `content check`, from start to end", milliseconds(_command, 3), limit=2000)]
    for times in TIMES:
        bank = enlarged(load_folder(), times)
        what = "Proof of the content" + (f", {times} times as many questions" if times > 1 else "")
        beside = f"{len(content_proof(bank).proofs)} things proved"
        rows.append(Row(what, milliseconds(lambda bank=bank: content_proof(bank), 5), beside=beside))
    return rows


def _command() -> None:
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "content", "check"],
        cwd=PROJECT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def enlarged(questionnaire: Questionnaire, times: int) -> Questionnaire:
    """Return a questionnaire with several copies of each part: each asks and reads its own questions."""
    parts = tuple(
        _copy(questionnaire, part, number) for number in range(times) for part in questionnaire.parts
    )
    return replace(questionnaire, parts=parts)


def _copy(questionnaire: Questionnaire, part: Part, number: int) -> Part:
    """Return a copy of a part; the first is the part itself."""
    if not number:
        return part
    names = {id_: f"{id_}-{number}" for id_ in questionnaire.questions}
    copy: Part = _renamed(part, names)
    return replace(copy, id=f"{part.id}-{number}")


def _renamed(content: Any, names: Mapping[str, str]) -> Any:
    if isinstance(content, str):
        return names.get(content, content)
    if isinstance(content, tuple):
        return tuple(_renamed(inner, names) for inner in content)
    if is_dataclass(content) and not isinstance(content, type):
        inner = {field.name: _renamed(getattr(content, field.name), names) for field in fields(content)}
        return replace(content, **inner)
    return content
