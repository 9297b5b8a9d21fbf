"""`/metrics`: what waits is measured from the database, and nothing in it names anybody."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from prometheus_client import REGISTRY

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.telemetry.backlog import measure_backlog
from tests.integration.operations_builder import Ward, opened, service

ILL, CLIENT = uuid4(), uuid4()
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def value(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(f"famalink_{name}", labels)


async def measure(database: Database, now: datetime) -> None:
    async with database.reading() as connection:
        await measure_backlog(connection, now)


async def test_what_waits_is_counted_by_topic_with_the_age_of_the_oldest(database: Database) -> None:
    ward = Ward(database, ill={ILL})
    await ward.hears(opened(uuid4()), opened(CLIENT, referral=ILL), opened(CLIENT))
    await ward.hears_nonsense()
    later = datetime.now(UTC) + timedelta(seconds=90)
    await measure(database, later)
    assert value("outbox_unpublished_events") == 2  # said because of the first, and the dead letter
    assert 90 <= (value("outbox_oldest_unpublished_seconds") or 0) < 150
    assert value("parked_events", topic="fama.referrals") == 2
    assert 90 <= (value("parked_oldest_seconds") or 0) < 150
    assert value("dead_letters", topic="fama.referrals") == 1


async def test_what_waits_no_more_is_nought_again(database: Database) -> None:
    ward = Ward(database, ill={ILL})
    await ward.hears(opened(CLIENT, referral=ILL))
    await measure(database, datetime.now(UTC))
    async with database.work() as uow:
        await uow.connection.execute("DELETE FROM parked")
    await measure(database, datetime.now(UTC))
    assert value("parked_events", topic="fama.referrals") is None
    assert value("parked_oldest_seconds") == 0
    assert value("outbox_oldest_unpublished_seconds") == 0


async def test_metrics_are_open_to_all_begin_with_our_name_and_hold_no_id(
    database: Database, master: MasterKeys, tmp_path: Path
) -> None:
    ward = Ward(database)
    async with service(database, ward, master, tmp_path) as http:
        await http.get(f"/api/parked/{UUID(int=7)}")
        await http.get("/api/deadletters/3f1c9a8e-5a57-4f0e-9a53-0a2f6f3a7c11")
        del http.headers["authorization"]
        page = (await http.get("/metrics")).text
    names = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    assert {name for name in names if not name.startswith(("famalink_", "python_", "process_"))} == set()
    assert 'route="/api/deadletters/{letter}"' in page
    assert not _UUID.search(page)
