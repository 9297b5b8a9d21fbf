"""Reminders, built and wired: the only room that knows all others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.reminders import http, subscriptions
from services.reminders.settings import NAME, Settings
from services.reminders.worker import Clock, Worker, utc_now
from shared.messaging.service import Messaging
from shared.storage.keyring import Keyring
from shared.privacy.master import MasterKeys
from shared.storage.audit import AuditLog
from shared.storage.database import Database
from shared.web.application import create_service


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """`clock`: by which messages are sent."""
    master = MasterKeys.load(settings.master_key_file)
    keys = Keyring(settings.databases.keys_url, master, NAME)
    database = Database(settings.databases.url, keys, NAME)
    messaging = Messaging(settings.kafka, NAME, database, subscriptions.topics())
    worker = Worker(database, settings.post_office, clock)

    async def kafka_answers() -> bool:
        return not messaging.missing()

    app = create_service(
        settings.web,
        title=NAME,
        master=master,
        database=database,
        routers=[http.router],
        probes={"kafka": kafka_answers},
        resources=[lambda: _opened(keys)],
        background={"messaging": messaging.run, "sending": worker.run},
    )
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
