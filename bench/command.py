"""The command `plan` from a cold start: from the start of the process to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app.config import PROJECT
from bench.core import HEADER, everything
from bench.machine import milliseconds
from bench.rows import Row
from questions.loading.loader import load_folder
from reports.documents.json import answers_data, answers_yaml

TIMES = 5


def plan_command() -> list[Row]:
    """Return the median times of `flask --app app plan`, with and without the PDF."""
    questionnaire = load_folder()
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder, "answers.yaml")
        data = answers_data(questionnaire, HEADER.agency, HEADER.date, everything(questionnaire))
        answers.write_text(answers_yaml(data), encoding="utf-8")
        flask = ("-m", "flask", "--app", "app", "plan", str(answers), "--json", f"{folder}/plan.json")
        nothing = _median(folder, "-c", "pass")
        json_only = _median(folder, *flask)
        both = _median(folder, *flask, "--pdf", f"{folder}/plan.pdf")
    beside = f"Python that does nothing: {nothing:.0f} ms"
    return [
        Row("Command `plan` with the longest plan as JSON, from start to end", json_only, beside=beside),
        Row("The same with its PDF too", both),
    ]


def _median(folder: str, *arguments: str) -> float:
    environment = os.environ | {"DATA_DIR": folder}

    def run() -> None:
        subprocess.run([sys.executable, *arguments], cwd=PROJECT, env=environment, check=True)

    run()  # Python has compiled the modules by then
    return milliseconds(run, TIMES)
