"""`python -m services.<name> serve | migrate`, the same for each."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.types import ASGIApp

from shared.service.settings import Databases
from shared.web.settings import WebSettings

App = tuple[ASGIApp, WebSettings]


def run(
    service: str,
    arguments: Sequence[str],
    *,
    build: Callable[[], App],
    revisions: Path,
    databases: Callable[[], Databases],
) -> int:
    """The exit code. `build` is called only to serve, so that migrating loads nothing of the service."""
    commands = {"serve": lambda: _serve(service, build), "migrate": lambda: _migrate(revisions, databases())}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write(f"usage: python -m services.{service} serve | migrate\n")
        return 2
    try:
        commands[arguments[0]]()
    except ValueError as wrong:  # a setting that is missing or cannot be: says which
        sys.stderr.write(f"{service}: {wrong}\n")
        return 1
    return 0


def _serve(service: str, build: Callable[[], App]) -> None:
    from shared.telemetry import logs  # before anything that logs is loaded

    logs.start(service)
    app, web = build()
    from shared.service.collecting import collect_rarely
    from shared.web.serving import serve

    collect_rarely()
    serve(app, web.host, web.port)


def _migrate(revisions: Path, databases: Databases) -> None:
    # A process of its own, so that the service does not pay for what only migrating needs.
    from shared.storage.keyring import make_tables
    from shared.storage.migrations import migrate

    migrate(revisions, databases.url)
    make_tables(databases.keys_url)
