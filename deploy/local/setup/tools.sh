#!/usr/bin/env bash
# tools.sh run|test: finds Python, Java, Maven, Node with npm and, for tests, Chromium. What is missing is installed
# where that needs no asking (root on Debian or Ubuntu); otherwise one line says what to install.
set -eu
here=$(dirname "$0")
purpose=$1
# shellcheck source=deploy/local/setup/found.sh
. "$here/found.sh"

missing() { # the Debian packages of what is not there, one a line
    python_3_11 >/dev/null || echo python3 python3-venv
    java_17 || java_package
    command -v mvn >/dev/null || echo maven
    node_18 || echo nodejs npm
    [ "$purpose" = run ] || some_chromium >/dev/null || echo chromium
}

java_package() {
    if [ -n "$(apt-cache search --names-only '^openjdk-17-jre-headless$' 2>/dev/null)" ]; then
        echo openjdk-17-jre-headless
    else
        echo default-jre-headless
    fi
}

packages=$(missing | tr '\n' ' ')
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    "$here/step.sh" "Looking for system packages" apt-get update -q || true
    packages=$(missing | tr '\n' ' ')
    # shellcheck disable=SC2086  # a list of words
    "$here/step.sh" "Installing $packages" apt-get install -q -y --no-install-recommends --no-upgrade $packages
    packages=$(missing | tr '\n' ' ')
    [ -n "$packages" ] || exit 0
fi
echo "Please install: Python >= 3.11 with venv, Java >= 17, Maven, Node >= 18 with npm$(
    [ "$purpose" = run ] || echo ', Chromium'
). Missing here, by Debian's names: $packages" >&2
exit 1
