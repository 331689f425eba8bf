"""YAML text to plain strings, lists and dicts, with the line of each. Refuses repeated keys.

Every scalar stays a string (`no` is "no", not False), so that an option value means what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # PyYAML built without libyaml: the same, slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

MOST_LEVELS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFault:
    """The text is not YAML we take: where, and why."""

    line: int
    message: str


class SourceError(ValueError):
    """The text cannot be read. `fault` says where and why."""

    def __init__(self, fault: SourceFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class YamlSource:
    """A parsed file. `data` holds its plain values; `line` finds where one of them stands."""

    def __init__(self, text: str) -> None:
        """Parse the text. Raises SourceError."""
        try:
            _check_structure(text)
            self._root = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = error.problem or "this is not YAML"
            raise SourceError(SourceFault(line=line, message=message)) from error
        except (yaml.YAMLError, UnicodeError) as error:
            message = "the file holds characters that YAML does not allow"
            raise SourceError(SourceFault(line=1, message=message)) from error
        self.data: Any = None if self._root is None else _plain(self._root)

    def line(self, location: Sequence[str | int]) -> int:
        """Return the line of the value at this path of keys and indexes, or of its nearest parent.

        A step that leads nowhere is passed over: pydantic names the kind of a question as a step too.
        """
        node, line = self._root, 1
        for place, step in enumerate(location, start=1):
            if isinstance(node, yaml.MappingNode):
                entry = next((e for e in node.value if e[0].value == step), None)
                if entry is None or (place < len(location) and isinstance(entry[1], yaml.ScalarNode)):
                    continue
                key, node = entry
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return int(line)


def _check_structure(text: str) -> None:
    """Raise SourceError for aliases and deep nesting, before anything recursive sees them."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _fault(event, "anchors and aliases (& and *) are not used here: write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_LEVELS:
            raise _fault(event, "nested too deep")


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
            raise _fault(key, "a key has to be a word")
        if key.value in result:
            raise _fault(key, f"“{key.value}” stands here twice")
        result[key.value] = _plain(value)
    return result


def _fault(place: yaml.Node | yaml.Event, message: str) -> SourceError:
    line = place.start_mark.line + 1 if place.start_mark else 1
    return SourceError(SourceFault(line=line, message=message))
