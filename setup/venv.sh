# Create .venv with the Python given as the first argument.
set -eu
. setup/apt.sh
python=$1

if ! command -v "$python" >/dev/null; then
    echo "$python was not found. Please install Python 3.11 or newer." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed, and $("$python" --version 2>&1) is installed as $python." >&2
    echo "If a newer one is installed under another name, run: make setup PYTHON=python3.12" >&2
    exit 1
fi
# On Debian, the part of Python that creates virtual environments is a separate package.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
fi
"$python" -m venv --clear .venv
