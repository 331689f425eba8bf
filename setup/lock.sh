# Write all lock files. Releases younger than a week are left out: a bad one is mostly found within days.
set -eu
for name in requirements requirements-dev requirements-node; do
    .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --exclude-newer "1 week" \
        --custom-compile-command "make lock" "$@" "$name.in" -o "$name.txt"
done
# The address of the registry stays out of the lock file; the hashes stay in it.
sh setup/node.sh npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
