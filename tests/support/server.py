"""The real server, as `make run` starts it, on a free port of this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from app.config import PROJECT


@contextlib.contextmanager
def serving(data_dir: Path, database_url: str = "") -> Iterator[str]:
    """Run the server with a database in this folder, or with the given one; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"PORT": str(port), "DATA_DIR": str(data_dir), "DATABASE_URL": database_url, "SECRET_KEY": ""}
    log = data_dir.parent / f"server-{port}.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=PROJECT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):  # a minute, for busy machines
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310
            return
        time.sleep(0.05)
    raise TimeoutError(log.read_text())
