"""One instance of a service that only listens and speaks, for the tests that kill it.

`python -m tests.integration.messaging_process URL KEYS_URL BOOTSTRAP PREFIX INSTANCE` says again and again how it is.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from shared.events.envelope import Event
from shared.events.referrals import ReferralOpened
from shared.messaging.reactions import reactions_desk
from shared.messaging.received import Topic
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import MasterKeys
from shared.storage.database import Database, UnitOfWork
from shared.storage.keyring import Keyring
from shared.telemetry import logs


async def note(uow: UnitOfWork, events: Sequence[Event[Any]]) -> None:
    for event in events:
        await uow.connection.execute("INSERT INTO noted (client, event) VALUES (%s, %s)", (event.client, event.id))


async def live(url: str, keys_url: str, bootstrap: str, prefix: str, instance: str) -> None:
    keys = Keyring(keys_url, MasterKeys("1", {"1": b"m" * 32}, b"i" * 32), "referrals")
    database = Database(url, keys, "referrals")
    await keys.open()
    await database.open()
    topic = Topic("fama.referrals", reactions_desk({ReferralOpened: note}))
    messaging = Messaging(KafkaSettings(bootstrap, prefix, instance), "referrals", database, [topic])
    running = asyncio.create_task(messaging.run())
    while not running.done():
        print("connected" if messaging.consumer.connected else "away", end=" ")
        print("leading" if messaging.relay.leading else "waiting", flush=True)
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    logs.start("referrals")
    asyncio.run(live(*sys.argv[1:]))
