"""Connections to PostgreSQL: how many, how long one waits for one, and how soon a server is found gone or back."""

from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]
_PATIENCE = 10.0
_SOON = 3.0
"""Seconds. The pool waits twice as long after each attempt to connect; after an outage of a minute it would need up to
another one to find out that it is over. Given up this soon, whoever asks next makes it try at once."""
ALIVE: dict[str, Any] = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""A machine that is gone without a word is noticed within a minute; by the system's own settings after two hours."""


def pool(url: str, name: str, largest: int, *, smallest: int = 1, **settings: object) -> Pool:
    """Not opened yet. `settings` are psycopg's, for each connection."""
    return AsyncConnectionPool(
        url,
        open=False,
        min_size=smallest,
        max_size=largest,
        timeout=_PATIENCE,
        reconnect_timeout=_SOON,
        kwargs=ALIVE | settings,
        name=name,
    )
