"""Addresses are requested politely, and each way in which a site can misbehave has its own status.

All sites are on this machine: nothing here reaches the network.
"""

import contextlib
import datetime
import itertools
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from app.cli import links
from app.cli.links import MAX_BYTES, MAX_REDIRECTS, SITES_AT_ONCE, check_links
from questions.model import LinkCheck
from tests.support.misbehaving_server import HUGE, REDIRECTS, Site

TODAY = datetime.date(2027, 3, 3)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(links, "PAUSE", 0)
    # Seconds, so that a slow machine is not mistaken for a site that hangs.
    monkeypatch.setattr(links, "TIMEOUT", 3)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def check(url: str) -> LinkCheck:
    return check_links([url], TODAY)[0]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/good", "works", 200),
        ("/", "works", 200),
        ("/file.pdf", "works", 200),
        ("/huge", "works", 200),
        ("/missing", "gone", 404),
        ("/gone", "gone", 410),
        ("/login", "refused", 401),
        ("/refused", "refused", 403),
        ("/busy", "refused", 429),
        ("/broken", "server_error", 500),
        ("/no-page", "soft_404", 200),
        ("/no-page-heading", "soft_404", 200),
        ("/closes", "unreachable", None),
        ("/closes-midway", "unreachable", None),
        ("/hangs", "timeout", None),
        ("/drips", "works", 200),
        ("/to-nothing", "server_error", 302),
        ("/to-nonsense", "unreachable", None),
    ],
)
def test_each_answer_has_its_status(site: Site, path: str, status: str, code: int | None) -> None:
    found = check(site.at(path))
    assert (found.status, found.code, found.final) == (status, code, "")


@pytest.mark.parametrize(
    ("path", "status", "code", "final"),
    [
        ("/moved", "moved", 200, "/good"),
        ("/moved-308", "moved", 200, "/good"),
        ("/found", "redirected", 200, "/good"),
        ("/see-other", "redirected", 200, "/good"),
        ("/moved-then-found", "redirected", 200, "/good"),
        ("/moved-to-missing", "gone", 404, "/missing"),
        ("/old/deep/page", "soft_404", 200, "/"),
    ],
)
def test_redirects_are_followed(site: Site, path: str, status: str, code: int, final: str) -> None:
    found = check(site.at(path))
    assert (found.status, found.code, found.final) == (status, code, site.at(final))


@pytest.mark.parametrize("path", ["/loop", "/to-and-fro"])
def test_an_endless_redirect_is_abandoned(path: str) -> None:
    with Site() as site:
        assert check(site.at(path)).status == "server_error"
        assert len(site.log) == MAX_REDIRECTS + 1


def test_only_web_addresses_are_followed(site: Site) -> None:
    found = check(site.at("/to-a-file"))
    assert (found.status, found.final) == ("unreachable", "ftp://127.0.0.1/file")


def test_a_missing_server_is_unreachable(site: Site) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert check(f"http://127.0.0.1:{probe.getsockname()[1]}/").status == "unreachable"
    assert check(site.at("/good").replace("http:", "https:")).status == "unreachable"


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (lambda ours: ours.issue_cert("127.0.0.1"), "works"),
        (lambda ours: ours.issue_cert("other.example"), "certificate"),
        (lambda ours: ours.issue_cert("127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO), "certificate"),
        (lambda _ours: trustme.CA().issue_cert("127.0.0.1"), "certificate"),
    ],
    ids=["good", "another name", "expired", "unknown authority"],
)
def test_a_certificate_is_checked_also_after_a_redirect(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    certificate: Callable[[trustme.CA], trustme.LeafCert],
    status: str,
) -> None:
    ours = trustme.CA()
    ours.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate(ours).configure_cert(server)
    with Site(tls=server) as secure, Site() as plain:
        monkeypatch.setitem(REDIRECTS, "/sent-on", (301, secure.at("/good")))
        assert check(secure.at("/good")).status == status
        sent = check(plain.at("/sent-on"))
    assert (sent.status, sent.final) == ("moved" if status == "works" else status, secure.at("/good"))


def test_only_the_start_of_a_page_is_read_by_a_tool_that_says_its_name() -> None:
    with Site() as site:
        assert check(site.at("/huge")).status == "works"
    (request,) = site.log
    assert MAX_BYTES <= request.sent < HUGE / 4  # more than we read waits in the buffers of both ends
    assert request.agent.startswith("TraumaInformedSelfCheck-links/1.0")


def test_several_sites_are_checked_at_once_but_each_one_at_a_time_with_a_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pause = 0.2
    monkeypatch.setattr(links, "PAUSE", pause)
    monkeypatch.setattr(links, "TIMEOUT", 5)
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(Site(f"127.0.0.{n}", slow=0.15)) for n in range(11, 19)]
        urls = [site.at(path) for path in ("/good", "/file.pdf") for site in sites]
        found = check_links(urls, TODAY)
    assert [check.url for check in found] == urls
    assert {check.status for check in found} == {"works"}
    for site in sites:
        for before, after in itertools.pairwise(site.log):
            assert after.began - before.ended > pause - 0.02
    log = [request for site in sites for request in site.log]
    most = max(sum(other.began <= one.began < other.ended for other in log) for one in log)
    assert most <= SITES_AT_ONCE


def test_a_site_is_the_same_with_and_without_www(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    empty = LinkCheck(url="", status="works", checked="")

    def ask(_client: object, _day: object, urls: list[str]) -> list[LinkCheck]:
        asked.append(urls)
        return [replace(empty, url=url) for url in urls]

    monkeypatch.setattr(links, "_check_site", ask)
    check_links(["https://www.a.example/1", "http://a.example:8080", "https://b.a.example/"], TODAY)
    assert sorted(asked) == [
        ["https://b.a.example/"],
        ["https://www.a.example/1", "http://a.example:8080"],
    ]
