"""The web application: the only place that knows HTTP, sessions, the clock and the database."""

from __future__ import annotations

from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    accounts,
    agencies,
    assessments,
    cli,
    comparisons,
    encryption,
    errors,
    guide,
    plans,
    privacy,
    templating,
)
from app.accounts import setup as accounts_setup
from app.config import PROJECT, Settings, read_settings
from app.content import serve_content
from app.database import dialects
from app.extensions import babel, csrf, db
from app.http import files, rate_limits, security_headers, url_converters
from app.http.security_headers import SessionCookie
from app.monitoring import health, logs
from app.operations import daily_purge
from questions.loading.loader import CONTENT_FOLDER
from reports.documents.pdf.worker import PdfWorker

_BLUEPRINTS = (
    assessments.bp,
    plans.bp,
    comparisons.bp,
    guide.bp,
    accounts.bp,
    agencies.bp,
    privacy.bp,
    health.bp,
)


def create_app(settings: Settings | None = None, content: Path = CONTENT_FOLDER) -> Flask:
    """Return the application. Settings come from the environment unless given."""
    app = Flask(__name__, template_folder=str(PROJECT / "templates"))
    app.config.from_mapping((settings or read_settings()).flask_config())
    app.session_interface = SessionCookie()
    _believe_proxies(app)
    url_converters.register(app)
    logs.register(app)
    encryption.register(app)
    _bind_extensions(app, content)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    accounts_setup.register(app)
    rate_limits.register(app)
    errors.register(app)
    security_headers.register(app)
    files.register(app)
    templating.register(app)
    cli.register(app)
    daily_purge.register(app)
    if app.config["METRICS_TOKEN"]:
        import_module("app.monitoring.metrics").register(
            app
        )  # it would take memory of those who do not measure
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
    babel.init_app(app, default_locale="en_US", default_translation_directories=str(PROJECT / "translations"))
    with app.app_context():
        dialects.drive(db.engine)
    serve_content(app, content)
    app.extensions["pdf_worker"] = PdfWorker()


def _without_async_teardown(app: Flask) -> None:
    """Leave out what would start a thread at the end of each request, to close sessions we never open."""
    functions = app.teardown_appcontext_funcs
    functions[:] = [function for function in functions if not iscoroutinefunction(function)]
