"""The machine of the measurements, and how times and memory are measured."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """Return the machine in one line: processor, cores, memory, system, Python."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = cpu[1] if cpu else platform.machine()
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}"


def milliseconds(run: Callable[[], object], times: int) -> float:
    """Return the median time of a call in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def children(pid: int) -> list[int]:
    """Return the child processes of a process, of all its threads."""
    lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(lists).split()]


def processor_time(pids: list[int]) -> float:
    """Return the processor time these processes have used, in milliseconds."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may have ended
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total * 1000 / TICKS


def wait_until_idle(pid: int) -> None:
    """Wait until a server that has just started has made its files ahead, which is no part of a request."""
    quiet, used = 0, float("-inf")
    for _ in range(60):
        before, used = used, processor_time(_descendants(pid))
        quiet = quiet + 1 if abs(used - before) < 20 else 0  # milliseconds in a second
        if quiet == 2:
            return
        time.sleep(1)
    raise RuntimeError("the server does not come to rest")


def _descendants(pid: int) -> list[int]:
    found = children(pid)
    return [*found, *(one for child in found for one in _descendants(child))]


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    found = re.search(r"VmRSS:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def own_memory(pid: int) -> float:
    """Return the memory of a process that it shares with no other, in MB."""
    kilobytes = re.findall(r"Private_\w+:\s*(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())
    return sum(map(int, kilobytes)) / 1024
