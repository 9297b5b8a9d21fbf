#!/usr/bin/env bash
# python.sh LOCK: makes .venv if need be, installs what the lock names and the project itself, editable.
set -eu
here=$(dirname "$0")
# shellcheck source=deploy/local/setup/found.sh
. "$here/found.sh"

[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || "$(python_3_11)" -m venv --clear .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt -r "$1"
.venv/bin/python -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
