"""`python -m services.journal serve | migrate`."""

import sys
from pathlib import Path

from services.journal import settings


def main(arguments: list[str]) -> int:
    commands = {"serve": _serve, "migrate": _migrate}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write("usage: python -m services.journal serve | migrate\n")
        return 2
    try:
        commands[arguments[0]]()
    except ValueError as wrong:  # a setting that is missing or cannot be: says which
        sys.stderr.write(f"journal: {wrong}\n")
        return 1
    return 0


def _serve() -> None:
    from shared.telemetry import logs  # before anything that logs is loaded

    logs.start(settings.NAME)
    from services.journal.app import create_app
    from shared.web.serving import serve

    read = settings.read()
    serve(create_app(read), read.web.host, read.web.port)


def _migrate() -> None:
    # A process of its own, so that the service does not pay for what only migrating needs.
    from shared.storage.migrations import migrate

    databases = settings.databases()
    migrate(Path(__file__).parent / "migrations", databases.url)
    _make_keys_table(databases.keys_url)


def _make_keys_table(keys_url: str) -> None:
    import psycopg

    from shared.storage.keyring import TABLE

    with psycopg.connect(keys_url) as connection:
        connection.execute(TABLE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
