"""The three services on a Kafka and a PostgreSQL of their own, which the tests may kill and stop."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from deploy.local.answers import answers
from deploy.local.kafka import EmbeddedKafka
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from deploy.local.settings import SERVICES
from tests.eventually import eventually
from tests.faults.checks import what_went_in_came_out
from tests.faults.clients import Client, open_clients
from tests.faults.emitter import Emitter, Report, reports_about
from tests.faults.outcome import through
from tests.whole import Whole, whole

CLIENTS, EACH = 10, 4


@dataclass
class House:
    """`reports`: all that were ever sent here; a test sends as many more as there are commitments, times four."""

    services: Whole
    kafka: EmbeddedKafka
    postgres: EmbeddedPostgres
    clients: list[Client]
    reports: list[Report] = field(default_factory=list)

    def more(self, random: Random) -> list[Report]:
        first = len(self.reports) // sum(len(client.occasions) for client in self.clients)
        new = reports_about(self.clients, range(first, first + EACH), random)
        self.reports += new
        return new

    def send(self, reports: Sequence[Report]) -> Emitter:
        """By HTTP, ten at a time; `done` waits until all are taken."""
        emitter = Emitter(self.services.doors)
        for first in range(0, len(reports), 10):
            emitter.by_http(reports[first : first + 10], batch=True)
        return emitter

    async def missing(self, what: str) -> bool:
        """Whether that, and nothing else, is what every service says it waits for."""
        return {await self.services.missing(name) for name in SERVICES} == {what}

    async def ready(self) -> bool:
        return all([await self.services.ready(name) for name in SERVICES])

    async def live(self) -> bool:
        return all([await answers(self.services.ports.of(name), "/health/live") for name in SERVICES])

    async def comes_through(self, within: float = 60) -> None:
        """Everything that was ever sent, once and in order; and all are ready."""
        await eventually(lambda: through(self.services, self.reports), within=within)
        await what_went_in_came_out(self.services, self.clients, self.reports)
        with suppress(AssertionError):  # said below, with what is waited for
            await eventually(self.ready, within=within)
        assert await self._waits_for() == {}

    async def _waits_for(self) -> dict[str, str]:
        unready = [name for name in SERVICES if not await self.services.ready(name)]
        return {name: await self.services.missing(name) for name in unready}

    def database_processes(self) -> list[psutil.Process]:
        server = psutil.Process(self.postgres.child.pid)
        return [server, *server.children(recursive=True)]


@asynccontextmanager
async def house(directory: Path) -> AsyncIterator[House]:
    """Everything is up and the clients are known everywhere."""
    kafka = EmbeddedKafka(directory / "kafka", free_port(), free_port())
    postgres = EmbeddedPostgres(directory / "postgres", free_port())
    with kafka, postgres:
        async with whole(postgres, kafka.bootstrap_servers, directory / "services") as services:
            await services.bring_up()
            yield House(services, kafka, postgres, await open_clients(services.doors, CLIENTS))
