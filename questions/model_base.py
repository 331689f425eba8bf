"""What the types of all content files share."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

# A value that nothing reads any more: published versions may have it, and it is dropped when they are loaded.
NoLongerRead = Annotated[None, BeforeValidator(lambda _value: None)]


class Content:
    """Read from YAML: a key the type does not know is an error, not something to ignore."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
