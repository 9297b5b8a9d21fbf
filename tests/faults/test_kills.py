"""5,000 attendance events while each of the three services is killed again and again: what went in comes out, once."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.settings import SERVICES
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.faults.checks import what_went_in_came_out
from tests.faults.clients import open_clients
from tests.faults.emitter import Emitter, Report, reports_about
from tests.faults.outcome import through
from tests.whole import Whole, whole

CLIENTS, EACH = 200, 5
"""A thousand occasions, five reports of each."""
KILLS_EACH = 3
_WAVE = 25
_PAUSE = 0.08


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_what_goes_in_comes_out_once_and_in_order_while_every_service_is_killed(
    pytestconfig: pytest.Config, postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    seed = pytestconfig.getoption("randomly_seed", 1)
    print(f"repeat with --randomly-seed={seed}")
    random = Random(seed)  # noqa: S311 - to be repeated
    async with whole(postgres, kafka_settings.bootstrap, tmp_path, prefix=kafka_settings.prefix) as services:
        await services.bring_up()
        clients = await open_clients(services.doors, CLIENTS)
        reports = reports_about(clients, range(EACH), random)
        assert len(reports) == 5_000
        await send_while_killing(services, kafka_settings, reports, random)
        await eventually(lambda: through(services, reports), within=90)

        await what_went_in_came_out(services, clients, reports)


async def send_while_killing(services: Whole, kafka: KafkaSettings, reports: Sequence[Report], random: Random) -> None:
    """Half by Kafka, half by HTTP, some of them both ways."""
    waves = [reports[first : first + _WAVE] for first in range(0, len(reports), _WAVE)]
    names = random.sample(SERVICES * KILLS_EACH, len(SERVICES) * KILLS_EACH)
    killed = dict(zip(random.sample(range(len(waves)), len(names)), names, strict=True))
    killing = asyncio.create_task(asyncio.sleep(0))
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap) as producer:
        emitter = Emitter(services.doors, producer, f"{kafka.prefix}fama.attendance.intake")
        for number, wave in enumerate(waves):
            if number in killed:
                await killing
                killing = asyncio.create_task(kill(services, killed[number], random))
            await emitter.by_kafka(wave[:13])
            emitter.by_http(wave[12:20], batch=True)
            emitter.by_http(wave[20:], batch=False)
            await asyncio.sleep(_PAUSE)
        await killing
        await emitter.done()
    print(f"{emitter.again} sent again by HTTP")


async def kill(services: Whole, name: str, random: Random) -> None:
    """At some moment of its work, not of its start."""
    await eventually(lambda: services.ready(name), within=60)
    await asyncio.sleep(random.uniform(0, 1))
    services.kill(name)
    services.start(name)
