"""A bare Flask application that does the minimum of a durable save. It imports none of our code."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg
from flask import Flask, request

TABLE = "CREATE TABLE IF NOT EXISTS answer"


def floor() -> Flask:
    """Return a bare Flask application: one durable row per request, then a page of fixed text."""
    app = Flask(__name__)
    page = "<!DOCTYPE html><title>Page</title>" + "<input type=radio>" * 36
    url = os.environ["DATABASE_URL"].replace("+psycopg", "")
    connect = (
        partial(_postgres, url) if url else partial(_sqlite, Path(os.environ["DATA_DIR"], "floor.sqlite"))
    )
    connection = threading.local()

    @app.route("/", methods=["GET", "POST"])
    def index() -> str:
        if request.method == "POST":
            if not hasattr(connection, "insert"):
                connection.insert = connect()
            connection.insert(str(request.form))
        return page

    return app


def _sqlite(path: Path) -> Callable[[str], object]:
    """Return a function that inserts a row as durably as ours."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"{TABLE} (id INTEGER PRIMARY KEY, value TEXT)")
    return lambda value: connection.execute("INSERT INTO answer (value) VALUES (?)", [value])


def _postgres(url: str) -> Callable[[str], object]:
    """Return a function that inserts a row and commits."""
    connection = psycopg.connect(url, autocommit=True)
    with contextlib.suppress(psycopg.errors.UniqueViolation):  # another thread is creating it
        connection.execute(f"{TABLE} (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value TEXT)")
    return lambda value: connection.execute("INSERT INTO answer (value) VALUES (%s)", [value])
