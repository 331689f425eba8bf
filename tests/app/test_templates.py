"""The site's templates: each compiles, and each is used."""

from flask import Flask

from app.config import PROJECT

NAMED_BY_CODE = {f"errors/{code}.html" for code in (400, 404, 405, 413, 500)}


def test_every_template_compiles_and_is_used(app: Flask) -> None:
    names = [name for name in app.jinja_env.list_templates() if not name.startswith("report/")]
    files = [*PROJECT.glob("app/**/*.py"), *PROJECT.glob("templates/**/*.html")]
    sources = [file.read_text(encoding="utf-8") for file in files]
    for name in names:
        app.jinja_env.get_template(name)
        assert name in NAMED_BY_CODE or any(f'"{name}"' in source for source in sources), name
