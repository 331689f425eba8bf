"""The command `content links`, and what pages say of links that were tested."""

from __future__ import annotations

import datetime
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import clock
from app.cli import links
from questions.links.inventory import LINK_CHECKS, address_uses, link_checks_text
from questions.loading.loader import load_folder
from questions.model import LinkCheck
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.misbehaving_server import CODES, PAGES, Site

Run = Callable[..., SimpleNamespace]
ADDRESS = re.compile(r"https?://[^\s\"]+")
RETIRED = "This is no longer offered, as far as we knew on March 3, 2027."
BRIEF = "https://aspe.hhs.gov/hsp/07/HumanTrafficking/Treating/ib.htm"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that stands in for all others, checked without pauses."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(links, "PAUSE", 0)
    monkeypatch.setattr(links, "TIMEOUT", 3)
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2027, 3, 3))
    with Site() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for content."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def put(folder: Path, content: Mapping[str, str], to: Callable[[str], str]) -> None:
    """Write the shipped content with other addresses."""
    for name, text in content.items():
        changed = ADDRESS.sub(lambda found: to(found[0]), text) if name != "texts.yaml" else text
        (folder / name).write_text(changed, encoding="utf-8")


def runner(make_app: MakeApp, folder: Path) -> Run:
    """Return what runs a command on the content of a folder."""
    cli = make_app(folder).test_cli_runner()

    def run(*arguments: str) -> SimpleNamespace:
        # The browser of other tests may leave an event loop in this thread.
        with ThreadPoolExecutor(1) as pool:
            result = pool.submit(cli.invoke, args=arguments).result()
        return SimpleNamespace(code=result.exit_code, out=result.stdout, err=result.stderr)

    return run


def all_good_but(site: Site, **bad: str) -> Callable[[str], str]:
    """Return what gives each address another one on the site: those with a fragment in them a bad one."""

    def to(url: str) -> str:
        path = next((path for fragment, path in bad.items() if fragment in url), "/good")
        return site.at(f"{path}#{abs(hash(url))}") if path == "/good" else site.at(path)

    return to


def test_problems_come_first_with_their_place_and_what_to_do(
    make_app: MakeApp, content: Mapping[str, str], folder: Path, site: Site
) -> None:
    bad = {
        "treating": "/missing",
        "Treating/ib": "/gone",
        "ncdvtmh": "/no-page",
        "ahwg": "/moved",
        "pubt": "/hangs",
    }
    put(folder, content, all_good_but(site, **bad))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = runner(make_app, folder)("content", "links")
    assert (result.code, result.err) == (1, "Addresses to fix: 3\n")
    lines = result.out.splitlines()
    assert lines[0].startswith("Checking ")
    heads = [line.partition(":")[0] for line in lines[1:] if line and not line.startswith(" ")]
    assert heads == [
        "Gone",
        "Gone, though the site does not say so",
        "No answer in time",
        "Moved permanently",
        "Works",
    ]
    assert "\nGone: 2. What to do: look for the new address;" in result.out
    line = place(folder, "resources.yaml", site.at("/gone"))
    assert f"  {line}: aspe-hidden-wounds-brief: {site.at('/gone')} (410)\n" in result.out
    twice = [line for line in lines if site.at("/moved") in line]
    assert [line.split(":")[0].strip() for line in twice] == ["guide.yaml", "resources.yaml"]
    assert all(line.endswith(f"{site.at('/moved')} -> {site.at('/good')} (200)") for line in twice)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def place(folder: Path, name: str, fragment: str) -> str:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return f"{name}:{next(n for n, line in enumerate(lines, start=1) if fragment in line)}"


