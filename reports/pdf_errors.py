"""Why there may be no PDF. Here, so that the web can catch these without loading WeasyPrint."""

from __future__ import annotations


class PdfUnavailable(Exception):
    """This machine cannot make PDFs: a library or the fonts are missing. The text says what to do."""


class PdfBusy(Exception):
    """Too many PDFs are waiting already; in a few seconds there is room again."""


class PdfFailed(Exception):
    """This one PDF could not be made: a fault, too slow, too large, or the process was ended."""
