"""One worker in a process of its own, for the tests that kill it: `python -m … URL KEYS_URL MASTER_FILE PORT NOW`."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from services.reminders.settings import PostOffice
from services.reminders.worker import Worker
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring


async def work(url: str, keys_url: str, master: Path, port: int, now: datetime) -> None:
    keys = Keyring(keys_url, MasterKeys.load(master), "reminders")
    database = Database(url, keys, "reminders")
    await keys.open()
    await database.open()
    await Worker(database, PostOffice("127.0.0.1", port, "notes@post.example", "Northside"), lambda: now).run()


if __name__ == "__main__":
    url, keys_url, master, port, now = sys.argv[1:]
    asyncio.run(work(url, keys_url, Path(master), int(port), datetime.fromisoformat(now)))
