"""How the server runs. `make run` starts it; so can systemd or a container."""

import contextlib
import ctypes
import os
import shutil
import tempfile
from importlib import import_module

from app.config import read_settings
from app.monitoring.logs import server_config
from app.operations.startup import NotUpToDate, prepare
from questions.source_files.errors import ContentError

_settings = read_settings()

# One heap for all threads of a worker; each with its own would keep some MB it no longer uses (glibc only).
_M_ARENA_MAX = -8
with contextlib.suppress(AttributeError, OSError):
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)

# Where the workers write what they count, so that each can answer for all; app.monitoring.metrics reads it.
_counts = tempfile.mkdtemp(prefix="selfcheck-counts-") if _settings.metrics_token else ""
if _counts:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counts

wsgi_app = "app:create_app()"
bind = _settings.address
workers = _settings.web_workers
worker_class = "gthread"  # a thread that waits for a PDF does not keep others from saving
threads = _settings.web_threads
preload_app = True  # content is read once, and workers share its memory
control_socket_disable = True
forwarded_allow_ips = ""  # whom to believe about HTTPS is TRUSTED_PROXIES' to say
accesslog = None  # addresses hold return codes and ids; app.monitoring.logs writes what may be written
logconfig_dict = server_config(_settings.log_level)
timeout = 60
graceful_timeout = 10


def on_starting(server):
    """Bring the database up to date before the first request."""
    try:
        prepare(server.app.wsgi())
    except (ContentError, NotUpToDate) as error:
        raise SystemExit(f"The site cannot start.\n{error}") from None


def when_ready(_server):
    """Say where the site is, and in which time zone."""
    print(
        f"The self-check is at http://{_settings.address} (Ctrl+C stops it). "
        f"Its time zone is {_settings.time_zone}.",
        flush=True,
    )


def worker_exit(_server, worker):
    """End the child that makes PDFs before its worker: half started, it would miss what they share."""
    if worker.booted:
        worker.wsgi.extensions["pdf_worker"].stop()


def child_exit(_server, worker):
    """Let what a worker had under way no longer count; what it had done still does."""
    if _counts:
        import_module("prometheus_client.multiprocess").mark_process_dead(worker.pid)


def on_exit(_server):
    """Leave no files behind."""
    if _counts:
        shutil.rmtree(_counts, ignore_errors=True)
