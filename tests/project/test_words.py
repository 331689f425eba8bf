"""The code and its documents use the words that every engineer knows."""

import re
from pathlib import Path

from tests.support.project_files import TEMPLATES, documents, python_files, read

# A word of our old dialect: what to write instead, and how often it is left. Lower a number when words go;
# never raise one.
DIALECT = {
    "seal(s|ed|er|ers|ing)?": ("encrypt", 17),
    "(?<!mark )faults?": ("error, or problem", 30),
    "mend(s|ed|ing)?": ("fix", 0),
    "small letters": ("lowercase", 0),
    "parted": ("separated", 0),
    "who may not": ("viewers, or whoever lacks the permission", 0),
    "what is no": ("what is not a …, or anything else", 1),
    "form of the tables": ("schema", 0),
    "the person who runs this site": ("administrator", 0),
    "bits? of chance|by chance": ("entropy, or at random", 3),
    "anew": ("again", 2),
    "told": ("shown, reported, or documented", 18),
    "kept": ("stored, cached, or retained", 48),
    "go on": ("continue", 1),
    "surely": ("a word that says what is confirmed", 0),
}
WORD = re.compile(r"[A-Z]?[a-z’']+|[A-Z]+(?![a-z])")


def test_no_word_of_the_old_dialect_comes_back() -> None:
    code = python_files("app", "questions", "reports", "bench", "setup", "tests")
    files = {*code, *TEMPLATES, *documents()} - {Path(__file__)}
    words = "\n".join(words_of(read(path)) for path in files)
    found = {old: len(re.findall(rf"\b(?:{old})\b", words)) for old in DIALECT}
    assert [
        f"“{old}” {found[old]} times, of {left} allowed: write “{new}”"
        for old, (new, left) in DIALECT.items()
        if found[old] > left
    ] == []


def words_of(text: str) -> str:
    """Return the words of a text in lowercase, those of names too: `EncryptedJson` is two words."""
    return " ".join(WORD.findall(text)).lower()
