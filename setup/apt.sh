# Sourced by the other scripts: installs Debian packages, as root or with sudo.

# Install these packages. Where that is not possible, say what to do by hand, and fail.
apt_install() {
    if ! command -v apt-get >/dev/null; then
        echo "This system has no apt-get. Please install the equivalents of these Debian packages: $*" >&2
        return 1
    fi
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        echo "Installing packages needs root, and there is no sudo here. Please have an administrator run:" >&2
        echo "    apt-get update && apt-get install --no-install-recommends $*" >&2
        return 1
    fi
    echo "Installing Debian packages: $*"
    # The package lists of a fresh machine are empty or old, so always update them first.
    $as_root apt-get -qq update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" >/dev/null
}
