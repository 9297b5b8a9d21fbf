"""Starts everything side by side, as far as one thing does not need another, and stops it in order."""

import asyncio
import signal
import sys
from pathlib import Path

from deploy.local.answers import answers, missing
from deploy.local.child import Child, end_leftover
from deploy.local.kafka import EmbeddedKafka
from deploy.local.memory import proportional_set_size
from deploy.local.parts import Part
from deploy.local.places import KAFKA, LOG, POSTGRES, RUN
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.said import say
from deploy.local.settings import SERVICES, Settings


class LocalRun:
    """Its parts: what others stand on (`ground`: Kafka, PostgreSQL, sign-in), and the three services."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ground: list[Part] = []
        self.services: list[Part] = []
        self._postgres = EmbeddedPostgres(POSTGRES, settings.ports.postgres, log=LOG / "postgres.log")
        embedded = settings.embedded_databases
        self.environment = settings.environment({name: self._postgres.url(of) for name, of in embedded.items()})
        self._databases = asyncio.Event()

    async def start(self) -> None:
        """Returns when all of it answers. Raises CannotStart, in a group."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._start_kafka())
            together.create_task(self._start_postgres())
            together.create_task(self._start_sign_in())
            for name in SERVICES:
                together.create_task(self._start_service(name))

    async def keep_up(self) -> None:
        async with asyncio.TaskGroup() as together:
            for part in (*self.ground, *self.services):
                together.create_task(part.keep_up())

    async def stop(self) -> None:
        """Services first, so that they find what they write to until they are done."""
        for parts in (self.services, self.ground):
            await asyncio.gather(*(part.stop() for part in parts))
            if parts:
                say(f"Stopped: {', '.join(part.name for part in parts)}")

    def kill(self) -> None:
        for part in (*self.services, *self.ground):
            part.child.signal(signal.SIGKILL)

    def memory(self) -> int:
        """Bytes that the three services take together."""
        return sum(proportional_set_size(part.child.pid) for part in self.services)

    async def _start_kafka(self) -> None:
        if self.settings.own_kafka is not None:
            return
        kafka = EmbeddedKafka(KAFKA, self.settings.ports.kafka, self.settings.ports.controller, log=LOG / "kafka.log")
        await asyncio.to_thread(kafka.prepare)
        await self._bring_up(self.ground, Part("Kafka", kafka.child, lambda: asyncio.to_thread(kafka.ready)))

    async def _start_postgres(self) -> None:
        if names := self.settings.embedded_databases.values():
            postgres = self._postgres
            await asyncio.to_thread(postgres.prepare)
            part = Part("PostgreSQL", postgres.child, lambda: asyncio.to_thread(postgres.ready))
            await self._bring_up(self.ground, part)
            await asyncio.to_thread(postgres.create_databases, names)
        self._databases.set()

    async def _start_sign_in(self) -> None:
        port = self.settings.ports.sign_in
        part = Part(
            "sign-in",
            self._python("sign-in", "deploy.local.sign_in"),
            lambda: answers(port, "/.well-known/openid-configuration"),
        )
        await self._bring_up(self.ground, part)

    async def _start_service(self, name: str) -> None:
        await self._databases.wait()
        await self._finish(self._python(f"{name}-migrations", f"services.{name}", "migrate"))
        port = self.settings.ports.of(name)
        part = Part(
            name,
            self._python(name, f"services.{name}", "serve"),
            lambda: answers(port, "/health/ready"),
            lambda: missing(port),
        )
        await self._bring_up(self.services, part)

    async def _bring_up(self, among: list[Part], part: Part) -> None:
        among.append(part)
        await part.bring_up()
        say(f"{part.name} is ready")

    async def _finish(self, child: Child) -> None:
        """For what does its work and ends."""
        part = Part(child.name, child, ready=lambda: asyncio.sleep(0, False))
        self.services.append(part)
        await part.finish()
        self.services.remove(part)

    def _python(self, name: str, module: str, *arguments: str) -> Child:
        return Child(
            name,
            [sys.executable, "-m", module, *arguments],
            record=RUN / f"{name}.process.json",
            log=LOG / f"{name}.log",
            environment=self.environment,
        )


def records() -> list[Path]:
    """Of everything that a run may have left, what writes before what it writes to."""
    return [*RUN.glob("*.process.json"), KAFKA / "process.json", POSTGRES / "process.json"]


def end_leftovers() -> None:
    for record in records():
        if end_leftover(record, signal.SIGINT if record.parent == POSTGRES else signal.SIGTERM):
            say(f"Ended what an earlier run left: {record.name.removesuffix('.process.json')}")
