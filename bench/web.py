"""Submit a page of six and get the next; the check page, the plan page, the PDF; memory of a worker."""

from __future__ import annotations

import html
import re
import statistics
import time
from collections.abc import Callable

from bench.machine import children, milliseconds, processor_time, resident
from bench.serving import Client, served, token

STAGES = ("not_yet", "started", "mostly", "part_of_work")
TURNS = 400
PAGES = 5


def submit_and_next() -> dict[str, float]:
    """Return the median and processor time of a turn in ms, the bare Flask's first."""
    with served("floor", prepare=False) as (port, pid):
        client = Client(port)

        def bare(number: int) -> None:
            client.post("/", {"value": STAGES[number % 4]})
            client.get("/")

        floor_median, floor_cpu = _turns(bare, pid)
    with served("six_on_a_page", prepare=True) as (port, pid):
        client = Client(port)
        base, csrf = _begin(client)
        questions = [_questions(client, f"{base}/why/p{i}") for i in range(PAGES)]
        assert all(len(six) == 6 for six in questions), questions
        shown = [_shown(client.get(f"{base}/why/p{i}")[2]) for i in range(PAGES)]

        def turn(number: int) -> None:
            page = number % PAGES
            fields = _six(questions[page], number, csrf) | {"shown": shown[page]}
            _, onward, _ = client.post(f"{base}/why/p{page}", fields, 302)
            shown[(page + 1) % PAGES] = _shown(client.get(onward)[2])

        median, cpu = _turns(turn, pid)
    return {"floor_median": floor_median, "floor_cpu": floor_cpu, "median": median, "cpu": cpu}


def pages() -> dict[str, float]:
    """Return the median times of the check page, plan page and kept PDF in ms; a worker's memory in MB."""
    with served("ours", prepare=True) as (port, pid):
        client = Client(port)
        base, csrf = _begin(client)
        _answer_all(client, base, csrf)
        figures = {"check": milliseconds(lambda: client.get(f"{base}/check"), 60)}
        client.post(f"{base}/finish", {"csrf_token": csrf, "agency": "Harbor House"}, 302)
        start = time.perf_counter()
        _, _, first = client.get(f"{base}/plan.pdf")
        figures["first_pdf"] = (time.perf_counter() - start) * 1000
        for _ in range(12):
            client.get(f"{base}/plan")
        time.sleep(4)  # the PDF child of each worker has started
        figures["plan_page"] = milliseconds(lambda: client.get(f"{base}/plan"), 60)
        figures["kept_pdf"] = milliseconds(lambda: client.get(f"{base}/plan.pdf"), 60)
        assert first == client.get(f"{base}/plan.pdf")[2]
        figures["worker_memory"] = max(resident(worker) for worker in children(pid))
    return figures


def _turns(turn: Callable[[int], None], pid: int) -> tuple[float, float]:
    for number in range(40):
        turn(number)
    workers = children(pid)
    before, taken = processor_time(workers), []
    for number in range(TURNS):
        start = time.perf_counter()
        turn(number)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), (processor_time(workers) - before) / TURNS


def _begin(client: Client) -> tuple[str, str]:
    csrf = token(client.get("/")[2])
    _, onward, _ = client.post("/assessments/", {"csrf_token": csrf}, 302)
    return "/".join(onward.split("/")[:3]), csrf


def _answer_all(client: Client, base: str, csrf: str) -> None:
    """Walk the wizard with a "not yet" for each practice."""
    onward = client.get(f"{base}/")[1]
    while not onward.endswith("/check"):
        names = _questions(client, onward)
        fields = {"csrf_token": csrf} | {name: "not_yet" for name in names if name[:2] not in ("pf", "tr")}
        _, onward, _ = client.post(onward, fields, 302)


def _questions(client: Client, path: str) -> list[str]:
    """Return the names of the answers asked for on a page: question ids, which have one hyphen."""
    names = {part.split('"')[0] for part in client.get(path)[2].split('name="')[1:]}
    return sorted(name for name in names if name.count("-") == 1)


def _shown(text: str) -> str:
    """Return what a page says it showed; "" for the page after the last of six."""
    found = re.search(r'name="shown" value="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def _six(questions: list[str], number: int, csrf: str) -> dict[str, str]:
    # Confirmed: the pages come round again, and a changed answer would be shown before it is saved.
    fields = {"csrf_token": csrf, "confirmed": "yes"}
    for index, question in enumerate(questions):
        fields[question] = STAGES[(number // PAGES + index) % 4]
        fields |= {f"{question}-note": "", f"{question}-reason": ""}
    return fields
