"""Why there may be no file. Apart from all else, so that who makes files and who asks for them share it."""


class PdfUnavailable(Exception):
    """This machine cannot make PDFs: a library or the fonts are missing. The message says what to do."""


class PdfBusy(Exception):
    """Too many files are waiting already; try again in a few seconds."""


class PdfFailed(Exception):
    """This one file could not be made: an error, too slow, too large, or the process was ended."""
