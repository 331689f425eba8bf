"""A second version of the questionnaire, its first number raised: today's with one change of each kind.

Questions: harm-06, pf-languages and pf-who-roles reworded, start-02 and tr-outside changed, cap-01
split, signs-03 and signs-04 merged, harm-08 dropped, start-09 new; all others the same. Options:
pf-who-roles loses “board” and gains “partner”, pf-partners has another order. Rules: start-01 counts
2 before and 1 now. Words: a resource, a stage, the first sentence of the plan.
"""

from __future__ import annotations

import re
from functools import cache

from questions.loading.loader import load
from questions.model import Questionnaire, version_numbers
from tests.support.sample import sample_files


def _today() -> str:
    found = re.search(r'^version: "(.+)"$', sample_files()["questionnaire.yaml"], re.MULTILINE)
    assert found
    return found[1]


# Today's version, and with its last, middle and first number raised. The last is the second version.
TODAY = _today()
_FIRST, _MIDDLE, _LAST = version_numbers(TODAY)
RAISED_LAST = f"{_FIRST}.{_MIDDLE}.{_LAST + 1}"
RAISED_MIDDLE = f"{_FIRST}.{_MIDDLE + 1}.0"
VERSION = f"{_FIRST + 1}.0.0"

# Replacements: file, old text, new text. Each old text must occur once.
_WORDS = [
    ("questionnaire.yaml", f'version: "{TODAY}"', f'version: "{VERSION}"'),
    ("scales.yaml", "We have a plan, or some people do it.", "There is a plan, or some people do it."),
    ("resources.yaml", "A recorded webinar for all who work with survivors.", "A film for new staff."),
    ("texts.yaml", "Here is what you already do well,", "This is what your team already does well,"),
]
_OPTIONS = [
    (
        "profile.yaml",
        '{value: board, label: "Board member"}',
        '{value: partner, label: "Someone from a partner agency"}',
    ),
    (
        "profile.yaml",
        '          - {value: child_welfare, label: "Child welfare"}\n'
        '          - {value: juvenile_justice, label: "Juvenile justice"}\n',
        '          - {value: juvenile_justice, label: "Juvenile justice"}\n'
        '          - {value: child_welfare, label: "Child welfare"}\n',
    ),
    (
        "training.yaml",
        '          - {value: past_year, label: "In the past year"}\n',
        '          - {value: past_6m, label: "In the past six months"}\n'
        '          - {value: past_12m, label: "Seven to twelve months ago"}\n',
    ),
]
# Replacements in one question: file, id, old text, new text. The old text must occur once in it.
_QUESTIONS = [
    ("profile.yaml", "pf-who-roles", 'version: "1.0"', 'version: "1.1"'),
    ("profile.yaml", "pf-languages", 'version: "1.0"', 'version: "1.1"'),
    ("profile.yaml", "pf-languages", "Include sign language.", "Sign language counts too."),
    ("training.yaml", "tr-outside", 'version: "1.0"', 'version: "2.0"'),
    ("harm.yaml", "harm-06", 'version: "1.0"', 'version: "1.1"'),
    (
        "harm.yaml",
        "harm-06",
        "We tell clients what we must report before they share it.",
        "Before clients share something, we tell them what we would have to report.",
    ),
    ("start.yaml", "start-02", 'version: "1.0"', 'version: "2.0"'),
    (
        "start.yaml",
        "start-02",
        "Our written policies say what trauma-informed work means here.",
        "Our written policies say what trauma-informed work means here, and we check it each year.",
    ),
    (
        "start.yaml",
        "start-01",
        "importance: 2\n        importance_basis: depended_on",
        "importance: 1\n        importance_basis: helps_last",
    ),
]
# Replaced questions: file, id, and the questions in their place (copies with other texts).
_REPLACED = [
    (
        "capacity.yaml",
        "cap-01",
        [
            (
                "cap-09",
                "Each job has a short list of trauma skills to learn.",
                "A list of skills for each job",
                "A driver and a therapist need different skills.",
            ),
            (
                "cap-10",
                "We keep track of who has learned which trauma skills.",
                "A record of skills learned",
                "A simple list is enough.",
            ),
        ],
    ),
    (
        "signs.yaml",
        "signs-03",
        [
            (
                "signs-07",
                "When we screen or do an intake, the client sets the pace, and we ask only for what we need.",
                "Intake at the client’s pace",
                "It is fine to stop and come back another day.",
            )
        ],
    ),
    ("signs.yaml", "signs-04", []),
    ("harm.yaml", "harm-08", []),
]
_NEW = (
    "start.yaml",
    "start-02",
    (
        "start-09",
        "Our budget names money for this work.",
        "Money for this work in the budget",
        "Such as money for training, for paid advisers, or for time.",
    ),
)

