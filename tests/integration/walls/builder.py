"""The three services with their doors open, and a post that carries what one says to the others.

No broker and nothing to wait for: what was said is handed, batch by batch, to the same desks as from Kafka.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import orjson
from fastapi import FastAPI

from deploy.local.postgres import EmbeddedPostgres
from services.journal import app as journal
from services.journal import subscriptions as journal_subscriptions
from services.referrals import app as referrals
from services.referrals import subscriptions as referrals_subscriptions
from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.flagging import Flagging
from services.referrals.systems import access_tokens, handlers
from services.referrals.systems.registration import RegisteredSystem
from services.reminders import app as reminders
from services.reminders import subscriptions as reminders_subscriptions
from services.reminders.settings import PostOffice
from services.reminders.settings import Settings as RemindersSettings
from shared.messaging import batches
from shared.messaging.received import Received, Topic
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from shared.service.settings import ServiceSettings
from shared.storage import outbox
from shared.storage.database import Database
from shared.web.keysets import cache_file
from shared.web.settings import WebSettings
from tests.databases import databases_of
from tests.unit.web_builder import PEOPLE, SYSTEMS, TestIssuer, bearer

SERVICES = ("referrals", "journal", "reminders")
AWAY = KafkaSettings("localhost:1")
STAFF: dict[str, dict[str, Any]] = {
    "kay": {"roles": ["keyworker"], "provider": "X99", "team": "north"},
    "kim": {"roles": ["keyworker"], "provider": "X99", "team": "south"},
    "tess": {"roles": ["team-lead"], "provider": "X99", "team": "south"},
    "rae": {"roles": ["recovery-champion"], "provider": "X99", "team": "north"},
    "otto": {"roles": ["operations"], "provider": "X99", "team": None},
    "ned": {"roles": [], "provider": "X99", "team": "north"},
    "zoe": {"roles": ["keyworker"], "provider": "X98", "team": "north"},
    "lea": {"roles": ["team-lead"], "provider": "X98", "team": "north"},
    "ola": {"roles": ["operations"], "provider": "X98", "team": None},
    "roy": {"roles": ["recovery-champion"], "provider": "X98", "team": "north"},
}
"""Everybody's roles. X98's team has the name of one of X99's: a team is its provider's."""


@dataclass
class Service:
    name: str
    app: FastAPI
    http: httpx.AsyncClient
    topics: dict[str, Topic]
    keys_url: str

    @property
    def database(self) -> Database:
        return self.app.state.database  # type: ignore[no-any-return]

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self.database.reading() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    async def content(self, *without: str) -> dict[str, list[str]]:
        """Every row of every table as text, but for the tables named."""
        tables = [table for (table,) in await self.rows(_TABLES) if table not in without]
        return {
            table: sorted(str(row) for (row,) in await self.rows(f"SELECT t::text FROM {table} t")) for table in tables
        }


_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"


@dataclass
class World:
    """`carried`: every record so far, with the service that said it."""

    services: dict[str, Service]
    issuer: TestIssuer
    carried: list[tuple[str, Received]] = field(default_factory=list)
    _offsets: Iterator[int] = field(default_factory=count)

    def __getitem__(self, name: str) -> Service:
        return self.services[name]

    def staff(self, name: str) -> dict[str, str]:
        return bearer(self.issuer.person(sub=name, **STAFF[name]))

    async def system(
        self,
        *scopes: str,
        provider: str = "X99",
        source: str | None = None,
        name: str = "records",
        reports_as: str = "emitter",
    ) -> dict[str, str]:
        """A token as referrals issues it. With a `source`: one of an emitter."""
        claims = reports_as if source else None
        system = RegisteredSystem(name, provider, source, claims, scopes, {"keys": []}, "active")
        async with self["referrals"].database.work() as uow:
            key = await handlers.current_key(uow)
            cipher, now = uow.keys.service, datetime.now(UTC)
            token = access_tokens.issue(system, scopes, issuer=SYSTEMS, key=key, cipher=cipher, now=now)
        return bearer(token.text)

    async def call(
        self,
        who: str | dict[str, str] | None,
        method: str,
        service: str,
        path: str,
        **sent: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response:
        headers = self.staff(who) if isinstance(who, str) else (who or {})
        return await self[service].http.request(method, path, headers=headers | sent.pop("headers", {}), **sent)

    async def told(self, who: str | dict[str, str], method: str, service: str, path: str, **sent: Any) -> Any:  # noqa: ANN401 - JSON
        """The answer to what must be taken; then everybody hears of it."""
        answer = await self.call(who, method, service, path, **sent)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        await self.settle()
        return answer.json() if answer.content else None

    async def settle(self) -> None:
        """Carries what was said to whoever listens, until nobody has more to say."""
        while said := [pair for name in SERVICES for pair in await self._collected(name)]:
            self.carried += said
            for _, received in said:
                await self.deliver(received)

    async def deliver(self, received: Received, *, only: str | None = None) -> None:
        for service in self.services.values():
            if received.topic in service.topics and only in (None, service.name):
                await batches.apply(service.database, service.topics[received.topic], [received])

    def record(self, topic: str, key: str | None, headers: list[tuple[str, bytes]], value: bytes | None) -> Received:
        """One that lies where none lay before."""
        return Received(topic, 0, next(self._offsets), key, headers, value)

    async def _collected(self, name: str) -> list[tuple[str, Received]]:
        async with self[name].database.work() as uow:
            rows = await outbox.unpublished(uow.connection, 1000)
            await outbox.mark_published(uow.connection, [row.seq for row in rows])
        return [(name, self.record(row.topic, row.key, row.header_pairs(), row.value)) for row in rows]


@asynccontextmanager
async def world(postgres: EmbeddedPostgres, directory: Path) -> AsyncIterator[World]:
    issuer = TestIssuer()
    issuer.publish(directory)
    (directory / "master.json").write_bytes(new_master_file())
    async with AsyncExitStack() as stack:
        services = {name: await stack.enter_async_context(_service(name, postgres, directory)) for name in SERVICES}
        made = World(services, issuer)
        await _publish_referrals_keys(made, directory)
        yield made


@asynccontextmanager
async def _service(name: str, postgres: EmbeddedPostgres, directory: Path) -> AsyncIterator[Service]:
    settings = _settings(name, postgres, directory)
    app = _app(name, settings)
    database: Database = app.state.database
    await database.keys.open()
    await database.open()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{name}") as http:
        try:
            topics = {topic.name: topic for topic in _topics(name, app)}
            yield Service(name, app, http, topics, settings.databases.keys_url)
        finally:
            await database.close()
            await database.keys.close()


def _settings(name: str, postgres: EmbeddedPostgres, directory: Path) -> ServiceSettings:
    databases = databases_of(name, postgres)
    web = WebSettings.read(name, {"SIGN_IN_ISSUER": PEOPLE, "REFERRALS_URL": SYSTEMS, "STATE_DIR": str(directory)})
    return ServiceSettings(web, AWAY, databases, directory / "master.json")


def _app(name: str, settings: ServiceSettings) -> FastAPI:
    if name == "referrals":
        return referrals.create_app(settings)
    if name == "journal":
        return journal.create_app(settings)
    return reminders.create_app(RemindersSettings(settings, PostOffice("127.0.0.1", 9, "notes@post.example", "North")))


def _topics(name: str, app: FastAPI) -> list[Topic]:
    if name == "referrals":
        return referrals_subscriptions.topics(Attendance(app.state.saving), Flagging(app.state.saving))
    return journal_subscriptions.topics(app.state.listed) if name == "journal" else reminders_subscriptions.topics()


async def _publish_referrals_keys(made: World, directory: Path) -> None:
    """As the others keep them that asked once."""
    answer = await made.call(None, "GET", "referrals", "/.well-known/jwks.json")
    document = {"issuer": SYSTEMS, "document": answer.json()}
    cache_file(directory, SYSTEMS).write_bytes(orjson.dumps(document))
