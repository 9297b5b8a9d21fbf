"""Referrals checks its own tokens with the keys in its own database; the others ask for the JWKS."""

from time import monotonic

import jwt

from services.referrals.systems import handlers
from shared.storage.database import Database
from shared.web.keysets import KeySet

_FRESH = 60.0
_PAUSE = 1.0
"""Seconds between two looks at the database for keys that strangers name."""


class OwnKeys:
    """For `create_service(system_keys=…)`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = KeySet({"keys": []})
        self._read = -_FRESH

    async def key(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        found = self._keys.find(key_id, algorithm)
        age = monotonic() - self._read
        if age > _FRESH or (found is None and age > _PAUSE):
            await self._look()
            found = self._keys.find(key_id, algorithm)
        return found

    async def _look(self) -> None:
        async with self._database.work() as uow:
            self._keys = KeySet(await handlers.public_keys(uow))
        self._read = monotonic()
