# Make sure that the tests have Chromium, and that Playwright can drive it.
set -eu
. setup/apt.sh

# Playwright's own Node.js needs a library that a minimal system lacks.
if ! .venv/bin/playwright --version >/dev/null 2>&1; then
    apt_install libatomic1
fi

# Ubuntu's package is only a stub for a snap, which the tests cannot drive.
works() { [ -x "$CHROMIUM" ] && "$CHROMIUM" --version >/dev/null 2>&1; }

works && exit 0
if grep -qs '^ID=ubuntu' /etc/os-release; then
    echo "Ubuntu has Chromium only as a snap, which the tests cannot drive. Please do one of these:" >&2
    echo "    install Google Chrome, then: make test CHROMIUM=/usr/bin/google-chrome" >&2
    echo "    .venv/bin/playwright install --with-deps chromium, then: make test CHROMIUM=/path/to/its/chrome" >&2
    exit 1
fi
apt_install chromium || true
works && exit 0
echo "The browser tests need Chromium, and $CHROMIUM does not start." >&2
echo "If it is installed elsewhere, run: make test CHROMIUM=/path/to/chromium" >&2
exit 1
