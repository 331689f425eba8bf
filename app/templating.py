"""What templates may call: filters and globals, all small and pure."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup

from app.questionnaires import current
from questions.model import Option
from reports.charts import stage_bar, stage_key
from reports.words import LINK_KINDS, TITLES, long_date, paragraphs

_BUILD = Path(__file__).parent / "static" / "build"


def register(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_filter(long_date, "long_date")
    app.add_template_filter(paragraphs, "paragraphs")
    app.add_template_global(built_asset, "built_asset")
    app.add_template_global(radios, "radios")
    app.add_template_global(stage_bar, "stage_bar")
    app.add_template_global(stage_key, "stage_key")
    app.jinja_env.globals.update(link_kinds=LINK_KINDS, titles=TITLES)
    app.context_processor(_texts)


@cache
def _manifest() -> dict[str, str]:
    """Return the names of the built files, which carry a fingerprint of their content."""
    manifest: dict[str, str] = json.loads((_BUILD / "manifest.json").read_text())
    return manifest


def built_asset(name: str) -> str:
    """Return the address of a built asset; it changes with the content, so it can be cached for good."""
    return url_for("static", filename=f"build/{_manifest()[name]}")


def radios(name: str, options: tuple[Option, ...], chosen: str | None) -> Markup:
    """Return the buttons of a question."""
    known = any(option.value == chosen for option in options)
    return _kept_radios(name, options, chosen if known or not chosen else "no option")


@lru_cache(maxsize=4096)
def _kept_radios(name: str, options: tuple[Option, ...], chosen: str | None) -> Markup:
    """Return them. Kept, because a page's buttons take half its time to make."""
    components = current_app.jinja_env.get_template("components/radios.html").module
    return Markup(components.radios(name, options, chosen))  # type: ignore[attr-defined]  # noqa: S704  # a macro escapes


def _texts() -> dict[str, Any]:
    questionnaire = current().questionnaire
    return {
        "texts": questionnaire.texts.screen,
        "rules": questionnaire.rules,
        "questionnaire": questionnaire,
    }
