"""The site's templates: each compiles, and each is used."""

import re

from flask import Flask

from app.config import PROJECT

ERRORS = "errors/{}.html"  # app.errors names them by this pattern
BY_CODE = {ERRORS.format(code) for code in (400, 403, 404, 405, 413, 429, 500, 503)}


def test_every_template_compiles_and_is_used(app: Flask) -> None:
    names = [name for name in app.jinja_env.list_templates() if not name.startswith("report/")]
    files = [*PROJECT.glob("app/**/*.py"), *PROJECT.glob("templates/**/*.html")]
    sources = [file.read_text(encoding="utf-8") for file in files]
    errors = (PROJECT / "app" / "errors.py").read_text(encoding="utf-8")
    by_name = {ERRORS.format(name) for name in re.findall(r'_page\("(\w+)"', errors)}
    for name in names:
        app.jinja_env.get_template(name)
        assert name in BY_CODE | by_name or any(f'"{name}"' in source for source in sources), name
