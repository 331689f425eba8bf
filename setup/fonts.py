"""Put the fonts for the PDF into reports/fonts, as TTF, which WeasyPrint embeds without a detour.

They are the design system's own, so paper and screen look alike, and Noto for names in Arabic and
Hebrew. The same input gives the same bytes: a finished plan's PDF must come out the same each time.
"""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path("reports/fonts")
USWDS = "node_modules/@uswds/uswds/dist/fonts"
NOTO = "node_modules/@fontsource"
FONTS = {
    "source-sans-400.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-regular-webfont.woff2",
    "source-sans-400-italic.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-italic-webfont.woff2",
    "source-sans-700.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-bold-webfont.woff2",
    "public-sans-400.ttf": f"{USWDS}/public-sans/PublicSans-Regular.woff2",
    "public-sans-600.ttf": f"{USWDS}/public-sans/PublicSans-SemiBold.woff2",
    "public-sans-700.ttf": f"{USWDS}/public-sans/PublicSans-Bold.woff2",
    "noto-arabic-400.ttf": f"{NOTO}/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2",
    "noto-arabic-700.ttf": f"{NOTO}/noto-sans-arabic/files/noto-sans-arabic-arabic-700-normal.woff2",
    "noto-hebrew-400.ttf": f"{NOTO}/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff2",
    "noto-hebrew-700.ttf": f"{NOTO}/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-700-normal.woff2",
}


def main() -> None:
    """Make all fonts anew. The empty file written last tells make that none is missing."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name, source in FONTS.items():
        font = TTFont(source, recalcTimestamp=False)
        font.flavor = None
        font.save(TARGET / name)
    (TARGET / ".complete").touch()
    print(f"Made {len(FONTS)} fonts in {TARGET}")


if __name__ == "__main__":
    main()
