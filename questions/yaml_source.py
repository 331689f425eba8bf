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
            self._root = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = error.problem or "this is not YAML"
            raise SourceError(SourceFault(line=line, message=message)) from error
        except (yaml.YAMLError, RecursionError) as error:
            message = "the file holds characters or a nesting that YAML does not allow"
            raise SourceError(SourceFault(line=1, message=message)) from error
        self._seen: set[int] = set()
        self.data: Any = None if self._root is None else self._plain(self._root, 0)

    def line(self, location: Sequence[str | int]) -> int:
        """Return the line of the value at this path of keys and indexes, or of its nearest parent."""
        node, line = self._root, 1
        for step in location:
            if isinstance(node, yaml.MappingNode):
                entry = next((e for e in node.value if e[0].value == step), None)
                if entry is None:
                    continue
                key, node = entry
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return int(line)

    def _plain(self, node: yaml.Node, depth: int) -> Any:
        if id(node) in self._seen:
            raise _fault(node, "anchors and aliases (& and *) are not used here: write the value out")
        if depth > 50:
            raise _fault(node, "nested too deep")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, depth + 1) for item in node.value]
        return node.value

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault(key, "a key has to be a word")
            if key.value in result:
                raise _fault(key, f"“{key.value}” stands here twice")
            result[key.value] = self._plain(value, depth + 1)
        return result


def _fault(node: yaml.Node, message: str) -> SourceError:
    return SourceError(SourceFault(line=node.start_mark.line + 1, message=message))
