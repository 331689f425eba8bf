"""Every address in the content with its location, and the file with the results of checking them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from questions.guide import Resource
from questions.model import LinkCheck, Questionnaire
from questions.source_files.errors import Location

LINK_CHECKS = "link_checks.yaml"
_HEAD = """\
# What we found when we last tested each address: written by `flask --app app content links --write`.
# Do not edit it by hand, but for one case: take an entry out when the content no longer has its address.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """An address, the id of the item that it belongs to, and its location."""

    url: str
    id: str
    location: Location


def address_uses(questionnaire: Questionnaire) -> Iterator[AddressUse]:
    """Yield every use of an address, in the order of the files. An address may be used more than once."""
    guide = questionnaire.guide
    uses: list[tuple[str, str, Location]] = [(guide.url, "guide", Location("guide.yaml", ("url",)))]
    for index, organisation in enumerate(guide.organisations):
        location = Location("guide.yaml", ("organisations", index, "site"))
        uses.append((organisation.site, organisation.id, location))
    for index, resource in enumerate(questionnaire.resources):
        location = Location("resources.yaml", ("resources", index))
        uses += [(url, resource.id, location.at(*at)) for url, at in _of_resource(resource)]
    for index, supplement in enumerate(questionnaire.supplements):
        location = Location("supplements.yaml", ("supplements", index, "url"))
        uses.append((supplement.url, supplement.id, location))
    for index, source in enumerate(questionnaire.sources):
        uses.append((source.url, source.id, Location("sources.yaml", ("sources", index, "url"))))
    yield from (AddressUse(url=url, id=id_, location=location) for url, id_, location in uses if url)


def link_checks_text(checks: tuple[LinkCheck, ...]) -> str:
    """Return these checks as the text of link_checks.yaml."""
    entries = [
        {name: str(getattr(check, name)) for name in LinkCheck.__dataclass_fields__ if getattr(check, name)}
        for check in checks
    ]
    return _HEAD + yaml.safe_dump({"links": entries}, sort_keys=False, allow_unicode=True, width=1000)


def _of_resource(resource: Resource) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the addresses of a resource with the keys that lead to them."""
    places = {"link": resource.link, "look_at": resource.look_at, "substitute": resource.substitute}
    for name, place in places.items():
        if place:
            yield place.url, (name, "url")
    yield resource.publisher_site, ("publisher_site",)
