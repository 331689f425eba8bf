"""Errors shared by the worker process and the web processes. Separate, so that neither loads the other."""


class PdfUnavailable(Exception):
    """This machine cannot generate PDFs: a library or the fonts are missing. The message says what to do."""


class PdfBusy(Exception):
    """Too many files are waiting already; try again in a few seconds."""


class PdfFailed(Exception):
    """This file could not be generated: an error, a timeout, too much memory, or a killed process."""
