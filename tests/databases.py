"""A service's two databases with their tables: copied from a template, and ahead of the test that they are for.

Migrating for each test took a third of the whole run; PostgreSQL copies on one core while a test has the other.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path

import psycopg

from deploy.local.postgres import EmbeddedPostgres
from shared.service.settings import Databases
from shared.storage.keyring import make_tables
from shared.storage.migrations import SHARED_SQL, migrate

ONLY_SHARED = "shared"
"""In the place of a service's name: the tables that all services share."""
_AHEAD = 2
_copying = ThreadPoolExecutor(1)


def databases_of(service: str, postgres: EmbeddedPostgres) -> Databases:
    """New ones, which nobody else has."""
    shelf = (postgres.port, service)
    if shelf not in _shelves:
        _shelves[shelf] = _Shelf(service, postgres)
    return _shelves[shelf].take()


class _Shelf:
    def __init__(self, service: str, postgres: EmbeddedPostgres) -> None:
        self._service, self._postgres = service, postgres
        self._ready: deque[Future[Databases]] = deque()
        self._names: Iterator[str] = (f"{service}_{number}" for number in count(1))
        kinds = ("data", "keys")
        _make(service, Databases(*(postgres.create_database(f"{service}_{kind}_template") for kind in kinds)))

    def take(self) -> Databases:
        while len(self._ready) <= _AHEAD:
            self._ready.append(_copying.submit(self._copy, next(self._names)))
        return self._ready.popleft().result()

    def _copy(self, name: str) -> Databases:
        template = f"{self._service}_{{}}_template"
        return Databases(
            self._postgres.create_database(name, like=template.format("data")),
            self._postgres.create_database(f"{name}_keys", like=template.format("keys")),
        )


_shelves: dict[tuple[int, str], _Shelf] = {}


def _make(service: str, databases: Databases) -> None:
    make_tables(databases.keys_url)
    if service != ONLY_SHARED:
        migrate(Path("services") / service / "migrations", databases.url)
        return
    with psycopg.connect(databases.url) as connection:
        for file in ("messaging.sql", "audit.sql"):
            connection.execute((SHARED_SQL / file).read_bytes())
