"""One run in a process of its own: referrals' full reaction to attendance, or the bare loop over the same records."""

import asyncio
import json
import os
import sys
from functools import partial
from typing import Any

import uvloop

from services.referrals.fhir import DEFINITIONS
from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.flagging import Flagging
from services.referrals.handlers.saving import Saving
from services.referrals.subscriptions import topics
from shared.events.catalogue import ATTENDANCE
from shared.events.journal import AttendanceRecorded
from shared.fhir.store.versions import Versions
from shared.messaging.consumer import Consumer
from shared.messaging.settings import KafkaSettings
from shared.service.collecting import collect_rarely
from shared.storage.database import Database
from tests.bench import bare
from tests.bench.clock import Clock, Tally
from tests.bench.referrals import database_of
from tests.eventually import eventually


async def reaction(told: dict[str, Any], clock: Clock) -> None:
    """Referrals' own consumer, desk and handlers: pathways, decisions, FHIR versions, outbox."""
    database = database_of(told["url"], told["keys_url"])
    await database.keys.open()
    await database.open()
    saving = Saving(Versions(DEFINITIONS, database.keys.master.derived("fhir|digest")))
    tally = Tally(clock)
    heard = [tally.over(topic) for topic in topics(Attendance(saving), Flagging(saving))]
    settings = KafkaSettings(told["bootstrap"], told["prefix"])
    consuming = asyncio.create_task(Consumer(settings, "referrals", database, heard).run())
    await eventually(partial(_all_achieved, database, told["events"]), within=300)
    assert not consuming.done()
    print(json.dumps(clock.read(tally.taken)), flush=True)
    os._exit(0)  # what is under way is of no interest


async def _all_achieved(database: Database, events: int) -> bool:
    """Every fact achieved its goal, and it was said: nothing of the reaction was left out."""
    async with database.reading() as connection:
        query = "SELECT count(*) FROM outbox WHERE convert_from(headers, 'UTF8') LIKE '%goal.achieved%'"
        row = await (await connection.execute(query)).fetchone()
    return bool(row and row[0] == events)


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    if told["way"] != "bare":
        collect_rarely()  # as a service does
    clock = Clock(told["postgres"])
    bare_loop = told["way"].startswith("bare")
    uvloop.run(bare.run(told, clock, ATTENDANCE, AttendanceRecorded) if bare_loop else reaction(told, clock))
