"""Fixtures that every suite shares: one Kafka and one PostgreSQL per run, a database and a topic prefix per test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from deploy.local.postgres import EmbeddedPostgres
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from tests.browser import chromium, one_chromium
from tests.databases import ONLY_SHARED, databases_of
from tests.embedded import embedded_directory, kafka, postgres

# How fast examples are made says how busy the machine is, not how good the code is.
settings.register_profile("famalink", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("famalink")

__all__ = ["chromium", "embedded_directory", "kafka", "one_chromium", "postgres"]


@pytest.fixture
def prefix() -> str:
    """Before every topic and group of this test."""
    return f"t{uuid4().hex[:10]}."


@pytest.fixture(scope="session")
def master() -> MasterKeys:
    return MasterKeys("1", {"1": b"m" * 32}, b"i" * 32)


@pytest.fixture
def kafka_settings(kafka: str, prefix: str) -> KafkaSettings:
    return KafkaSettings(kafka, prefix)


@asynccontextmanager
async def opened_database(postgres: EmbeddedPostgres, master: MasterKeys, service: str) -> AsyncIterator[Database]:
    """A service's two databases with the tables that all services share."""
    databases = databases_of(ONLY_SHARED, postgres)
    keys = Keyring(databases.keys_url, master, service)
    database = Database(databases.url, keys, service)
    await keys.open()
    await database.open()
    try:
        yield database
    finally:
        await database.close()
        await keys.close()


@pytest.fixture
async def database(postgres: EmbeddedPostgres, master: MasterKeys) -> AsyncIterator[Database]:
    async with opened_database(postgres, master, "referrals") as opened:
        yield opened
