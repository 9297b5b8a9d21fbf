"""Journal, built and wired: the only room that knows all others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.journal import subscriptions
from services.journal.handlers.listed import Listed
from services.journal.http import attendance, events
from services.journal.http.bodies import LARGEST_BATCH
from services.journal.settings import NAME, Settings
from shared.messaging.service import Messaging
from shared.privacy.master import MasterKeys
from shared.storage.audit import AuditLog
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from shared.web.application import create_service


def create_app(settings: Settings) -> FastAPI:
    master = MasterKeys.load(settings.master_key_file)
    keys = Keyring(settings.databases.keys_url, master, NAME)
    database = Database(settings.databases.url, keys, NAME)
    listed = Listed()
    messaging = Messaging(settings.kafka, NAME, database, subscriptions.topics(listed))

    async def kafka_answers() -> bool:
        return not messaging.missing()

    app = create_service(
        settings.web,
        title=NAME,
        master=master,
        database=database,
        routers=[events.router, attendance.router],
        probes={"kafka": kafka_answers},
        resources=[lambda: _opened(keys)],
        body_limits={"/events": LARGEST_BATCH},
        background={"messaging": messaging.run},
    )
    app.state.listed = listed
    app.state.audit = AuditLog(database)
    app.state.messaging = messaging
    return app


@asynccontextmanager
async def _opened(keys: Keyring) -> AsyncIterator[None]:
    await keys.open()
    try:
        yield
    finally:
        await keys.close()
