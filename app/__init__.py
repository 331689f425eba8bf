"""The web application: the only place that knows HTTP, sessions, the clock and the database."""

from __future__ import annotations

from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, daily, errors, headers, limits, logs, row_numbers, sealing, static_files, templating
from app.accounts import security
from app.agencies import bringing, invitations, joining, members
from app.agencies import views as agencies
from app.assessments import loading, retake, returns, updating
from app.assessments import views as assessments
from app.config import PROJECT, Settings, read_settings
from app.database import sqlite
from app.extensions import csrf, db
from app.guide import views as guide
from app.health import bp as health
from app.plans import downloads, links, shared, work_views
from app.plans import views as plans
from app.privacy import account as account_data
from app.privacy import archives, deleting
from app.privacy import views as privacy
from app.progress import comparisons
from app.progress import views as progress
from app.questionnaires import serve_content
from app.sessions import SessionCookie
from questions.loading.loader import CONTENT_FOLDER
from reports.documents.pdf.worker import PdfWorker

_BLUEPRINTS = (
    assessments.bp,
    returns.bp,
    retake.bp,
    updating.bp,
    loading.bp,
    plans.bp,
    downloads.bp,
    work_views.bp,
    privacy.bp,
    deleting.bp,
    archives.bp,
    account_data.bp,
    progress.bp,
    comparisons.bp,
    links.bp,
    shared.bp,
    agencies.bp,
    members.bp,
    invitations.bp,
    joining.bp,
    bringing.bp,
    guide.bp,
    health,
)


def create_app(settings: Settings | None = None, content: Path = CONTENT_FOLDER) -> Flask:
    """Return the application. Settings come from the environment unless given."""
    app = Flask(__name__, template_folder=str(PROJECT / "templates"))
    app.config.from_mapping((settings or read_settings()).flask_config())
    app.session_interface = SessionCookie()
    _believe_proxies(app)
    row_numbers.register(app)
    logs.register(app)
    sealing.register(app)
    _bind_extensions(app, content)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    security.register(app)
    limits.register(app)
    errors.register(app)
    headers.register(app)
    static_files.register(app)
    templating.register(app)
    cli.register(app)
    daily.register(app)
    if app.config["METRICS_TOKEN"]:
        import_module("app.metrics").register(app)  # it would take memory of those who do not measure
    return app


def _believe_proxies(app: Flask) -> None:
    """Take the visitor's address, and whether it was HTTPS, from as many servers before us as are set."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def _bind_extensions(app: Flask, content: Path) -> None:
    db.init_app(app)
    _without_async_teardown(app)
    csrf.init_app(app)
    with app.app_context():
        sqlite.drive(db.engine)
    serve_content(app, content)
    app.extensions["pdf_worker"] = PdfWorker()


def _without_async_teardown(app: Flask) -> None:
    """Leave out what would start a thread at the end of each request, to close sessions we never open."""
    functions = app.teardown_appcontext_funcs
    functions[:] = [function for function in functions if not iscoroutinefunction(function)]
