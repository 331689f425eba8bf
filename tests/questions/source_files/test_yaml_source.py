import pytest

from questions.source_files.yaml_source import SourceError, YamlSource

TEXT = """\
title: A page
pages:
  - id: one
    questions:
      - {id: q-1, options: [yes, no]}
      - id: q-2
        show_when:
          q: q-1
          any_of: [no]
  - id: two
"""


def error_of(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        YamlSource(text)
    return f"{caught.value.line}: {caught.value.message}"


@pytest.mark.parametrize("word", ["no", "Yes", "on", "null", "~", "12", "1.0", "2026-03-01", "0x1F", "1_000"])
def test_every_value_stays_the_word_it_is(word: str) -> None:
    assert YamlSource(f"key: {word}").data == {"key": word}


def test_lists_and_keys_become_plain_values() -> None:
    assert YamlSource("a: [1, {b: c}]\nd:\n").data == {"a": ["1", {"b": "c"}], "d": ""}


def test_an_empty_text_is_empty_data() -> None:
    assert YamlSource("# only a comment\n").data is None


def test_tags_are_ignored() -> None:
    assert YamlSource("a: !!python/name:os.system x").data == {"a": "x"}


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 1),
        (("title",), 1),
        (("pages", 0, "id"), 3),
        (("pages", 0, "questions", 0, "options", 1), 5),
        (("pages", 0, "questions", 1), 6),
        (("pages", 1), 10),
        (("pages", 1, "questions"), 10),
        (("pages", 9), 2),
        (("pages", 0, "questions", 1, "stage", "show_when", "q", "any_of"), 9),
        (("pages", 0, "questions", 1, "stage", "show_when", "q", "q"), 8),
    ],
)
def test_the_line_of_a_value_or_of_its_nearest_parent_is_known(
    location: tuple[str | int, ...], line: int
) -> None:
    assert YamlSource(TEXT).line(location) == line


def test_a_duplicate_key_is_rejected_with_its_line() -> None:
    assert error_of("a: 1\nb: 2\na: 3") == "3: “a” appears twice"


def test_a_key_that_is_not_a_string_is_rejected() -> None:
    assert error_of("x: y\n? [a, b]\n: c") == "2: a key must be a word"


def test_aliases_are_rejected_with_their_line() -> None:
    assert error_of("a: &x [1]\nb: *x").startswith("2: anchors and aliases")
    assert error_of("a: &x [*x]").startswith("1: anchors and aliases")


def test_nested_aliases_are_rejected_before_expansion() -> None:
    text = "a0: &a0 [x, x]\n" + "\n".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]" for n in range(40))
    assert error_of(text).startswith("2: anchors and aliases")


@pytest.mark.parametrize("depth", [60, 5_000, 1_000_000])
def test_deep_nesting_is_rejected_at_any_depth(depth: int) -> None:
    assert error_of("a: " + "[" * depth) == "1: nested too deeply"
    assert error_of("a: " + "{b: " * min(depth, 5_000)) == "1: nested too deeply"


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "\t- a", "a: 'b", "a: \x00", "a: \ud800", "%TAG", "--- a\n--- b", "a: *b"]
)
def test_invalid_yaml_is_rejected_with_a_reason(text: str) -> None:
    assert error_of(text)
