"""The words that plans and documents print around their content, in the language of the questionnaire.

A document keeps the language of its questions, whatever the language of the page it is downloaded from.
"""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

CATALOGS = Path(__file__).parents[2] / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalog for a language such as "en-US"; without one, words stay as the source has them."""
    return Translations.load(str(CATALOGS), [language.replace("-", "_")])
