"""Reminders for a test: its databases, its web side, its reactions at any hour, and whoever calls it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from jwt.algorithms import ECAlgorithm

from deploy.local.postgres import EmbeddedPostgres
from services.reminders.app import create_app
from services.reminders.settings import PostOffice, Settings
from services.reminders.subscriptions import REACTIONS
from shared.events.contract import Contract
from shared.events.directory import MeetingListed
from shared.events.envelope import Event
from shared.events.referrals import ClientKnown, CommitmentMade, CommitmentOutcomeNoted
from shared.events.saying import about_client, impersonal
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from shared.service.settings import ServiceSettings
from shared.storage.database import Database, UnitOfWork
from shared.web.keysets import cache_file
from shared.web.settings import WebSettings
from shared.web.work import begin_work
from tests.databases import databases_of

MIGRATIONS = Path("services/reminders/migrations")
_KEY = ec.generate_private_key(ec.SECP256R1())
_JWKS = {"keys": [ECAlgorithm.to_jwk(_KEY.public_key(), as_dict=True) | {"kid": "k", "alg": "ES256", "use": "sig"}]}
MORNING = datetime(2026, 11, 23, 11, tzinfo=UTC)
"""A Monday, when most things here are heard of."""
START = datetime(2026, 11, 25, 19, tzinfo=UTC)
"""Wednesday evening, 19:00 in London."""
CONTACT = {
    "email": "sam@example.org",
    "nameToUse": "Sam",
    "timeZone": "Europe/London",
    "purposes": ["meeting-reminders", "check-ins"],
    "mayNameService": False,
}


@dataclass
class Reminders:
    """`hear` speaks for referrals; `http` is whoever calls. What is heard and asked happens at `now`."""

    app: FastAPI
    settings: Settings
    http: httpx.AsyncClient
    now: datetime = MORNING

    def __post_init__(self) -> None:
        self.app.dependency_overrides[begin_work] = self._work

    async def _work(self) -> AsyncIterator[UnitOfWork]:
        async with self.database.work() as uow:
            uow.now = self.now
            yield uow

    @property
    def database(self) -> Database:
        return self.app.state.database  # type: ignore[no-any-return]

    async def hear(self, *events: Event[Any], at: datetime | None = None) -> None:
        """As one batch of a partition. `at`: that is when it is now."""
        self.now = at or self.now
        async with self.database.work() as uow:
            uow.now = self.now
            for reaction, run in groupby(events, key=lambda event: REACTIONS[type(event.data)]):
                await reaction(uow, list(run))

    async def client(self, **contact: Any) -> UUID:  # noqa: ANN401 - as in the body
        """Known, and agreed to everything unless said otherwise."""
        client = uuid4()
        await self.hear(known(client))
        answer = await self.put(client, **contact)
        assert answer.status_code == 200, answer.text
        return client

    async def put(self, client: UUID, *, token: str | None = None, **contact: object) -> httpx.Response:
        body = {name: value for name, value in (CONTACT | contact).items() if value is not None}
        return await self.call("PUT", f"/api/clients/{client}/contact", token=token, json=body)

    async def call(self, method: str, path: str, *, token: str | None = None, **rest: Any) -> httpx.Response:  # noqa: ANN401 - httpx's
        headers = {"authorization": f"bearer {token or self.person('keyworker')}"} | rest.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **rest)

    async def reminders(self, client: UUID, *, token: str | None = None) -> dict[str, dict[str, Any]]:
        """By rule, the latest of each."""
        answer = await self.call("GET", f"/api/clients/{client}/reminders", token=token)
        assert answer.status_code == 200, answer.text
        return {reminder["rule"]: reminder for reminder in answer.json()["reminders"]}

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self.database.reading() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    async def said(self) -> list[dict[str, Any]]:
        """`data` of what stands in the outbox, oldest first, with the type's verb."""
        rows = await self.rows("SELECT headers, value FROM outbox ORDER BY seq")
        return [
            orjson.loads(value) | {"verb": orjson.loads(headers)["ce_type"].split(".")[4]} for headers, value in rows
        ]

    def person(self, *roles: str, provider: str = "X99", team: str | None = "north") -> str:
        said = {
            "iss": self.settings.of_all.web.sign_in_issuer,
            "sub": f"{provider}-{team}-{'-'.join(roles)}",
            "roles": roles,
        }
        usual = {"aud": "famalink", "exp": int(datetime.now(UTC).timestamp()) + 300, "provider": provider}
        return jwt.encode(usual | said | ({"team": team} if team else {}), _KEY, "ES256", {"kid": "k"})


