"""How the server runs. `make run` starts it; so can systemd or a container."""

import contextlib
import ctypes

from app.config import read_settings
from app.starting import NotUpToDate, prepare
from questions.faults import ContentError

_settings = read_settings()

# One heap for all threads of a worker; each with its own would keep some MB it no longer uses (glibc only).
_M_ARENA_MAX = -8
with contextlib.suppress(AttributeError, OSError):
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)

wsgi_app = "app:create_app()"
bind = f"127.0.0.1:{_settings.port}"
workers = 2
worker_class = "gthread"  # a thread that waits for a PDF does not keep others from saving
threads = 4
preload_app = True  # content is read once, and workers share its memory
control_socket_disable = True
accesslog = None  # addresses hold return codes and ids
loglevel = "warning"
timeout = 60
graceful_timeout = 10


def on_starting(server):
    """Bring the database up to date before the first request."""
    try:
        prepare(server.app.wsgi())
    except (ContentError, NotUpToDate) as error:
        raise SystemExit(f"The site cannot start.\n{error}") from None


def when_ready(_server):
    """Say where the site is."""
    print(f"The self-check is at http://127.0.0.1:{_settings.port} (Ctrl+C stops it)", flush=True)