STEP = f"""\
  - from: "{TODAY}"
    to: "{VERSION}"
    summary: "Fewer questions on intake, more on skills and money."
    questions:
      - {{kind: reworded, was: [pf-who-roles], now: [pf-who-roles], note: "Board members seldom take part."}}
      - {{kind: reworded, was: [pf-languages], now: [pf-languages], note: "Clearer words."}}
      - {{kind: reworded, was: [harm-06], now: [harm-06], note: "Clearer words."}}
      - {{kind: changed, was: [start-02], now: [start-02], note: "It has to be checked each year."}}
      - {{kind: changed, was: [tr-outside], now: [tr-outside], note: "It has two halves of a year."}}
      - {{kind: split, was: [cap-01], now: [cap-09, cap-10], note: "It asked two things at once."}}
      - {{kind: merged, was: [signs-03, signs-04], now: [signs-07], note: "Both were about a calm intake."}}
      - {{kind: dropped, was: [harm-08], note: "Few could answer it."}}
      - {{kind: new, now: [start-09], note: "Without money, plans stay on paper."}}
"""


def second_version_files() -> dict[str, str]:
    """Return the content files of the second version, text by name. Fails if an old text is missing."""
    files = sample_files()
    for name, old, new in [*_WORDS, *_OPTIONS]:
        files[name] = _replaced(files[name], old, new)
    for name, id_, old, new in _QUESTIONS:
        block = _block(files[name], id_)
        files[name] = _replaced(files[name], block, _replaced(block, old, new))
    file, after, words = _NEW
    block = _block(files[file], after)
    files[file] = _replaced(files[file], block, f"{block.rstrip()}\n\n{_renamed(block, *words)}")
    for name, id_, others in _REPLACED:
        block = _block(files[name], id_)
        files[name] = _replaced(files[name], block, "".join(_renamed(block, *words) for words in others))
    files["changes.yaml"] += STEP
    return files


def reworded_files() -> dict[str, str]:
    """Return today's content with one word of the plan's texts changed and the version raised."""
    files = sample_files()
    files["questionnaire.yaml"] = _replaced(
        files["questionnaire.yaml"], f'version: "{TODAY}"', f'version: "{RAISED_LAST}"'
    )
    files["texts.yaml"] = _replaced(
        files["texts.yaml"], "Here is what you already do well,", "This is what you already do well,"
    )
    return files


@cache
def second_version() -> Questionnaire:
    """Return the questionnaire of the second version."""
    return load(second_version_files())


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"found {text.count(old)} times, not once: {old}"
    return text.replace(old, new)


def _block(text: str, id_: str) -> str:
    """Return the lines of a question, up to the next question or page."""
    lines = text.splitlines(keepends=True)
    start = lines.index(f"      - id: {id_}\n")
    rest = enumerate(lines[start + 1 :], start=start + 1)
    end = next((n for n, line in rest if line.startswith(("      - id:", "  - id:"))), len(lines))
    return "".join(lines[start:end])


def _renamed(block: str, id_: str, text: str, short: str, help_: str) -> str:
    """Return a question's lines as those of a new question."""
    new = {"      - id: ": id_, "        version: ": '"1.0"', "        text: ": f'"{text}"'}
    new |= {"        short: ": f'"{short}"', "        help: ": f'"{help_}"'}
    lines = block.splitlines(keepends=True)
    starts = {start: next(n for n, line in enumerate(lines) if line.startswith(start)) for start in new}
    for start, number in starts.items():
        lines[number] = f"{start}{new[start]}\n"
    return "".join(lines)
