"""One run in a process of its own: takes all events off the topic one way, prints how long and at what cost."""

import asyncio
import json
import os
import sys
from functools import partial
from typing import Any

import uvloop

from services.journal.handlers.listed import Listed
from services.journal.subscriptions import topics
from shared.events.catalogue import INTAKE
from shared.events.journal import AttendanceReported
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import MasterKeys
from shared.service.collecting import collect_rarely
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from tests.bench import bare
from tests.bench.clock import Clock, Tally
from tests.eventually import eventually


async def intake(told: dict[str, Any], clock: Clock) -> None:
    """Journal's own consumer and desk, as the service runs them."""
    settings = KafkaSettings(told["bootstrap"], told["prefix"])
    keys = Keyring(told["keys_url"], MasterKeys("1", {"1": b"m" * 32}, b"i" * 32), "journal")
    database = Database(told["url"], keys, "journal")
    await database.open()
    tally = Tally(clock)
    heard = [tally.over(topic) if topic.name == INTAKE else topic for topic in topics(Listed())]
    tasks = [asyncio.create_task(Consumer(settings, "journal", database, heard).run())]
    if told["way"] == "intake-and-relay":
        tasks.append(asyncio.create_task(Relay(settings, told["url"]).run()))
    await eventually(partial(_done, told, tally, database), within=300)
    print(json.dumps(clock.read(tally.taken)), flush=True)
    os._exit(0)  # what is under way is of no interest


_DONE = "SELECT (SELECT count(*) FROM fact), EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"


async def _done(told: dict[str, Any], tally: Tally, database: Database) -> bool:
    """The last batch is committed and, with the relay, everything is published."""
    if tally.taken < told["events"]:
        return False  # asking the database would cost it
    async with database.reading() as connection:
        row = await (await connection.execute(_DONE)).fetchone()
    return bool(row and row[0] == told["events"] and not (told["way"] == "intake-and-relay" and row[1]))


def main() -> None:
    told = json.loads(sys.argv[1])
    if told["way"] != "bare":
        collect_rarely()  # as a service does
    clock = Clock(told["postgres"])
    bare_loop = told["way"].startswith("bare")
    uvloop.run(bare.run(told, clock, INTAKE, AttendanceReported) if bare_loop else intake(told, clock))


if __name__ == "__main__":
    main()
