"""The start page in Chromium: what a first visit loads, and when it is usable on a slow processor."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.browser import chromium
from bench.rows import Row
from bench.serving import OURS, served

TIMES = 7
SLOWED = 4
KILOBYTE = 1000
# Without scripts of our own, a page can be used once it is painted and the browser is free again.
USABLE = """() => new Promise(tell => {
    let free = 0;
    new PerformanceObserver(list => list.getEntries().forEach(
        task => { free = Math.max(free, task.startTime + task.duration); }
    )).observe({type: "longtask", buffered: true});
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    setTimeout(() => tell(Math.max(painted.startTime, free)), 100);
})"""


def start_page() -> list[Row]:
    """Return weight, requests and time to usable of a first visit."""
    with served(OURS) as (port, _pid), sync_playwright() as playwright:
        browser = chromium(playwright)
        address = f"http://127.0.0.1:{port}/"
        weights, plain = zip(*(_visit(browser, address, 1) for _ in range(TIMES)), strict=True)
        slowed = [_visit(browser, address, SLOWED)[1] for _ in range(TIMES)]
        browser.close()
    weight = weights[-1]
    return [
        Row("Start page, all that a first visit loads", sum(weight) / KILOBYTE, "kB", limit=200),
        Row("Requests of a first visit", len(weight), ""),
        Row(
            f"Start page usable in Chromium, processor slowed {SLOWED} times",
            statistics.median(slowed),
            beside=f"not slowed: {statistics.median(plain):.0f} ms",
        ),
    ]


def _visit(browser: Browser, address: str, slowed: int) -> tuple[list[int], float]:
    """Return the bytes of each response as sent, with headers, and when the page is usable (ms)."""
    context = browser.new_context()
    page = context.new_page()
    tools = context.new_cdp_session(page)
    sent: dict[str, int] = {}

    def loaded(event: dict[str, Any]) -> None:
        sent[event["requestId"]] = int(event["encodedDataLength"])

    tools.on("Network.loadingFinished", loaded)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.ok, answer
    usable = float(page.evaluate(USABLE))
    context.close()
    return list(sent.values()), usable
