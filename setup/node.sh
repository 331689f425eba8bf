# Run a command with a Node.js that can build the style sheet: the machine's own if it is new enough and has npm
# (a separate Debian package), else one from PyPI, installed into .venv.
set -eu

# Sass needs Node.js 20.19.
works() {
    command -v npm >/dev/null &&
        node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
                 process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

if ! works; then
    PATH="$PWD/.venv/bin:$PATH"
    export PATH
    if ! works; then
        echo "Installing Node.js into .venv"
        .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-node.txt
    fi
fi
exec "$@"
