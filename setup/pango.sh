# Make sure that WeasyPrint finds Pango, which lays out text, and HarfBuzz, which subsets fonts.
set -eu
. setup/apt.sh

# True if the dynamic loader finds all of these libraries.
loads() { .venv/bin/python -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null; }

if ! loads libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; then
    apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || true
fi
if loads libpango-1.0.so.0 libpangoft2-1.0.so.0; then
    # Without harfbuzz-subset, fontTools subsets fonts: slower, with the same result.
    touch .venv/.pango
else
    echo "Pango is missing, so PDFs cannot be created. Everything else works." >&2
fi
