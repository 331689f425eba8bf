"""YAML text as plain strings, lists and dicts, with the line of each value. Repeated keys are errors.

Every scalar stays a string (`no` is "no", not False), so that an option value means what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from questions.text import Message, quoted

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # PyYAML built without libyaml: same result, slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

MAX_DEPTH = 50
TOO_MANY = Message("the file has too many keys and values")


class SourceError(ValueError):
    """The text cannot be read: `line` and `message` say where and why."""

    def __init__(self, line: int, message: Message) -> None:
        super().__init__(str(message))
        self.line = line
        self.message = message


class YamlSource:
    """A parsed file. `data` holds its values as plain Python objects; `line` finds the line of one."""

    def __init__(self, text: str, most_values: int | None = None) -> None:
        """Parse the text, which has at most so many keys and values. Raises SourceError."""
        try:
            _check_structure(text, most_values or len(text))
            self._root = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise SourceError(line, Message(error.problem or "this is not valid YAML")) from error
        except (yaml.YAMLError, UnicodeError) as error:
            message = Message("the file contains characters that YAML does not allow")
            raise SourceError(1, message) from error
        self.data: Any = None if self._root is None else _plain(self._root)

    def line(self, keys: Sequence[str | int]) -> int:
        """Return the line (from 1) of the value that these keys lead to, or of its nearest parent.

        A step that leads nowhere is skipped, because pydantic puts the kind of a question into the path too.
        """
        node, line = self._root, 1
        for depth, step in enumerate(keys, start=1):
            if isinstance(node, yaml.MappingNode):
                entry = next((e for e in node.value if e[0].value == step), None)
                if entry is None or (depth < len(keys) and isinstance(entry[1], yaml.ScalarNode)):
                    continue
                key, node = entry
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return int(line)


def _check_structure(text: str, most_values: int) -> None:
    """Raise SourceError for aliases, deep nesting and too many values, before anything is made of them."""
    depth = values = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            message = Message("anchors and aliases (& and *) are not allowed: write the value out")
            raise _error(event, message)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            values += 1
        if values > most_values:
            raise _error(event, TOO_MANY)
        if depth > MAX_DEPTH:
            raise _error(event, Message("nested too deeply"))


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _error(key, Message("a key must be a word"))
        if key.value in result:
            raise _error(key, Message("%(key)s appears twice", key=quoted(key.value)))
        result[key.value] = _plain(value)
    return result


def _error(at: yaml.Node | yaml.Event, message: Message) -> SourceError:
    line = at.start_mark.line + 1 if at.start_mark else 1
    return SourceError(line, message)
