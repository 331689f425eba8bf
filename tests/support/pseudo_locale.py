"""A made-up language: every message of the site in ⟦brackets⟧, to find words that cannot be translated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock
from xml.etree.ElementTree import Element

import yaml
from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import get_babel

from reports.documents.formatting import long_date
from reports.plan.translations import translations
from tests.support.page import PSEUDO_LANGUAGE, Page

PROJECT = Path(__file__).resolve().parents[2]
_SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_INNERMOST_MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
_MONTHS = "|".join(
    month
    for locale in (PSEUDO_LANGUAGE, "en")
    for month in get_month_names("wide", "format", locale).values()
)
# Addresses, return codes, and the months of dates.
_NOT_WORDS = re.compile(rf"https?://\S+|[\w.]+@[\w.]+|(?:[0-9A-Z]{{5}}-){{4}}[0-9A-Z]{{5}}|\b(?:{_MONTHS})\b")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_BETWEEN = re.compile(r"[\s\d]*(?:[.:;,()?!|]+[\s\d]*)+")


@contextmanager
def speaking_pseudo(app: Flask, folder: Path) -> Iterator[None]:
    """Switch the application to the made-up language, with catalogs written to this folder.

    What it says of a plan, in the language of the questionnaire, is in that made-up language too.
    """
    for language in (PSEUDO_LANGUAGE, "en_US"):
        target = folder / language / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_mo(file, pseudo_catalog())
    babel = get_babel(app)
    babel.translation_directories[:] = [str(folder)]
    babel.locale_selector = lambda: PSEUDO_LANGUAGE
    with mock.patch("reports.plan.translations.CATALOGS", folder):
        _forget_what_was_said()
        try:
            yield
        finally:
            _forget_what_was_said()


def _forget_what_was_said() -> None:
    """Clear the caches that keep words of a language, for the tests that follow."""
    for cached in (translations, long_date):
        cached.cache_clear()


@cache
def pseudo_catalog() -> Catalog:
    """Return a catalog of all messages, extracted as `make messages` does."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in settings]
    options = {one.pop("pattern"): one for one in settings}
    keywords = {**DEFAULT_KEYWORDS, **dict.fromkeys(("_l", "lazy_gettext", "Message", "InvalidAnswer"))}
    catalog = Catalog(locale=PSEUDO_LANGUAGE)
    for folder in ("app", "questions", "reports", "templates"):
        for _, _, message, _, context in extract_from_dir(PROJECT / folder, methods, options, keywords):
            string = tuple(map(_marked, message)) if isinstance(message, tuple) else _marked(message)
            catalog.add(message, string, context=context)
    return catalog


def _marked(text: str) -> str:
    return f"⟦{text}⟧"


def content_pieces(folder: Path) -> frozenset[str]:
    """Return the pieces of all texts of the content, which is not translated with the site."""
    texts = (text for file in folder.glob("*.yaml") for text in _texts(yaml.safe_load(file.read_text())))
    parts = (part for text in texts for part in _PLACEHOLDER.split(text))
    return frozenset(piece for part in parts for piece in _pieces(part))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
    else:
        yield str(node)


def untranslated(page: Page, content: frozenset[str]) -> list[str]:
    """Return the pieces of a page's text that are neither in a message nor in the content."""
    return [piece for text in _shown(page) for piece in untranslated_in(text, content)]


def untranslated_in(text: str, content: frozenset[str]) -> list[str]:
    """Return the pieces of a text that are neither in a message nor in the content."""
    found = (piece for piece in _pieces(_without_messages(text)) if piece not in content)
    return [piece for piece in found if not _is_filled_in(piece, content)]


def _is_filled_in(piece: str, content: frozenset[str]) -> bool:
    """Return whether a piece is a text of the content, filled in with others."""
    longest_first = sorted((text for text in content if text in piece), key=len, reverse=True)
    any_of_them = "|".join(map(re.escape, longest_first))
    return not _LETTERS.search(re.sub(rf"(?<!\w)(?:{any_of_them})(?!\w)", "", piece))


def _without_messages(text: str) -> str:
    """Return the text without its messages, which may contain others."""
    fewer, count = _INNERMOST_MESSAGE.subn("|", text)
    return _without_messages(fewer) if count else text


def _pieces(text: str) -> Iterator[str]:
    """Yield the words between punctuation marks and numbers."""
    line = " ".join(_NOT_WORDS.sub("", text).split())
    return (piece.strip(" 0123456789“”") for piece in _BETWEEN.split(line) if _LETTERS.search(piece))


def _shown(page: Page) -> Iterator[str]:
    """Yield each text of a page that a person sees or hears."""
    for element in page.root.iter():
        yield from (element.get(name, "") for name in _SHOWN_ATTRIBUTES)
    # A message may have links within it, so the whole page is one text.
    yield "|".join(_texts_in(page.root))


def _texts_in(element: Element) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in {"script", "textarea"}:
        yield element.text or ""
        for child in element:
            yield from _texts_in(child)
            yield child.tail or ""
