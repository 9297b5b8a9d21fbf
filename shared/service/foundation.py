"""What stands under every service: its keys, its database, its audit. Built once, opened with the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.privacy.master import MasterKeys
from shared.service.settings import ServiceSettings
from shared.storage.audit import AuditLog
from shared.storage.database import Database
from shared.storage.keyring import Keyring


class Foundation:
    """`opened` is entered before the first request; the web side opens the database itself."""

    def __init__(self, settings: ServiceSettings) -> None:
        name = settings.web.service
        self.master = MasterKeys.load(settings.master_key_file)
        self.keys = Keyring(settings.databases.keys_url, self.master, name)
        self.database = Database(settings.databases.url, self.keys, name)
        self.audit = AuditLog(self.database)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        await self.keys.open()
        try:
            yield
        finally:
            await self.keys.close()
