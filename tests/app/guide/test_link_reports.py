"""“This does not open”: one click that is counted for the editors, and nothing else."""

from __future__ import annotations

from flask import Flask

from tests.support.client import Client


def test_a_report_is_counted_and_listed_for_editors(app: Flask, client: Client) -> None:
    assert "This does not open" in client.get("/guide/harm").text
    for _ in range(2):
        response = client.send("/guide/does-not-open/ovcttac-interviewing-guide")
        assert response.status_code == 200
    runner = app.test_cli_runner()
    assert "2  ovcttac-interviewing-guide" in runner.invoke(args=["content", "reports"]).output
    assert "Forgotten." in runner.invoke(args=["content", "reports", "--clear"]).output
    assert "Nobody has said" in runner.invoke(args=["content", "reports"]).output


def test_only_what_the_guide_page_offers_can_be_reported(client: Client) -> None:
    assert client.send("/guide/does-not-open/nothing-we-know").status_code == 404
