"""The code and its documents use the words that every engineer knows."""

import re
from pathlib import Path

from tests.support.project_files import PROJECT, TEMPLATES, documents, python_files, read

# A word of our old dialect, and what to write instead. Names that the machine knows are not counted: the
# command and the mark "faults", the table "kept_file".
DIALECT = {
    "seal(s|ed|er|ers|ing)?": "encrypt",
    "(?<!mark )(?<!make )(?<!tests )faults?": "error, or problem",
    "mend(s|ed|ing)?": "fix",
    "small letters": "lowercase",
    "parted": "separated",
    "who may not": "viewers, or whoever lacks the permission",
    "what is no(?! longer)": "what is not a …, or anything else",
    "form of the tables": "schema",
    "the person who runs this site": "administrator",
    "bits? of chance|by chance": "entropy, or at random",
    "anew": "again",
    "(?<!would be )told": "shown, reported, or documented",
    "kept(?! file)": "stored, cached, or retained",
    "go on": "continue",
    "surely": "a word that says what is confirmed",
    "sittings?": "assessment",
}
OLD = re.compile("|".join(rf"\b(?:{old})\b" for old in DIALECT))
WORD = re.compile(r"[A-Z]?[a-z’']+|[A-Z]+(?![a-z])")


def test_no_word_of_the_old_dialect_comes_back() -> None:
    code = python_files("app", "questions", "reports", "bench", "setup", "tests")
    files = {*code, *TEMPLATES, *documents()} - {Path(__file__)}
    found = {
        f"{path.relative_to(PROJECT)}: “{word[0]}”, better: {better(word[0])}"
        for path in files
        for word in OLD.finditer(words_of(read(path)))
    }
    assert sorted(found) == []


def better(word: str) -> str:
    """Return what to write instead of a word of the old dialect."""
    return next(new for old, new in DIALECT.items() if re.fullmatch(old, word))


def words_of(text: str) -> str:
    """Return the words of a text in lowercase, those of names too: `EncryptedJson` is two words."""
    return " ".join(WORD.findall(text)).lower()
