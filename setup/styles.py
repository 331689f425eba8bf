"""Build the style sheet and scripts, and copy the fonts and images that the style sheet refers to.

File names contain a hash of the contents, so that browsers may cache them forever; `manifest.json` gives the
templates the names. It is written last: once it exists, the build is complete.
"""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path("app/styles/main.scss")
SCRIPTS = Path("app/scripts")
BUILD = Path("app/static/build")
DESIGN_SYSTEM = Path("node_modules/@uswds/uswds")
# Fonts are compressed already.
COMPRESSED = (".css", ".js", ".svg")


def main() -> None:
    """Build everything from scratch, so that nothing old is left."""
    css = compile_styles()
    shutil.rmtree(BUILD, ignore_errors=True)
    for name in sorted(referenced_files(css)):
        target = BUILD / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DESIGN_SYSTEM / "dist" / name, target)
    names = {
        "main.css": write("main", "css", css),
        **{
            script.name: write(script.stem, "js", script.read_text(encoding="utf-8"))
            for script in sorted(SCRIPTS.glob("*.js"))
        },
    }
    compress()
    (BUILD / "manifest.json").write_text(json.dumps(names) + "\n", encoding="utf-8")
    print(f"Built {BUILD / names['main.css']}: {len(css) // 1000} kB")


def write(name: str, kind: str, text: str) -> str:
    """Write a file whose name contains the hash of its text; return the name."""
    file_name = f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.{kind}"
    (BUILD / file_name).write_text(text, encoding="utf-8")
    return file_name


def compress() -> None:
    """Write a compressed copy of each text file, for browsers that accept it."""
    for path in sorted(path for path in BUILD.rglob("*") if path.suffix in COMPRESSED):
        Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def compile_styles() -> str:
    """Return the compiled style sheet. Exits with Sass's own message if the source has an error."""
    sass = ["node", "node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps"]
    run = subprocess.run([*sass, f"--load-path={DESIGN_SYSTEM}/packages", SOURCE], stdout=subprocess.PIPE)
    if run.returncode != 0:
        sys.exit(f"{SOURCE} could not be built.")
    return run.stdout.decode("utf-8")


def referenced_files(css: str) -> set[str]:
    """Return the fonts and images that the style sheet refers to, relative to it."""
    names = set(re.findall(r"""url\(["']?([^"')]+)""", css))
    # Our content security policy forbids these; the browser would show nothing.
    if embedded := [name for name in names if name.startswith("data:")]:
        sys.exit(f"The style sheet embeds an image, which our pages may not load: {embedded[0][:60]}")
    return names


if __name__ == "__main__":
    main()
