"""A journal for a test: its databases made by its own migrations, its web side, and whoever calls it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from jwt.algorithms import ECAlgorithm

from deploy.local.postgres import EmbeddedPostgres
from services.journal.app import create_app
from services.journal.handlers.listing import list_meetings, register_systems
from services.journal.handlers.people import know_clients
from shared.events.contract import Contract
from shared.events.directory import MeetingListed
from shared.events.envelope import Event
from shared.events.kafka import Record
from shared.events.referrals import ClientKnown, SystemRegistered
from shared.events.saying import about_client, impersonal
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from shared.service.settings import ServiceSettings
from shared.storage.database import Database
from shared.web.keysets import cache_file
from shared.web.settings import WebSettings
from tests.databases import databases_of

NOW = datetime.now(UTC)
BEGUN = NOW - timedelta(hours=1)
"""When the meeting that is listed began last: just after midnight that was yesterday."""
SOURCE = "https://check-in.example/x99"
TYPE = "uk.famalink.journal.attendance.reported.v1"
MIGRATIONS = Path("services/journal/migrations")
_KEY = ec.generate_private_key(ec.SECP256R1())
_JWKS = {"keys": [ECAlgorithm.to_jwk(_KEY.public_key(), as_dict=True) | {"kid": "k", "alg": "ES256", "use": "sig"}]}


@dataclass
class Journal:
    """`said` speaks for referrals; `http` is whoever calls."""

    app: FastAPI
    settings: ServiceSettings
    http: httpx.AsyncClient
    sequence: int = field(default=0)

    @property
    def database(self) -> Database:
        return self.app.state.database  # type: ignore[no-any-return]

    async def knows(self, client: UUID | None = None, **said: Any) -> UUID:  # noqa: ANN401 - as in ClientKnown
        said.setdefault("sequence", self.next())
        event = client_known(client or uuid4(), **said)
        async with self.database.work() as uow:
            await know_clients(uow, [event])
        return event.client

    async def lists(self, **said: object) -> UUID:
        event = meeting_listed(**said)
        async with self.database.work() as uow:
            await list_meetings(uow, [event])
        return UUID(event.key)

    async def registers(self, system: str, **said: object) -> None:
        async with self.database.work() as uow:
            await register_systems(uow, [system_registered(system, **said)])

    def next(self) -> int:
        self.sequence += 1
        return self.sequence

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self.database.reading() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    async def said(self, client: UUID) -> list[dict[str, Any]]:
        """`data` of what was said of them, oldest first, with the event's type."""
        rows = await self.rows("SELECT headers, value FROM outbox WHERE client = %s ORDER BY seq", client)
        return [orjson.loads(value) | {"type": orjson.loads(headers)["ce_type"]} for headers, value in rows]

    async def facts(self, client: UUID) -> list[tuple[Any, ...]]:
        """Outcome, who said it, and what it corrects."""
        query = "SELECT outcome, reported_by, corrects FROM fact WHERE client = %s ORDER BY nth"
        return [tuple(row) for row in await self.rows(query, client)]

    async def post(self, event: object, *, token: str | None = None, **headers: str) -> httpx.Response:
        """One event, structured."""
        return await self.http.post(
            "/events",
            content=event if isinstance(event, bytes) else orjson.dumps(event),
            headers={
                "authorization": f"bearer {token or self.token()}",
                "content-type": "application/cloudevents+json",
                **headers,
            },
        )

    async def batch(self, events: object, *, token: str | None = None) -> httpx.Response:
        return await self.post(events, token=token, **{"content-type": "application/cloudevents-batch+json"})

    def token(self, **claims: object) -> str:
        """An emitter's; a claim that is None is left out."""
        said = {
            "iss": self.settings.web.addresses["referrals"],
            "sub": "demo-emitter",
            "provider": "X99",
            "scope": "attendance.write",
            "source": SOURCE,
            "reports_as": "emitter",
        }
        return signed(said | claims)

    def person(self, *roles: str, provider: str = "X99", team: str | None = "north") -> str:
        said = {"iss": self.settings.web.sign_in_issuer, "sub": f"{provider}-{roles}", "roles": roles}
        return signed(said | {"provider": provider, "team": team})

    async def attendance(self, client: UUID, token: str) -> httpx.Response:
        return await self.http.get(f"/api/clients/{client}/attendance", headers={"authorization": f"bearer {token}"})


def signed(claims: dict[str, Any]) -> str:
    usual = {"aud": "famalink", "exp": int(datetime.now(UTC).timestamp()) + 300}
    said = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(said, _KEY, "ES256", {"kid": "k"})


def reported(client: UUID | None = None, meeting: UUID | None = None, **said: object) -> dict[str, Any]:
    """A structured event; `said` replaces its attributes, and `data__x` what its data says."""
    data: dict[str, object] = {
        "client": str(client) if client else None,
        "meetingId": str(meeting) if meeting else None,
        "outcome": "attended",
        "observedAt": NOW.isoformat(),
        "reportedBy": "emitter",
    }
    data |= {name.removeprefix("data__"): value for name, value in said.items() if name.startswith("data__")}
    attributes: dict[str, object] = {"specversion": "1.0", "id": uuid4().hex, "source": SOURCE, "type": TYPE}
    attributes |= {name: value for name, value in said.items() if not name.startswith("data__")}
    return attributes | {"data": {name: value for name, value in data.items() if value is not None}}


