"""Convert the fonts for PDFs to TTF, which WeasyPrint embeds directly, and put them into reports/fonts.

They are those of the design system, so that paper and screen look alike, plus one for names in Arabic (IBM
Plex: Noto shares glyphs between letters, so text copied from its PDF has wrong letters) and one for Hebrew
(Noto). The same input gives the same bytes, because a finished plan's PDF must always be the same.
"""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path("reports/fonts")
USWDS = "node_modules/@uswds/uswds/dist/fonts"
PLEX = "node_modules/@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic"
NOTO = "node_modules/@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew"
FONTS = {
    "source-sans-400.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-regular-webfont.woff2",
    "source-sans-400-italic.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-italic-webfont.woff2",
    "source-sans-700.ttf": f"{USWDS}/source-sans-pro/sourcesanspro-bold-webfont.woff2",
    "public-sans-400.ttf": f"{USWDS}/public-sans/PublicSans-Regular.woff2",
    "public-sans-600.ttf": f"{USWDS}/public-sans/PublicSans-SemiBold.woff2",
    "public-sans-700.ttf": f"{USWDS}/public-sans/PublicSans-Bold.woff2",
    "plex-arabic-400.ttf": f"{PLEX}-400-normal.woff2",
    "plex-arabic-700.ttf": f"{PLEX}-700-normal.woff2",
    "noto-hebrew-400.ttf": f"{NOTO}-400-normal.woff2",
    "noto-hebrew-700.ttf": f"{NOTO}-700-normal.woff2",
}


def main() -> None:
    """Convert all fonts. The empty file written last shows make that none is missing."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    characters: set[int] = set()
    for name, source in FONTS.items():
        font = TTFont(source, recalcTimestamp=False)
        font.flavor = None
        font.save(TARGET / name)
        if "-400." in name:
            characters.update(font.getBestCmap())
    # The characters that can be printed, so that a web process need not read fonts to know them.
    (TARGET / "characters.txt").write_bytes("".join(map(chr, sorted(characters))).encode())
    (TARGET / ".complete").touch()
    print(f"Wrote {len(FONTS)} fonts to {TARGET}")


if __name__ == "__main__":
    main()
