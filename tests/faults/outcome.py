"""What came out at the other end: in three databases, at /fhir and in the mail."""

from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from deploy.local.demo.systems import RECORD_SYSTEM
from services.referrals.domain.events_attendance import AttendanceNoted
from services.referrals.store import pathways
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from tests.faults.emitter import Report
from tests.whole import Whole


async def rows(services: Whole, service: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    connection = await psycopg.AsyncConnection.connect(services.url(service), autocommit=True)
    async with connection:
        return await (await connection.execute(query.encode(), values)).fetchall()


async def through(services: Whole, reports: Sequence[Report]) -> bool:
    """Everything has arrived everywhere, and nothing is left to be done."""
    facts = [report.fact for report in reports]
    [[recorded]] = await rows(services, "journal", "SELECT count(*) FROM fact WHERE fact_id = ANY(%s)", facts)
    outcomes = "SELECT event_id FROM outbox WHERE position('commitment.outcome-noted'::bytea IN headers) > 0"
    told = [event for (event,) in await rows(services, "referrals", outcomes)]
    if recorded < len(facts) or await _left(services, "referrals", facts) or await _left(services, "reminders", told):
        return False
    waiting = "SELECT count(*) FROM message WHERE state = 'sending' OR (state = 'planned' AND next_try_at < now())"
    unpublished = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    queries = [("reminders", waiting), *((name, unpublished) for name in services.parts)]
    return not any([(await rows(services, *query))[0][0] for query in queries])


async def _left(services: Whole, service: str, events: Sequence[UUID]) -> int:
    """How many it has not heard."""
    query = "SELECT count(*) FROM inbox WHERE event_id = ANY(%s)"
    [[heard]] = await rows(services, service, query, list(events))
    return len(events) - int(heard)


async def facts_noted(services: Whole) -> dict[UUID, list[UUID]]:
    """Per client, which facts referrals has decided on, in its order: as its own store reads them."""
    environment = services.environment
    master = MasterKeys.load(Path(environment["MASTER_KEY_FILE"]))
    keys = Keyring(environment["REFERRALS_KEYS_DATABASE_URL"], master, "referrals")
    database = Database(services.url("referrals"), keys, "referrals")
    clients = [client for (client,) in await rows(services, "referrals", "SELECT client_id FROM client")]
    await keys.open()
    await database.open()
    try:
        return {client: await _noted(database, client) for client in clients}
    finally:
        await database.close()
        await keys.close()


async def _noted(database: Database, client: UUID) -> list[UUID]:
    async with database.work() as uow:
        cases = await pathways.of_clients(uow, [client], lock=False)
        decided = [one for case in cases for one in await pathways.decisions(uow, case.pathway)]
    return [event.fact_id for one in decided for event in one.events if isinstance(event, AttendanceNoted)]


async def goals_achieved(services: Whole) -> set[UUID]:
    """As a record system sees it, page by page."""
    caller = RECORD_SYSTEM.caller(" ".join(RECORD_SYSTEM.scopes))
    path: str | None = "/fhir/Goal?_count=200"
    achieved: set[UUID] = set()
    while path:
        page = (await services.doors.call(caller, "GET", "referrals", path)).json()
        goals = [entry["resource"] for entry in page.get("entry", ())]
        achieved |= {UUID(goal["id"]) for goal in goals if _status(goal) == ("completed", "achieved")}
        links = {link["relation"]: link["url"] for link in page["link"]}
        path = links.get("next", "").removeprefix(services.doors.settings.addresses["referrals"])
    return achieved


def _status(goal: dict[str, Any]) -> tuple[str, str]:
    [coding] = goal["achievementStatus"]["coding"]
    return goal["lifecycleStatus"], coding["code"]


def letters(services: Whole) -> list[str]:
    """The message that each e-mail is, by its Message-ID."""
    found = [message_from_bytes(file.read_bytes()) for file in services.mail.glob("*.eml")]
    return [str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in found]
