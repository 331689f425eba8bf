# Write all lock files, without releases from the last week: bad ones are usually found within days.
set -eu
for name in requirements requirements-dev requirements-node; do
    .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --exclude-newer "1 week" \
        --custom-compile-command "make lock" "$@" "$name.in" -o "$name.txt"
done
# Without the URL of the registry, but with the hashes.
sh setup/node.sh npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
