"""HTML to a tagged PDF (PDF/UA-1): the only module that loads WeasyPrint.

It runs in the child process of `pdf.worker`, never in a web thread. The same HTML gives the same bytes:
nothing here reads a clock, the network, or a font of the machine.
"""

from __future__ import annotations

import os
import warnings
from functools import cache, lru_cache
from pathlib import Path

from reports.documents.html.characters import FONT_FOLDER, SCRIPT_FOLDER, scripts_of
from reports.documents.pdf.actual_text import with_actual_text
from reports.documents.pdf.errors import PdfFailed, PdfUnavailable
from reports.documents.pdf.tags import finish

# fontconfig reads this when WeasyPrint is loaded, so it must be set before the import.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "no_system_fonts.conf")
try:
    with warnings.catch_warnings():
        # WeasyPrint warns that there are no system fonts: that is what we want.
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
        from weasyprint import CSS, HTML
        from weasyprint.pdf.stream import Stream
        from weasyprint.text.ffi import ffi, fontconfig, pangoft2
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
except OSError as error:
    MISSING_LIBRARY = str(error)
else:
    MISSING_LIBRARY = ""
    Stream.marked = with_actual_text(Stream.marked)

TEMPLATES = Path(__file__).parents[3] / "templates" / "report"
GET_PANGO = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pdf(html: str) -> bytes:
    """Return the PDF of an HTML document from `html.document`. Raises PdfUnavailable, PdfFailed."""
    warm()
    try:
        page = HTML(string=html, url_fetcher=_offline_fetcher())
        page._ua_stylesheets = _elements
        result: bytes = page.write_pdf(
            finisher=finish,
            font_config=_report_fonts(scripts_of(html)),
            stylesheets=[_styles("report.css")],
            pdf_variant="pdf/ua-1",
            pdf_forms=True,
        )
    except MemoryError as error:
        raise PdfFailed("The PDF needs more memory than is allowed.") from error
    except Exception as error:
        raise PdfFailed(f"The PDF could not be made: {type(error).__name__}: {error}") from error
    return result


def warm() -> None:
    """Load fonts and styles before the first PDF needs them. Raises PdfUnavailable."""
    if MISSING_LIBRARY:
        raise PdfUnavailable(
            f"PDFs need Pango, which is not installed here. Install it with: {GET_PANGO} ({MISSING_LIBRARY})"
        )
    if not any(FONT_FOLDER.glob("*.ttf")):
        raise PdfUnavailable(
            f"PDFs need the fonts in {FONT_FOLDER}, which are missing. Make them: make setup"
        )
    _styles("elements.css")
    _styles("report.css")


@cache
def _offline_fetcher() -> URLFetcher:
    """Return a fetcher that rejects every address: styles and fonts are passed from memory."""
    return URLFetcher(allowed_protocols=(), allow_redirects=False)


@cache
def _styles(name: str) -> CSS:
    return CSS(
        string=(TEMPLATES / name).read_text(encoding="utf-8"),
        font_config=_report_fonts(),
        url_fetcher=_offline_fetcher(),
    )


def _elements(forms: bool = False) -> list[CSS]:
    """Return a style sheet for the elements in reports, to replace WeasyPrint's for all of HTML."""
    return [_styles("elements.css")]


@lru_cache(maxsize=4)
def _report_fonts(scripts: frozenset[str] = frozenset()) -> FontConfiguration:
    """Return a configuration with the usual fonts, and those for other scripts.

    There is one for each set of scripts: what a text is printed in must not depend on other texts. Fonts are
    added with calls to fontconfig, because for @font-face WeasyPrint would copy each font to a temporary
    folder, which a killed child would leave behind.
    """
    fonts = FontConfiguration()
    others = (path for script in scripts for path in SCRIPT_FOLDER.glob(f"{script}-?00.?tf"))
    for path in (*sorted(FONT_FOLDER.glob("*.ttf")), *sorted(others)):
        fontconfig.FcConfigAppFontAddFile(fonts._config, os.fsencode(path))
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", fonts.font_map))
    return fonts
