"""Addresses are asked politely, and each way in which a site can misbehave is told apart.

All sites are on this machine: nothing here reaches the network.
"""

import contextlib
import datetime
import itertools
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import trustme

from app.cli.link_checker import MOST_AT_ONCE, MOST_BYTES, MOST_REDIRECTS, Manners, ask, site_of
from questions.links.verdict import Outcome
from tests.support.misbehaving_server import HUGE, REDIRECTS, Site

# Patience of a second, so that a slow machine is not taken for a site that hangs.
QUICK = Manners(pause=0, patience=1)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def asked(*given: Any) -> dict[str, Outcome]:
    """Ask in a thread of its own: the browser of other tests may leave an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask, *given).result()


def status(url: str) -> str:
    return asked([url], QUICK)[url].status


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/good", Outcome(status="works", code=200)),
        ("/", Outcome(status="works", code=200)),
        ("/file.pdf", Outcome(status="works", code=200)),
        ("/no-head", Outcome(status="works", code=200)),
        ("/no-head-404", Outcome(status="works", code=200)),
        ("/closes-on-head", Outcome(status="works", code=200)),
        ("/huge", Outcome(status="works", code=200)),
        ("/missing", Outcome(status="gone", code=404)),
        ("/gone", Outcome(status="gone", code=410)),
        ("/login", Outcome(status="refused", code=401)),
        ("/refused", Outcome(status="refused", code=403)),
        ("/busy", Outcome(status="refused", code=429)),
        ("/broken", Outcome(status="server_error", code=500)),
        ("/no-page", Outcome(status="soft_404", code=200)),
        ("/no-page-heading", Outcome(status="soft_404", code=200)),
        ("/closes", Outcome(status="unreachable")),
        ("/closes-midway", Outcome(status="unreachable")),
        ("/hangs", Outcome(status="timeout")),
        ("/drips", Outcome(status="timeout")),
        ("/to-nothing", Outcome(status="server_error", code=302)),
        ("/to-nonsense", Outcome(status="server_error", code=302)),
    ],
)
def test_each_answer_is_told_apart(site: Site, path: str, outcome: Outcome) -> None:
    assert asked([site.at(path)], QUICK) == {site.at(path): outcome}


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
def test_redirects_are_followed_and_told(site: Site, path: str, status: str, code: int, final: str) -> None:
    found = asked([site.at(path)], QUICK)[site.at(path)]
    assert found == Outcome(status=status, code=code, final=site.at(final))


@pytest.mark.parametrize("path", ["/loop", "/to-and-fro"])
def test_a_redirect_without_end_is_left_after_ten(path: str) -> None:
    with Site() as site:
        assert status(site.at(path)) == "server_error"
        assert len(site.log) == MOST_REDIRECTS + 1


def test_only_web_addresses_are_followed(site: Site) -> None:
    found = asked([site.at("/to-a-file")], QUICK)[site.at("/to-a-file")]
    assert found == Outcome(status="unreachable", final="ftp://127.0.0.1/file")


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert status(f"http://127.0.0.1:{probe.getsockname()[1]}/") == "unreachable"


Certificate = Callable[[trustme.CA], trustme.LeafCert]


def of_another_name(ours: trustme.CA) -> trustme.LeafCert:
    return ours.issue_cert("other.example")


def out_of_date(ours: trustme.CA) -> trustme.LeafCert:
    return ours.issue_cert("127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO)


def of_a_stranger(_ours: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert("127.0.0.1")


def good(ours: trustme.CA) -> trustme.LeafCert:
    return ours.issue_cert("127.0.0.1")


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (good, "works"),
        (of_another_name, "certificate"),
        (out_of_date, "certificate"),
        (of_a_stranger, "certificate"),
    ],
)
def test_a_certificate_is_checked(certificate: Certificate, status: str) -> None:
    ours = trustme.CA()
    trust, server = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.configure_trust(trust)
    certificate(ours).configure_cert(server)
    with Site(tls=server) as site, Site() as plain:
        assert asked([site.at("/good")], QUICK, trust)[site.at("/good")].status == status
        url = plain.at("/sent-on")
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(REDIRECTS, "/sent-on", (301, site.at("/good")))
            sent = asked([url], QUICK, trust)[url]
    assert sent.final == site.at("/good")
    assert sent.status == ("moved" if status == "works" else status)


def test_a_server_without_encryption_where_it_is_asked_for_is_unreachable(site: Site) -> None:
    assert status(site.at("/good").replace("http:", "https:")) == "unreachable"


def test_head_comes_first_and_get_only_when_it_settles_nothing() -> None:
    with Site() as site:
        asked([site.at(path) for path in ("/good", "/file.pdf", "/moved", "/busy", "/refused")], QUICK)
        assert site.asked("/file.pdf") == ["HEAD"]
        assert site.asked("/moved") == ["HEAD"]
        assert site.asked("/busy") == ["HEAD"]
        assert site.asked("/refused") == ["HEAD", "GET"]
        assert site.asked("/good") == [
            "HEAD",
            "GET",
            "HEAD",
            "GET",
        ]  # for itself, and at the end of a redirect


def test_only_the_start_of_a_page_is_read() -> None:
    with Site() as site:
        assert status(site.at("/huge")) == "works"
    sent = max(request.sent for request in site.log)
    assert MOST_BYTES <= sent < HUGE / 4  # more than we read waits in the buffers of the two ends


def test_the_tool_says_its_name() -> None:
    with Site() as site:
        status(site.at("/good"))
    assert {request.agent.split()[0] for request in site.log} == {"TraumaInformedSelfCheck-links/1.0"}


def test_many_sites_are_asked_at_once_but_each_one_at_a_time_with_a_pause() -> None:
    pause = 0.2
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(Site(f"127.0.0.{n}", slow=0.15)) for n in range(11, 19)]
        urls = [site.at(path) for path in ("/good", "/moved", "/file.pdf") for site in sites]
        found = asked(urls, Manners(pause=pause, patience=5))
    assert list(found) == urls
    assert {outcome.status for outcome in found.values()} == {"works", "moved"}
    for site in sites:
        assert len(site.log) == 6
        for before, after in itertools.pairwise(site.log):
            assert after.began - before.ended > pause - 0.02
    log = [request for site in sites for request in site.log]
    most = max(sum(other.began <= one.began < other.ended for other in log) for one in log)
    assert most == MOST_AT_ONCE


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.ovcttac.gov/taskforceguide/eguide/", "ovcttac.gov"),
        ("http://ovcttac.gov:8080", "ovcttac.gov"),
        ("https://nhttac.acf.hhs.gov/soar", "nhttac.acf.hhs.gov"),
    ],
)
def test_a_site_is_the_same_with_and_without_www(url: str, site: str) -> None:
    assert site_of(url) == site
