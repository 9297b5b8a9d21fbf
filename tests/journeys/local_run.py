"""`make run` for the journeys: the real runner with its demo data, in a place and on ports of its own."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from time import monotonic
from typing import Any
from uuid import uuid4

from deploy.local.demo.doors import Doors
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.settings import DATABASES, Ports
from shared.cli.settings import read as calling_settings
from tests.ports import free_base

FAMALINK = Path(sys.executable).with_name("famalink")
_PATIENCE = 90.0
_NOT_PASSED_ON = ("FAMALINK_TOKEN", "STATE_DIR", "REFERRALS_URL", "JOURNAL_URL", "REMINDERS_URL")


@dataclass(frozen=True, slots=True)
class Said:
    """By a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        assert self.code == 0, self.err
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class LocalRun:
    """`doors` are for who prepares a journey; whose journey it is uses `famalink`, HTTP or a browser."""

    state: Path
    ports: Ports
    environment: Mapping[str, str]
    doors: Doors

    def url(self, service: str) -> str:
        return f"http://localhost:{self.ports.of(service)}"

    @property
    def mail(self) -> Path:
        return self.state / "mail"

    @property
    def robin(self) -> dict[str, Any]:
        """The README's client: `referralId`, `clientId`, `commitmentId`."""
        made: dict[str, Any] = json.loads((self.state / "run" / "demo.json").read_bytes())
        return made

    async def famalink(self, *arguments: str) -> Said:
        """As a person types it in a shell where the run's settings are exported."""
        return await self.typed(str(FAMALINK), *arguments)

    async def typed(self, *command: str, directory: Path | None = None) -> Said:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=self.environment, cwd=directory
        )
        out, err = await process.communicate()
        return Said(process.returncode or 0, out.decode(), err.decode())

    async def token(self, *arguments: str) -> dict[str, str]:
        """The header that `famalink token …` is for."""
        said = await self.famalink("token", *arguments)
        assert said.code == 0, said.err
        return {"authorization": f"bearer {said.out.strip()}"}


@asynccontextmanager
async def local_run(state: Path, kafka: str, postgres: EmbeddedPostgres) -> AsyncIterator[LocalRun]:
    """On a Kafka and a PostgreSQL that are there already, as anybody may point it to theirs."""
    ports = Ports(free_base())
    environment = _environment(state, ports, kafka, postgres)
    runner, doors = _started(state, environment), Doors(calling_settings(environment))
    try:
        async with doors.http:
            await _ready(runner, state)
            yield LocalRun(state, ports, environment, doors)
    finally:
        runner.terminate()
        await asyncio.to_thread(runner.wait, 30)


def _started(state: Path, environment: Mapping[str, str]) -> "Popen[bytes]":
    state.mkdir()
    with (state / "said.txt").open("wb") as said:
        return Popen([sys.executable, "-m", "deploy.local"], stdout=said, stderr=said, env=environment)


async def _ready(runner: "Popen[bytes]", state: Path) -> None:
    deadline = monotonic() + _PATIENCE
    while "Famalink is ready" not in _said(state):
        assert runner.poll() is None, _told(state)
        assert monotonic() < deadline, _told(state)
        await asyncio.sleep(0.1)
    assert "could not be made" not in _said(state), _told(state)


def _said(state: Path) -> str:
    return (state / "said.txt").read_text()


def _told(state: Path) -> str:
    """By the runner, and at last by each part: their folder goes with the test."""
    ends = [f"{log.name}:\n{log.read_text()[-3000:]}" for log in sorted((state / "log").glob("*.log"))]
    return "\n\n".join([_said(state), *ends])


def _environment(state: Path, ports: Ports, kafka: str, postgres: EmbeddedPostgres) -> dict[str, str]:
    name = f"j{uuid4().hex[:10]}"
    passed_on = {key: value for key, value in os.environ.items() if key not in _NOT_PASSED_ON}
    databases = {setting: postgres.create_database(f"{name}_{of}") for setting, of in DATABASES.items()}
    return {
        **passed_on,
        **databases,
        "FAMALINK_STATE": str(state),
        "FAMALINK_PORT_BASE": str(ports.base),
        "FAMALINK_TOPIC_PREFIX": f"{name}.",
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
    }
