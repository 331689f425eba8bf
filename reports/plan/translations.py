"""Translations of the words that plans and documents print around the content.

A document is in the language of its questionnaire, whatever the language of the page it is downloaded from.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.lists import format_list
from babel.support import Translations

CATALOGS = Path(__file__).parents[2] / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalog for a language such as "en-US"; without one, messages stay as in the source."""
    return Translations.load(str(CATALOGS), [language.replace("-", "_")])


def listed(items: Iterable[str], language: str) -> str:
    """Return the items as a list in a language such as "en-US": “a,” “a and b,” or “a, b, and c.”"""
    return format_list(tuple(items), locale=Locale.parse(language, sep="-"))
