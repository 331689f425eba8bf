"""Configuration of the web server. `make run` starts it; so can systemd or a container."""

import os
import shutil
import tempfile

try:
    tempfile.gettempdir()
except FileNotFoundError:
    raise SystemExit(
        "The site cannot start.\nIt needs a temporary folder that it can write to. Set TMPDIR to one."
    ) from None

# Where the workers write their metrics, so that each can answer for all. Set before anything imports
# prometheus_client, which reads it once.
_metrics = tempfile.mkdtemp(prefix="selfcheck-metrics-") if os.environ.get("METRICS_TOKEN") else ""
if _metrics:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics

from prometheus_client import multiprocess

from app import pdf_cache
from app.config import SettingsError, read_settings
from app.guide.files import sample_plan_pdf, worksheet_pdf
from app.http import making_ahead
from app.http.slow_clients import CONNECTIONS_PER_PLACE, limit_silence
from app.monitoring.logs import server_config
from app.operations import maintenance
from app.operations.maintenance import NotReady, prepare
from questions.source_files.errors import ContentError

try:
    _settings = read_settings()
except SettingsError:
    shutil.rmtree(_metrics, ignore_errors=True)
    raise

wsgi_app = "app:create_app()"
bind = _settings.address
workers = _settings.web_workers
worker_class = "gthread"  # a thread that waits for a PDF does not keep others from saving
threads = _settings.web_threads * CONNECTIONS_PER_PLACE
preload_app = True  # content is read once, and workers share its memory
control_socket_disable = True
forwarded_allow_ips = ""  # TRUSTED_PROXIES decides whom to trust about HTTPS
accesslog = None  # URLs hold return codes and ids; app.monitoring.logs writes what may be logged
logconfig_dict = server_config(_settings.log_level)
timeout = 60
graceful_timeout = 10


def on_starting(server):
    """Prepare the database before the first request."""
    try:
        prepare(server.app.wsgi())
    except (ContentError, NotReady) as error:
        raise SystemExit(f"The site cannot start.\n{error}") from None


def when_ready(server):
    """Limit how long connections are silent; print the site's address and time zone."""
    for listener in server.LISTENERS:
        limit_silence(listener.sock)
    print(
        f"The self-check is at http://{_settings.address} (Ctrl+C stops it). "
        f"Its time zone is {_settings.time_zone}.",
        flush=True,
    )


def post_worker_init(worker):
    """Make files ahead, send waiting emails and delete what has expired, even if nobody visits."""
    making_ahead.start(worker.wsgi, (worksheet_pdf, sample_plan_pdf))
    maintenance.start(worker.wsgi)


def worker_exit(_server, worker):
    """Stop the child that creates PDFs before its worker: half started, it would miss what they share."""
    if worker.booted:
        making_ahead.stop(worker.wsgi)
        with worker.wsgi.app_context():
            pdf_cache.worker().close()


def child_exit(_server, worker):
    """Drop the gauges of a worker that ended; its counters stay."""
    if _metrics:
        multiprocess.mark_process_dead(worker.pid)


def on_exit(_server):
    """Delete the temporary folder."""
    if _metrics:
        shutil.rmtree(_metrics, ignore_errors=True)
