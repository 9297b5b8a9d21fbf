"""Erasing a client, on three running services, real Kafka and real PostgreSQL: what is left of them, byte by byte."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import time
from uuid import UUID

import psycopg
import pytest

from deploy.local.demo.doors import Doors
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.settings import DATABASES, SERVICES
from shared.events.kafka import to_record
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.faults.outcome import rows
from tests.integration.erasure_search import database_files, found, rows_naming, segments
from tests.integration.erasure_story import (
    TODAY,
    Quill,
    commitment,
    erased_by_command,
    gets_stuck,
    refused_report,
    reopened,
    seen_by_rowan,
    states,
    told_of,
)
from tests.integration.journal_builder import read_topic, write
from tests.whole import Whole, whole

STAYS = {
    "referrals": {"client", "erasure", "audit", "outbox"},
    "journal": {"client", "audit"},
    "reminders": {"client", "audit"},
    "keys": {"erased_person"},
}
"""Where the pseudonym still stands: tombstones, the list of erasures, the audit, and the word of the erasure itself."""


@dataclass
class Place:
    """Where everything lies."""

    services: Whole
    postgres: EmbeddedPostgres
    kafka: KafkaSettings
    kafka_directory: Path
    since: float

    @property
    def doors(self) -> Doors:
        return self.services.doors

    def databases(self) -> dict[str, str]:
        return {setting: self.services.environment[setting] for setting in DATABASES}

    def logs(self) -> list[Path]:
        servers = [self.postgres.directory / "postgres.log", self.kafka_directory / "kafka.log"]
        return [*(self.services.directory / "log").iterdir(), *(log for log in servers if log.exists())]

    def found(self, words: Mapping[str, str]) -> dict[str, set[str]]:
        """In PostgreSQL's files, Kafka's segments and all logs."""
        files = database_files(self.postgres, self.databases().values(), self.since)
        return found(words, [*files, *segments(self.kafka_directory, self.kafka.prefix), *self.logs()])


@pytest.fixture
async def place(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, embedded_directory: Path, tmp_path: Path
) -> AsyncIterator[Place]:
    async with whole(postgres, kafka_settings.bootstrap, tmp_path, prefix=kafka_settings.prefix) as services:
        await services.bring_up()
        yield Place(services, postgres, kafka_settings, embedded_directory / "kafka", time() - 1)


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_nothing_of_a_client_can_be_read_before_and_nothing_is_left_after_an_erasure(place: Place) -> None:
    quill = await told_of(place.doors)
    await eventually(lambda: _mailed(place, quill))
    await gets_stuck(place.kafka, quill)
    await eventually(lambda: _stuck(place, quill))

    rows_about_them = rows_naming(place.services.url("referrals"), quill.ids)
    assert rows_about_them >= {"session_draft", "company", "referral", "decision"}

    # At rest, under way and in logs there is only the pseudonym: it shows that this search finds what is there.
    there = place.found({**quill.words, "pseudonym": quill.client})
    assert there.keys() == {"pseudonym"}
    for kind in ("/base/", "/pg_wal/", "/kafka/data/", "/log/"):
        assert any(kind in file for file in there["pseudonym"]), kind
    assert set(found(quill.words, place.services.mail.iterdir())) == set(quill.mailed)

    await erased_by_command(dict(place.services.environment), quill)
    await eventually(lambda: _forgotten(place, quill))
    assert place.found(quill.words) == {}
    assert "no longer needed" in await seen_by_rowan(quill)
    mails = len(list(place.services.mail.iterdir()))

    await _comes_late(place, quill)
    assert await _forgotten(place, quill)
    assert place.found(quill.words) == {}
    assert len(list(place.services.mail.iterdir())) == mails

    await _a_month_passes(place, quill)


async def _mailed(place: Place, quill: Quill) -> bool:
    """One message was sent, and others are still planned."""
    return any(place.services.mail.iterdir()) and await states(place.doors, quill) >= {"sent", "planned"}


async def _stuck(place: Place, quill: Quill) -> bool:
    parked, dead = [
        {name: (await rows(place.services, name, query, UUID(quill.client)))[0][0] for name in SERVICES}
        for query in (f"SELECT count(*) FROM {table} WHERE client = %s" for table in ("parked", "dead_letter"))
    ]
    return parked["reminders"] >= 2 and all(dead.values())


async def _forgotten(place: Place, quill: Quill) -> bool:
    """No row about them in six databases, but those that say that they were; and no key."""
    for setting, url in place.databases().items():
        service = "keys" if "_KEYS_" in setting else setting.partition("_")[0].lower()
        if rows_naming(url, quill.ids) - STAYS[service]:
            return False
        if service == "keys" and rows_naming(url, [quill.client]) != {"erased_person"}:
            return False
    return True


async def _comes_late(place: Place, quill: Quill) -> None:
    """Everybody who has not heard of it yet."""
    doors, at = place.doors, f"/api/referrals/{quill.referral}"
    assert await refused_report(doors, quill, client=quill.client) == "unknown-client"
    assert await refused_report(doors, quill, cardCode=quill.words["card"]) == "unknown-card"
    contact = {"nameToUse": "Q", "timeZone": "Etc/UTC", "purposes": [], "mayNameService": False}
    for method, service, path, body in (
        ("PUT", "reminders", f"/api/clients/{quill.client}/contact", contact),
        ("GET", "journal", f"/api/clients/{quill.client}/attendance", None),
        ("GET", "referrals", at, None),
        ("POST", "referrals", f"{at}/commitments", commitment(TODAY, TODAY)),
    ):
        answer = await doors.call("kay", method, service, path, json=body, also=(404,))
        assert answer.status_code == 404, path
    late = reopened(quill)
    await write(place.kafka, to_record(late))
    heard = "SELECT 1 FROM inbox WHERE event_id = %s"
    await eventually(lambda: rows(place.services, "reminders", heard, late.id))


async def _a_month_passes(place: Place, quill: Quill) -> None:
    with psycopg.connect(place.services.url("referrals")) as connection:
        connection.execute("UPDATE erasure SET asked_at = asked_at - interval '31 days'")

    async def buried() -> bool:
        last = [one for one in await read_topic(place.kafka, "fama.clients") if one.key == quill.client.encode()]
        return last[-1].value is None

    await eventually(buried)
    assert await _forgotten(place, quill)