def known(client: UUID, *, provider: str = "X99", team: str | None = "north", **said: Any) -> Event[Any]:  # noqa: ANN401 - as in ClientKnown
    data = ClientKnown(**{"state": "active", "time_zone": "Europe/London"} | said)
    return personal(data, client, provider=provider, team=team)


def personal(
    data: Contract, client: UUID, *, provider: str = "X99", team: str | None = "north", at: datetime = MORNING
) -> Event[Any]:
    return about_client(
        "referrals", data, client=client, provider=provider, team=team, sequence=1, time=at, recorded=at
    )


def made(
    client: UUID,
    start: datetime = START,
    *,
    meeting: UUID | None = None,
    commitment: UUID | None = None,
    referral: UUID | None = None,
    at: datetime = MORNING,
) -> Event[Any]:
    data = CommitmentMade(
        referral_id=referral or uuid4(),
        commitment_id=commitment or uuid4(),
        meeting_id=meeting or uuid4(),
        date=start.date(),
        start=start,
        end=start + timedelta(hours=1),
        time_zone="UTC",
        made_at=at,
    )
    return personal(data, client, at=at)


def noted(commitment: Event[Any], outcome: str, at: datetime = START + timedelta(hours=1)) -> Event[Any]:
    of = {"referral_id": commitment.data.referral_id, "commitment_id": commitment.data.commitment_id}
    data = CommitmentOutcomeNoted.model_validate(of | {"outcome": outcome, "disagreement": False, "at": at})
    return personal(data, commitment.client, at=at)


def listed(meeting: UUID, *, at: datetime, **said: object) -> Event[Any]:
    """Wednesdays at 19:00 unless said otherwise."""
    usual: dict[str, Any] = {
        "meeting_id": meeting,
        "feed": "demo",
        "source_id": str(meeting),
        "name": "Just for Today",
        "organisation": "aa",
        "format": "in-person",
        "weekday": 3,
        "start": time(19),
        "length": 60,
        "time_zone": "UTC",
        "audience": "self",
        "for_what": ("alcohol",),
        "status": "active",
        "in_feed_on": date(2026, 1, 5),
    }
    data = MeetingListed(**usual | said)
    return impersonal("referrals", data, key=str(meeting), time=at, recorded=at)


def settings_for(
    postgres: EmbeddedPostgres, directory: Path, *, kafka: KafkaSettings | None = None, smtp: int = 9
) -> Settings:
    """Sign-in and referrals are away; their keys were remembered on disk."""
    environment = {"SIGN_IN_ISSUER": "http://localhost:1", "STATE_DIR": str(directory)}
    web = WebSettings.read("reminders", environment | {"REFERRALS_URL": "http://localhost:2"})
    for issuer in (web.sign_in_issuer, web.addresses["referrals"]):
        cache_file(directory, issuer).write_bytes(orjson.dumps({"issuer": issuer, "document": _JWKS}))
    (directory / "master.json").write_bytes(new_master_file())
    post_office = PostOffice("127.0.0.1", smtp, "notes@post.example", "Northside")
    away = KafkaSettings("localhost:3")
    of_all = ServiceSettings(web, kafka or away, databases_of("reminders", postgres), directory / "master.json")
    return Settings(of_all, post_office)


@asynccontextmanager
async def opened(settings: Settings, *, with_kafka: bool = False) -> AsyncIterator[Reminders]:
    """`with_kafka`: it listens and speaks, as in life; without, only its doors are open."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    running = app.router.lifespan_context(app) if with_kafka else _database_only(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://reminders") as http, running:
        yield Reminders(app, settings, http)


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


def states(reminders: dict[str, dict[str, Any]], *rules: str) -> Sequence[tuple[str, str | None]]:
    return [(reminders[rule]["state"], reminders[rule]["reason"]) for rule in rules]
