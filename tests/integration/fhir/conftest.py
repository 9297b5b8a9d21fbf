"""One service and one database for all tests of a module: each begins with empty tables."""

from collections.abc import AsyncIterator

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.privacy.master import MasterKeys
from tests.conftest import opened_database
from tests.integration.fhir.builder import TABLES, Records, records


@pytest.fixture(scope="module")
async def service(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Records]:
    async with opened_database(postgres, master, "referrals") as database:
        async with database.work() as uow:
            await uow.connection.execute(TABLES.read_bytes())
        async with records(database, tmp_path_factory.mktemp("state")) as opened:
            yield opened


@pytest.fixture
async def fhir(service: Records) -> Records:
    await service.forget()
    return service
