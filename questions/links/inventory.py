"""Every address of the content with the place where it stands, and the file of what their tests found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from questions.guide import Resource
from questions.links.verdict import Outcome
from questions.model import LEADS, LinkCheck, Questionnaire
from questions.source_files.errors import Spot

LINK_CHECKS = "link_checks.yaml"
_HEAD = """\
# What we found when we last tested each address: written by `flask --app app content links --write`.
# Do not edit it by hand, but for one case: take an entry out when the content no longer has its address.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """An address, the id of what it belongs to, and the place where it stands."""

    url: str
    id: str
    spot: Spot


def address_uses(questionnaire: Questionnaire) -> Iterator[AddressUse]:
    """Yield every use of an address, in the order of the files; one address may be used twice."""
    guide = questionnaire.guide
    uses: list[tuple[str, str, Spot]] = [(guide.url, "guide", Spot("guide.yaml", ("url",)))]
    for index, organisation in enumerate(guide.organisations):
        spot = Spot("guide.yaml", ("organisations", index, "site"))
        uses.append((organisation.site, organisation.id, spot))
    for index, resource in enumerate(questionnaire.resources):
        spot = Spot("resources.yaml", ("resources", index))
        uses += [(url, resource.id, spot.at(*at)) for url, at in _of_resource(resource)]
    for index, supplement in enumerate(questionnaire.supplements):
        spot = Spot("supplements.yaml", ("supplements", index, "url"))
        uses.append((supplement.url, supplement.id, spot))
    for index, source in enumerate(questionnaire.sources):
        uses.append((source.url, source.id, Spot("sources.yaml", ("sources", index, "url"))))
    yield from (AddressUse(url=url, id=id_, spot=spot) for url, id_, spot in uses if url)


def checks_after(
    questionnaire: Questionnaire, outcomes: Mapping[str, Outcome], day: datetime.date
) -> tuple[LinkCheck, ...]:
    """Return the checks that a test of this day leaves: what fails now keeps the day it last worked."""
    today = day.isoformat()
    found = []
    for url, outcome in outcomes.items():
        before = questionnaire.link_check.get(url)
        found.append(
            LinkCheck(
                url=url,
                status=outcome.status,
                checked=today,
                last_worked=today if outcome.status in LEADS else before.last_worked if before else "",
                code=outcome.code,
                final=outcome.final,
            )
        )
    return tuple(found)


def link_checks_text(checks: tuple[LinkCheck, ...]) -> str:
    """Return the text of the file that holds these checks."""
    entries = [
        {name: str(getattr(check, name)) for name in LinkCheck.__dataclass_fields__ if getattr(check, name)}
        for check in checks
    ]
    return _HEAD + yaml.safe_dump({"links": entries}, sort_keys=False, allow_unicode=True, width=1000)


def _of_resource(resource: Resource) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the addresses of a resource, each with the keys that lead to it."""
    places = {"link": resource.link, "look_at": resource.look_at, "substitute": resource.substitute}
    for name, place in places.items():
        if place:
            yield place.url, (name, "url")
    yield resource.publisher_site, ("publisher_site",)
