"""Convert the fonts for PDFs to TTF, which WeasyPrint embeds directly, and put them into reports/fonts.

Those of each document are of the design system, so that paper and screen look alike, with one for Arabic (IBM
Plex: Noto shares glyphs between letters, so text copied from its PDF has wrong letters) and one for Hebrew
(Noto). Those in `scripts` are loaded only for texts that need them. The same input gives the same bytes,
because a finished plan's PDF must always be the same.
"""

import shutil
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

TARGET = Path("reports/fonts")
SCRIPTS = TARGET / "scripts"
USWDS = "node_modules/@uswds/uswds/dist/fonts"
FONTSOURCE = "node_modules/@fontsource"
PLEX = f"{FONTSOURCE}/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic"
NOTO = f"{FONTSOURCE}/noto-sans-hebrew/files/noto-sans-hebrew-hebrew"
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
# Family and subset. A character that several have is printed in the first.
LETTERS = "latin latin-ext greek greek-ext cyrillic cyrillic-ext"
OTHERS = (
    "armenian bengali devanagari ethiopic georgian gujarati gurmukhi kannada khmer lao malayalam myanmar "
    "oriya sinhala symbols tamil telugu thaana thai"
)
SUBSETS = (
    *(("source-sans-3", name) for name in LETTERS.split()),
    *((f"noto-sans-{name}", name) for name in OTHERS.split()),
    ("noto-sans-math", "latin"),
    ("noto-sans-symbols-2", "symbols"),
    ("noto-emoji", "emoji"),
)
# Records of a font's names.
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16
# Chinese, Japanese and Korean: of the faces of the collection, the one of simplified Chinese.
CJK_FACE = "Noto Sans CJK SC"


def main() -> None:
    """Convert all fonts. The empty file written last shows make that none is missing."""
    shutil.rmtree(TARGET, ignore_errors=True)
    SCRIPTS.mkdir(parents=True)
    characters: set[int] = set()
    for name, source in FONTS.items():
        font = convert(Path(source), TARGET / name)
        if "-400." in name:
            characters.update(font.getBestCmap())
    # The characters that can be printed, so that a web process need not read fonts to know them.
    (TARGET / "characters.txt").write_bytes("".join(map(chr, sorted(characters))).encode())
    (SCRIPTS / "characters.txt").write_text("".join(script_lines(characters)), encoding="ascii")
    (TARGET / ".complete").touch()
    print(f"Wrote {len(list(TARGET.rglob('*.[ot]tf')))} fonts to {TARGET}")


def script_lines(covered: set[int]) -> list[str]:
    """Convert the fonts for other scripts; return for each a line with what it is to print, in hex."""
    lines = []
    for family, subset in SUBSETS:
        name = f"{family}-{subset}"
        for source in sorted(Path(FONTSOURCE, family, "files").glob(f"{name}-[47]00-normal.woff2")):
            font = convert(source, SCRIPTS / f"{source.name.removesuffix('-normal.woff2')}.ttf", name)
        lines.append(script_line(name, set(font.getBestCmap()) - covered))
        covered |= set(font.getBestCmap())
    lines.append(script_line("cjk", set(cjk().getBestCmap()) - covered))
    return lines


def script_line(name: str, characters: set[int]) -> str:
    """Return the name and the ranges of characters."""
    ordered = sorted(characters)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    ranges = (f"{start:x}-{end:x}" for start, end in zip(starts, ends, strict=True))
    return f"{name} {' '.join(ranges)}\n"


def convert(source: Path, target: Path, family: str = "") -> TTFont:
    """Save a font as TTF and return it. WeasyPrint takes fonts of the same family and weight for the same."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    if family:
        for record in font["name"].names:
            if record.nameID in {FAMILY, TYPOGRAPHIC_FAMILY}:
                record.string = family
    font.save(target)
    return font


def cjk() -> TTFont:
    """Save the face for Chinese, Japanese and Korean, and return it."""
    package = find_spec("noto_cjk_sans_otc")
    if package is None or package.origin is None:
        raise SystemExit("The package noto-cjk-sans-otc is missing. Run: make setup")
    collection = TTCollection(Path(package.origin).with_name("NotoSansCJK-Regular.ttc"), lazy=True)
    font = next(face for face in collection.fonts if face["name"].getDebugName(4) == CJK_FACE)
    font.recalcTimestamp = False
    font.save(SCRIPTS / "cjk-400.otf", reorderTables=False)
    return font


if __name__ == "__main__":
    main()
