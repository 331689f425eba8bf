"""The base of every type that is read from a content file."""

from typing import Any, ClassVar


class Content:
    """Read from YAML: a key the type does not know is an error, not something to ignore."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
