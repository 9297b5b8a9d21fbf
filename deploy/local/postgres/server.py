"""The server of such a data directory, on loopback only."""

import contextlib
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.local.child import Child, end_leftover
from deploy.local.embedded import Embedded
from deploy.local.postgres import cluster, settings
from deploy.local.problems import CannotStart

ROLE = "famalink"
"""Owns the databases and is no superuser, as in production."""
STILL_IN_USE = "is still in use"


@dataclass
class EmbeddedPostgres(Embedded):
    """`with EmbeddedPostgres(directory, port) as postgres: postgres.create_database("journal")` returns its URL.

    All it writes is below `directory`, its log included unless `log` says otherwise. What was there is found again.
    `durable=False` is for tests: it does not wait for the disk. Raises CannotStart with what to do.
    """

    name = "PostgreSQL"
    stops_within = 20

    directory: Path
    port: int
    log: Path | None = None
    durable: bool = True
    child: Child = field(init=False)
    _restarts: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.child = Child(
            "postgres",
            [str(cluster.binaries() / "postgres"), "-D", str(self.data), *settings.options(self.port, self.durable)],
            record=self.directory / "process.json",
            log=self.log or self.directory / "postgres.log",
            environment=cluster.environment(),
            stop_signal=signal.SIGINT,  # a fast shutdown: does not wait for those connected
        )

    @property
    def data(self) -> Path:
        return self.directory / "data"

    def url(self, database: str) -> str:
        return f"postgresql://{ROLE}:{self._password()}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, *, like: str = "template1") -> str:
        """Its URL. A database that is there already is left as it is. `like`: one that nobody is connected to."""
        self.create_databases([name], like=like)
        return self.url(name)

    def create_databases(self, names: Iterable[str], *, like: str = "template1") -> None:
        with self._connect() as connection:
            for name in names:
                made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(ROLE), sql.Identifier(like)
                )
                with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                    connection.execute(made)

    def drop_database(self, name: str) -> None:
        """Whoever is connected is disconnected."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def prepare(self) -> None:
        """Ends what an earlier run left, makes the data directory if there is none."""
        self.directory.mkdir(parents=True, exist_ok=True)
        end_leftover(self.child.record, self.child.stop_signal)
        if not self.data.exists():
            self._password()
            cluster.make(self.data, self._password_file)
        cluster.clear_stale_lock(self.data)
        self.child.identity = cluster.identity(self.data)

    def ready(self) -> bool:
        if (code := self.child.exit_code()) is not None and not self._started_again():
            raise CannotStart(
                f"PostgreSQL ended by itself (exit code {code}). {self.child.log} ends with:\n{self.child.last_lines()}"
            )
        try:
            with self._connect() as connection:
                self._make_role(connection)
        except psycopg.OperationalError:
            return False
        return True

    def _started_again(self) -> bool:
        """The last sessions of a killed server may outlive it for a moment and hold its shared memory."""
        if self._restarts == 20 or STILL_IN_USE not in self.child.last_lines(5):
            return False
        self._restarts += 1
        time.sleep(0.25)
        self.child.start()
        return True

    def _password(self) -> str:
        return cluster.password(self._password_file)

    @property
    def _password_file(self) -> Path:
        return self.directory / "password"

    @contextlib.contextmanager
    def _connect(self) -> Iterator[psycopg.Connection]:
        url = f"postgresql://{cluster.SUPERUSER}:{self._password()}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            yield connection

    def _make_role(self, connection: psycopg.Connection) -> None:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
            made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(ROLE), sql.Literal(self._password())
            )
            connection.execute(made)