def test_with_write_the_results_are_content_and_keep_the_day_it_last_worked(
    make_app: MakeApp,
    content: Mapping[str, str],
    folder: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PAGES, "/brief", PAGES["/good"])
    put(folder, content, all_good_but(site, **{"Treating/ib": "/brief"}))
    result = runner(make_app, folder)("content", "links", "--write")
    assert (result.code, result.err) == (0, "")
    assert f"Written to {folder / LINK_CHECKS}." in result.out
    first = load_folder(folder)
    assert list(first.link_check) == list(dict.fromkeys(use.url for use in address_uses(first)))
    assert {(c.status, c.checked, c.last_worked) for c in first.link_checks} == {
        ("works", "2027-03-03", "2027-03-03")
    }
    monkeypatch.setitem(CODES, "/brief", 404)
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2027, 9, 1))
    result = runner(make_app, folder)("content", "links", "--write")
    assert (result.code, result.err) == (1, "Addresses to fix: 1\n")
    assert f"{site.at('/brief')} (404) (last worked on 2027-03-03)\n" in result.out
    assert load_folder(folder).link_check[site.at("/brief")] == LinkCheck(
        url=site.at("/brief"), status="gone", checked="2027-09-01", last_worked="2027-03-03", code=404
    )


def test_without_a_network_the_command_says_so_and_writes_nothing(
    make_app: MakeApp, content: Mapping[str, str], folder: Path, site: Site
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{probe.getsockname()[1]}/"
        put(folder, content, lambda url: f"{closed}{abs(hash(url))}")
        before = (folder / LINK_CHECKS).read_bytes()
        result = runner(make_app, folder)("content", "links", "--write")
    assert result.code == 1
    assert result.err.startswith("No site answered, so nothing was written. Is this machine on the network")
    assert (folder / LINK_CHECKS).read_bytes() == before
    assert site.log == []


def test_content_with_an_error_is_not_checked(
    make_app: MakeApp, content: Mapping[str, str], folder: Path, site: Site
) -> None:
    put(folder, content, lambda url: url.replace("https", "ftp"))
    result = runner(make_app, folder)("content", "links")
    assert result.code == 1
    assert "is not a web address" in result.err
    assert (result.out, site.log) == ("", [])


def test_a_file_that_cannot_be_written_is_reported(
    make_app: MakeApp, content: Mapping[str, str], folder: Path, site: Site
) -> None:
    put(folder, content, all_good_but(site))
    run = runner(make_app, folder)
    assert run("content", "links").code == 0  # now the content is read
    (folder / LINK_CHECKS).unlink()
    (folder / LINK_CHECKS).mkdir()
    result = run("content", "links", "--write")
    assert (result.code, result.err) == (1, f"{folder / LINK_CHECKS}: Is a directory\n")


@pytest.fixture
def tested(make_app: MakeApp, content: Mapping[str, str], folder: Path) -> Callable[..., Client]:
    """Make a browser on a site whose content has these checks, and changes in resources.yaml."""

    def make(*checks: LinkCheck, change: tuple[str, str] = ("", "")) -> Client:
        for name, text in {**content, LINK_CHECKS: link_checks_text(checks)}.items():
            changed = text.replace(*change, 1) if name == "resources.yaml" else text
            (folder / name).write_text(changed, encoding="utf-8")
        return Client(make_app(folder))

    return make


def test_the_plan_on_screen_says_when_a_link_last_worked_or_how_to_find_the_thing(
    tested: Callable[..., Client],
) -> None:
    client = tested(
        LinkCheck(url=BRIEF, status="gone", checked="2027-03-03", last_worked="2026-12-01"),
        LinkCheck(
            url="https://ncdvtmh.org/toolkit/acrti-evaluation-toolkit/", status="works", checked="2027-03-03"
        ),
    )
    assessment = Assessment.begin(client)
    assessment.save(
        "why-01", {"why-01": "not_yet", "why-02": "not_yet", "why-03": "not_yet", "why-04": "not_yet"}
    )
    assessment.finish()
    page = client.get(assessment.at("plan/resources"))
    assert "This link did not work on March 3, 2027. It last worked on December 1, 2026." in page.text
    assert "To find it, ask the publisher, or search with these words:" in page.text
    assert client.questionnaire.texts.links.some_tested in page.text


def test_a_retired_resource_names_its_successor_on_screen(tested: Callable[..., Client]) -> None:
    same = "same_as: nhtrc-enhancing-resiliency-training"
    retired = f'{same}\n    retired: "2027-03-03"\n    successor: aspe-hidden-wounds-brief'
    client = tested(change=(same, retired))
    text = client.get("/guide/why").text
    assert f"{RETIRED} Use this in its place: Treating the Hidden Wounds" in text
