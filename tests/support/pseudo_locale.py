"""A made-up language: every message of the site in ⟦brackets⟧, to find words that cannot be translated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import get_babel

from reports.documents.formatting import link_kind, title_note
from tests.support.page import PSEUDO_LANGUAGE, Page

PROJECT = Path(__file__).resolve().parents[2]
_SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_INNERMOST_MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
_NOT_WORDS = re.compile(r"https?://\S+|(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}")  # addresses, return codes
_BETWEEN = re.compile(r"[\s\d]*(?:[.:;,()?!|]+[\s\d]*)+")


def speak_pseudo(app: Flask, folder: Path) -> None:
    """Switch the application to the made-up language, with a catalog written to this folder."""
    target = folder / PSEUDO_LANGUAGE / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, pseudo_catalog())
    babel = get_babel(app)
    babel.translation_directories[:] = [str(folder)]
    babel.locale_selector = lambda: PSEUDO_LANGUAGE


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
    texts = [link_kind("archived_copy", "en-US"), link_kind("third_party_copy", "en-US")]
    texts += [link_kind("later_version_probable", "en-US")]
    texts += [title_note(certainty, "en-US") for certainty in ("probable", "description")]
    for file in folder.glob("*.yaml"):
        texts += _texts(yaml.safe_load(file.read_text()))
    return frozenset(piece for text in texts for piece in _pieces(text))


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
    found = (piece for text in _shown(page) for piece in _pieces(_without_messages(text)))
    return [piece for piece in found if piece not in content]


def _without_messages(text: str) -> str:
    """Return the text without its messages, which may contain others."""
    fewer, count = _INNERMOST_MESSAGE.subn("|", text)
    return _without_messages(fewer) if count else text


def _pieces(text: str) -> Iterator[str]:
    """Yield the words between punctuation marks and numbers."""
    line = " ".join(_NOT_WORDS.sub("", text).split())
    return (piece.strip(" 0123456789") for piece in _BETWEEN.split(line) if _LETTERS.search(piece))


def _shown(page: Page) -> Iterator[str]:
    """Yield each text of a page that a person sees or hears."""
    for element in page.root.iter():
        yield from (element.get(name, "") for name in _SHOWN_ATTRIBUTES)
        if isinstance(element.tag, str) and element.tag not in {"script", "textarea"}:
            # A message may have links within it, so all that belongs to an element is one text.
            yield "|".join([element.text or "", *(child.tail or "" for child in element)])
