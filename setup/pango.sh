# See that WeasyPrint finds the libraries that set text: Pango, and HarfBuzz to cut fonts down.
set -eu
. setup/apt.sh

# True if the dynamic loader finds every library named.
loads() { .venv/bin/python -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null; }

if ! loads libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; then
    apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || true
fi
if loads libpango-1.0.so.0 libpangoft2-1.0.so.0; then
    # Without harfbuzz-subset fonts are cut down by fontTools: slower, and as good.
    touch .venv/.pango
else
    echo "Pango is missing, so no plan can be made as PDF. All else works." >&2
fi
