"""Every address in the content with its location, and the file with the results of checking them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from questions.guide import Organisation, Resource, Source, Supplement
from questions.model import LinkCheck, Questionnaire
from questions.source_files.errors import Location, texts_within

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
    guide = questionnaire.guide
    yield AddressUse(url=guide.url, id="guide", location=Location("guide.yaml", ("url",)))
    lists: Mapping[tuple[str, str], Sequence[Organisation | Resource | Supplement | Source]] = {
        ("guide.yaml", "organisations"): guide.organisations,
        ("resources.yaml", "resources"): questionnaire.resources,
        ("supplements.yaml", "supplements"): questionnaire.supplements,
        ("sources.yaml", "sources"): questionnaire.sources,
    }
    for (file, key), items in lists.items():
        for index, item in enumerate(items):
            for location, text in texts_within(Location(file, (key, index)), item):
                if text and location.keys[-1] in _ADDRESSES:
                    yield AddressUse(url=text, id=item.id, location=location)


def link_checks_text(checks: tuple[LinkCheck, ...]) -> str:
    """Return these checks as the text of link_checks.yaml."""
    entries = [
        {name: str(getattr(check, name)) for name in LinkCheck.__dataclass_fields__ if getattr(check, name)}
        for check in checks
    ]
    return _HEAD + yaml.safe_dump({"links": entries}, sort_keys=False, allow_unicode=True, width=1000)
