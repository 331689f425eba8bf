"""The web application: the only place that knows HTTP, sessions, the clock and the database."""

from __future__ import annotations

from inspect import iscoroutinefunction
from pathlib import Path

from flask import Flask

from app import cli, errors, headers, templating
from app.accounts import security
from app.assessments import loading, retake, returns, updating
from app.assessments import views as assessments
from app.config import PROJECT, Settings, read_settings
from app.database import sqlite
from app.extensions import csrf, db
from app.guide import views as guide
from app.health import bp as health
from app.plans import downloads, work_views
from app.plans import views as plans
from app.progress import comparisons
from app.progress import views as progress
from app.questionnaires import serve_content
from app.sessions import SessionCookie
from questions.load import CONTENT_FOLDER
from reports.pdf_worker import PdfWorker

_BLUEPRINTS = (
    assessments.bp,
    returns.bp,
    retake.bp,
    updating.bp,
    loading.bp,
    plans.bp,
    downloads.bp,
    work_views.bp,
    progress.bp,
    comparisons.bp,
    guide.bp,
    health,
)


def create_app(settings: Settings | None = None, content: Path = CONTENT_FOLDER) -> Flask:
    """Return the application. Settings come from the environment unless given."""
    app = Flask(__name__, template_folder=str(PROJECT / "templates"))
    app.config.from_mapping((settings or read_settings()).flask_config())
    app.session_interface = SessionCookie()
    _bind_extensions(app, content)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    security.register(app)
    errors.register(app)
    headers.register(app)
    templating.register(app)
    cli.register(app)
    return app


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
