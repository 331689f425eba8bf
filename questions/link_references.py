"""Faults of addresses: what is no web address, and tests of addresses that the content no longer has."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from questions.links import LINK_CHECKS, address_uses
from questions.model import Questionnaire
from questions.spot import ReferenceFault, Spot


def link_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the addresses and of link_checks.yaml."""
    uses = tuple(address_uses(questionnaire))
    for use in uses:
        if not _is_web_address(use.url):
            yield use.spot.fault(
                f"“{use.url}” is no web address", "let it begin with https:// or http://, without spaces"
            )
    used = {use.url for use in uses}
    spot = Spot(LINK_CHECKS, ("links",))
    yield from spot.repeated(check.url for check in questionnaire.link_checks)
    for index, check in enumerate(questionnaire.link_checks):
        entry = spot.at(index)
        if check.url not in used:
            yield entry.fault("the content no longer has this address", "take the entry out")
        yield from entry.at("checked").no_date(check.checked)
        if check.last_worked:
            yield from entry.at("last_worked").no_date(check.last_worked)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not url.split()[1:]