def client_known(
    client: UUID,
    *,
    sequence: int,
    provider: str = "X99",
    team: str | None = "north",
    card: str | None = None,
    **said: object,
) -> Event[Any]:
    usual: dict[str, Any] = {"state": "active", "time_zone": "Europe/London", "emitters": (SOURCE,)}
    if card:
        usual["card_sha256"] = sha256(card.encode()).hexdigest()
    data = ClientKnown(**usual | said)
    return about_client(
        "referrals", data, client=client, provider=provider, team=team, sequence=sequence, time=NOW, recorded=NOW
    )


def meeting_listed(**said: object) -> Event[Any]:
    """Every day's worth of it unless said otherwise: it took place today, an hour ago."""
    begun = BEGUN
    usual: dict[str, Any] = {
        "meeting_id": uuid4(),
        "feed": "demo",
        "source_id": uuid4().hex,
        "name": "Just for Today",
        "organisation": "aa",
        "format": "in-person",
        "place_name": "St Mary's Hall",
        "weekday": begun.isoweekday(),
        "start": time(begun.hour, begun.minute),
        "length": 60,
        "time_zone": "UTC",
        "audience": "self",
        "for_what": ("alcohol",),
        "status": "active",
        "in_feed_on": date(2026, 1, 5),
    }
    data = MeetingListed(**usual | said)
    return _impersonal(data, str(data.meeting_id))


def system_registered(system: str, **said: object) -> Event[Any]:
    usual: dict[str, Any] = {"source": SOURCE, "reports_as": "emitter", "provider": "X99", "state": "active"}
    return _impersonal(SystemRegistered(**usual | said), system)


def _impersonal(data: Contract, key: str) -> Event[Any]:
    return impersonal("referrals", data, key=key, time=NOW, recorded=NOW)


def settings_for(postgres: EmbeddedPostgres, kafka: KafkaSettings, directory: Path) -> ServiceSettings:
    """Sign-in and referrals are away; their keys were remembered on disk."""
    environment = {"SIGN_IN_ISSUER": "http://localhost:1", "STATE_DIR": str(directory)}
    web = WebSettings.read("journal", environment | {"REFERRALS_URL": "http://localhost:2"})
    for issuer in (web.sign_in_issuer, web.addresses["referrals"]):
        cache_file(directory, issuer).write_bytes(orjson.dumps({"issuer": issuer, "document": _JWKS}))
    (directory / "master.json").write_bytes(new_master_file())
    return ServiceSettings(web, kafka, databases_of("journal", postgres), directory / "master.json")


@asynccontextmanager
async def opened(settings: ServiceSettings, *, with_kafka: bool) -> AsyncIterator[Journal]:
    """`with_kafka`: it listens and speaks, as in life; without, only its doors are open."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://journal") as http:
        running = app.router.lifespan_context(app) if with_kafka else _database_only(app)
        async with running:
            yield Journal(app, settings, http)


@asynccontextmanager
async def _database_only(app: FastAPI) -> AsyncIterator[None]:
    database: Database = app.state.database
    await database.keys.open()
    await database.open()
    try:
        yield
    finally:
        await database.close()
        await database.keys.close()


def on_intake(event: dict[str, Any], *, key: str | None = None, **headers: bytes) -> Record:
    """Structured: the whole event in the value. `headers` besides or instead of its content type."""
    said = {"content-type": b"application/cloudevents+json"} | {
        name.replace("_", "-") if name == "content_type" else name: value for name, value in headers.items()
    }
    return Record("fama.attendance.intake", key, list(said.items()), orjson.dumps(event))  # type: ignore[arg-type]


def in_binary(event: dict[str, Any]) -> Record:
    """Attributes in headers, data in the value; without a key."""
    headers = [(f"ce_{name}", str(value).encode()) for name, value in event.items() if name != "data"]
    value = orjson.dumps(event["data"])
    return Record("fama.attendance.intake", None, [*headers, ("content-type", b"application/json")], value)  # type: ignore[arg-type]


async def write(settings: KafkaSettings, *records: Record) -> None:
    """As somebody else writes: acknowledged when it returns."""
    producer = AIOKafkaProducer(bootstrap_servers=settings.bootstrap)
    await producer.start()
    try:
        for record in records:
            key = record.key.encode() if record.key else None
            topic = settings.prefix + record.topic
            await producer.send_and_wait(topic, value=record.value, key=key, headers=list(record.headers))
    finally:
        await producer.stop()


async def read_topic(settings: KafkaSettings, topic: str) -> list[ConsumerRecord[Any, Any]]:
    """Everything on it, from its start."""
    consumer = AIOKafkaConsumer(
        settings.prefix + topic, bootstrap_servers=settings.bootstrap, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        records: list[ConsumerRecord[Any, Any]] = []
        ends = await consumer.end_offsets(consumer.assignment())
        while sum(ends.values()) > len(records):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                records.extend(batch)
        return records
    finally:
        await consumer.stop()
