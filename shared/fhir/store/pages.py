"""Searches: one statement finds, notes and fetches a page with what it includes, as of one instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from shared.fhir.definitions import Link
from shared.fhir.search.query import Place, Query
from shared.fhir.store import statements
from shared.fhir.store.versions import BODY
from shared.fhir.tokens import link_prefix
from shared.storage.database import Database


@dataclass(frozen=True, slots=True)
class Reader:
    """Who searches, as the audit names them, and with which names of parameters (`subject`), never values."""

    actor: str
    provider: str
    subject: str
    request: str | None


class Entry(NamedTuple):
    """`included`: it is no match, but something that a match leads to. A page has hundreds, so it is a plain tuple."""

    type: str
    id: str
    body: bytes
    included: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is where the next page begins, if there is one."""

    entries: Sequence[Entry]
    next: Place | None


class Pages:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, query: Query, links: Sequence[Link], reader: Reader, place: Place | None = None) -> Page:
        """`links` are those of the query's includes that the reader may see."""
        statement = statements.page(statements.shape_of(query), len(links), place is not None)
        values = _values(query, reader) | {"limit": query.count} | _link_values(links)
        if place is not None:
            values |= {"after": place.after, "moment": place.moment}
        rows = await self._rows(statement, values)
        _, moment, found, _ = next(row for row in rows if row[0] == 0)
        types = (query.type, *(link.target for link in links))
        entries = await self._opened([row for row in rows if row[0] > 0], types)
        if int(found) <= query.count:
            return Page(entries, None)
        last = max(row[1] for row in rows if row[0] == 1)
        return Page(entries, Place(UUID(last), place.moment if place else moment))

    async def count(self, query: Query, reader: Reader) -> int:
        statement = statements.count(statements.shape_of(query), query.about_people)
        rows = await self._rows(statement, _values(query, reader))
        return int(rows[0][0])

    async def _rows(self, statement: str, values: Mapping[str, object]) -> list[Any]:
        async with self._database.hot_reading() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(statement, values, prepare=True)
            return await cursor.fetchall()

    async def _opened(self, rows: Sequence[Any], types: Sequence[str]) -> list[Entry]:
        """Each once. Whose key is gone was erased a moment ago: left out."""
        theirs: dict[str, dict[tuple[int, str], bytes]] = {}
        for kind, id_, client, body in rows:
            theirs.setdefault(client, {})[kind, id_] = body
        people = {client: UUID(client) for client in theirs}
        keys = await self._database.keys.existing(people.values())
        entries: list[Entry] = []
        for client, bodies in theirs.items():
            if cipher := keys.get(people[client]):
                opened = cipher.decrypt_all(BODY, bodies.values())
                entries += [
                    Entry(types[kind - 1], id_, body, kind > 1)
                    for (kind, id_), body in zip(bodies, opened, strict=True)
                ]
        return entries


def _values(query: Query, reader: Reader) -> dict[str, object]:
    values: dict[str, object] = {
        "provider": reader.provider,
        "type": query.type,
        "actor": reader.actor,
        "subject": reader.subject,
        "request": reader.request,
    }
    for name in ("ids", "clients", "tokens"):
        values |= {f"{name[:-1]}{n}": list(group) for n, group in enumerate(getattr(query, name))}
    values |= {f"subject{n}": [bytes.fromhex(index) for index in group] for n, group in enumerate(query.subjects)}
    for n, periods in enumerate(query.updated):
        for m, period in enumerate(periods):
            values |= {f"start{n}_{m}": period.start, f"end{n}_{m}": period.end}
    return values


def _link_values(links: Sequence[Link]) -> dict[str, object]:
    values: dict[str, object] = {}
    for n, link in enumerate(links):
        values |= {f"target{n}": link.target, f"link{n}": link_prefix(link.name, link.target)}
    return values
