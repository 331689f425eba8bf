"""Help in danger at the foot of every page."""

from __future__ import annotations

from tests.support.client import Client


def test_every_page_gives_numbers_that_dial(client: Client) -> None:
    page = client.get("/")
    for address in ("tel:911", "tel:18883737888", "sms:233733", "tel:988", "sms:988"):
        assert f'href="{address}"' in page.source
