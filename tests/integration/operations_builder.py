"""A service with only its operations side, whose reaction fails for one referral while that is ill."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from shared.events.contract import Contract
from shared.events.envelope import Event
from shared.events.kafka import to_record
from shared.events.referrals import CommitmentMade, ReferralOpened
from shared.events.saying import about_client
from shared.messaging import batches
from shared.messaging.reactions import reactions_desk
from shared.messaging.received import Received, Topic
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import MasterKeys
from shared.storage.audit import AuditLog
from shared.storage.database import Database, UnitOfWork
from shared.web.application import create_service
from shared.web.claims import person_of
from shared.web.doorkeeper import Doorkeeper
from shared.web.settings import WebSettings
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Issuer, Tokens
from tests.integration.systems_builder import SIGN_IN, staff, staff_keys

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOPIC = "fama.referrals"
_offsets = count()


@dataclass
class Ward:
    """`ill`: referrals that cannot be handled, for now. `applied`: events in their order."""

    database: Database
    ill: set[UUID] = field(default_factory=set)
    applied: list[UUID] = field(default_factory=list)

    @property
    def topic(self) -> Topic:
        return Topic(TOPIC, reactions_desk({ReferralOpened: self.note, CommitmentMade: self.note}))

    async def note(self, uow: UnitOfWork, events: Sequence[Event[Any]]) -> None:
        """Says something because of it, as services do."""
        for event in events:
            if event.data.referral_id in self.ill:
                raise RuntimeError("Margaret Thistlewood cannot be handled")
            self.applied.append(event.id)
            uow.say(opened(event.client, event.provider or "X99", cause=event))

    async def hears(self, *events: Event[Any]) -> None:
        await batches.apply(self.database, self.topic, [received(event) for event in events])

    async def hears_nonsense(self) -> None:
        headers = (("ce_specversion", b"1.0"), ("ce_id", b"1"), ("ce_source", b"/x"), ("ce_type", b"nonsense"))
        nonsense = Received(TOPIC, 0, next(_offsets), "somebody", headers, b"Margaret Thistlewood")
        await batches.apply(self.database, self.topic, [nonsense])


def opened(
    client: UUID, provider: str = "X99", referral: UUID | None = None, cause: Event[Any] | None = None
) -> Event[Contract]:
    data = ReferralOpened(referral_id=referral or uuid4(), for_="self", for_what=("alcohol",), opened_at=NOW)
    return about_client(
        "referrals", data, client=client, provider=provider, team="north", time=NOW, recorded=NOW, cause=cause
    )


def received(event: Event[Contract]) -> Received:
    record = to_record(event)
    return Received(record.topic, 0, next(_offsets), record.key, record.headers, record.value)


def application(database: Database, ward: Ward, master: MasterKeys, settings: WebSettings) -> FastAPI:
    app = create_service(settings, title="referrals", master=master, database=database)
    app.state.messaging = Messaging(KafkaSettings("127.0.0.1:1"), "referrals", database, [ward.topic])
    app.state.audit = AuditLog(database)
    return app


@asynccontextmanager
async def service(database: Database, ward: Ward, master: MasterKeys, state: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Called by operations of X99, unless a header says otherwise."""
    settings = WebSettings.read("referrals", {"SIGN_IN_ISSUER": SIGN_IN, "STATE_DIR": str(state)})
    app = application(database, ward, master, settings)
    app.state.doorkeeper = Doorkeeper(Tokens({SIGN_IN: Issuer(staff_keys(), person_of)}), Sessions("referrals", master))
    transport = httpx.ASGITransport(app)
    headers = staff("operations")
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8401", headers=headers) as client:
        yield client
