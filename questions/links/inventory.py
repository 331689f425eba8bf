"""Every address in the content with its location, and the file with the results of checking them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

import yaml

from questions.model import LinkCheck, Questionnaire
from questions.source_files.errors import Location

LINK_CHECKS = "link_checks.yaml"
_HEAD = """\
# What we found when we last tested each address: written by `flask --app app content links --write`.
# Do not edit it by hand, but for one case: take an entry out when the content no longer has its address.
"""
_ADDRESSES = frozenset({"url", "site", "publisher_site"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """An address, the id of the item that it belongs to, and its location."""

    url: str
    id: str
    location: Location


def address_uses(questionnaire: Questionnaire) -> Iterator[AddressUse]:
    """Yield every use of an address, in the order of the files. An address may be used more than once."""
    yield from _uses(questionnaire.guide, "guide", Location("guide.yaml"))
    for name in ("resources", "supplements", "sources"):
        yield from _uses(getattr(questionnaire, name), "", Location(f"{name}.yaml", (name,)))


def _uses(value: object, owner: str, location: Location) -> Iterator[AddressUse]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _uses(item, owner, location.at(index))
    elif is_dataclass(value):
        id_ = getattr(value, "id", owner)
        for name in (field.name for field in fields(value)):
            inner = getattr(value, name)
            if name not in _ADDRESSES:
                yield from _uses(inner, id_, location.at(name))
            elif inner:
                yield AddressUse(url=inner, id=id_, location=location.at(name))


def link_checks_text(checks: tuple[LinkCheck, ...]) -> str:
    """Return these checks as the text of link_checks.yaml."""
    entries = [
        {name: str(getattr(check, name)) for name in LinkCheck.__dataclass_fields__ if getattr(check, name)}
        for check in checks
    ]
    return _HEAD + yaml.safe_dump({"links": entries}, sort_keys=False, allow_unicode=True, width=1000)
