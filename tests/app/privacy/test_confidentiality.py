"""The page for agencies on subpoenas."""

from __future__ import annotations

from tests.support.client import Client


def test_every_page_leads_to_it_and_it_names_its_sources(client: Client) -> None:
    for address in ("/", "/privacy", "/guide"):
        assert "/confidentiality" in {a.get("href") for a in client.get(address).all("a")}
    page = client.get("/confidentiality")
    for cited in ("34 U.S.C. 12291(b)(2)", "42 U.S.C. 10406(c)(5)", "28 CFR 94.115", "Ask a lawyer"):
        assert cited in page.text
