"""The three services as processes of their own, with sign-in and mail catcher: databases, topics, ports of their own.

async with whole(postgres, kafka, directory) as services:
    answer = await services.doors.call("kay", "POST", "referrals", "/api/referrals", json=body)
    services.kill("journal")
    services.start("journal")
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from uuid import uuid4

from deploy.local.answers import answers, missing
from deploy.local.child import Child
from deploy.local.demo.doors import Doors
from deploy.local.mail import mail_catcher
from deploy.local.parts import Part
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.settings import DATABASES, SERVICES, Ports, Settings
from shared.cli.settings import read as calling_settings
from shared.privacy.master import new_master_file
from tests.ports import free_base


@dataclass
class Whole:
    """`environment` is what every process is given; `directory` has `log/`, `mail/`, `keys/` and `run/`."""

    directory: Path
    ports: Ports
    environment: Mapping[str, str]
    doors: Doors
    parts: dict[str, Part] = field(default_factory=dict)

    async def bring_up(self, *names: str) -> None:
        """Returns when they are ready, with all that they stand on. Without names: all three."""
        await asyncio.gather(*(self.parts[name].bring_up() for name in names or SERVICES))

    def start(self, name: str) -> None:
        """Returns at once."""
        self.parts[name].child.start()

    def kill(self, name: str) -> None:
        """SIGKILL: nothing is flushed, closed or said goodbye to."""
        self.parts[name].child.stop(how=SIGKILL)

    async def stop(self, *names: str) -> None:
        await asyncio.gather(*(self.parts[name].stop() for name in names or SERVICES))

    async def ready(self, name: str) -> bool:
        return await answers(self.ports.of(name), "/health/ready")

    async def missing(self, name: str) -> str:
        return await missing(self.ports.of(name))

    def url(self, service: str) -> str:
        """Of its database."""
        return self.environment[f"{service.upper()}_DATABASE_URL"]

    @property
    def mail(self) -> Path:
        return self.directory / "mail"

    def log(self, name: str) -> str:
        return self.parts[name].child.log.read_text()


@asynccontextmanager
async def whole(
    postgres: EmbeddedPostgres, kafka: str, directory: Path, *, prefix: str | None = None, **settings: str
) -> AsyncIterator[Whole]:
    """Migrated, with sign-in and mail catcher up; `bring_up` the services. `kafka`: its bootstrap servers."""
    ports = Ports(free_base())
    environment = _environment(postgres, kafka, directory, ports, prefix or f"w{uuid4().hex[:10]}.") | settings
    doors = Doors(calling_settings(environment))
    services = Whole(directory, ports, environment, doors)
    services.parts = {name: _service(services, name) for name in SERVICES}
    sign_in = Part(
        "sign-in", _python(services, "sign-in", "deploy.local.sign_in"), _answers(ports.sign_in, "/jwks.json")
    )
    async with mail_catcher(services.mail, ports.mail), doors.http:
        try:
            await asyncio.gather(sign_in.bring_up(), *(_migrate(services, name) for name in SERVICES))
            yield services
        finally:
            await services.stop()
            await sign_in.stop()


def _environment(postgres: EmbeddedPostgres, kafka: str, directory: Path, ports: Ports, prefix: str) -> dict[str, str]:
    """As the local run tells its services, in another place."""
    ours = f"w{uuid4().hex[:10]}"
    databases = {setting: postgres.create_database(f"{ours}_{name}") for setting, name in DATABASES.items()}
    (directory / "keys").mkdir(parents=True)
    (directory / "keys" / "master.json").write_bytes(new_master_file())
    run = Settings(ports, own_kafka=kafka, own_databases=databases, passed_on=os.environ)
    return run.environment({}) | {
        "FAMALINK_TOPIC_PREFIX": prefix,
        "STATE_DIR": str(directory / "run"),
        "MASTER_KEY_FILE": str(directory / "keys" / "master.json"),
        "SIGN_IN_KEY_FILE": str(directory / "keys" / "sign-in.pem"),
    }


def _service(whole: Whole, name: str) -> Part:
    port = whole.ports.of(name)
    child = _python(whole, name, f"services.{name}", "serve")
    return Part(name, child, _answers(port, "/health/ready"), lambda: missing(port))


async def _migrate(whole: Whole, name: str) -> None:
    child = _python(whole, f"{name}-migrations", f"services.{name}", "migrate")
    await Part(child.name, child, lambda: asyncio.sleep(0, False)).finish()


def _python(whole: Whole, name: str, module: str, *arguments: str) -> Child:
    return Child(
        name,
        [sys.executable, "-m", module, *arguments],
        record=whole.directory / "run" / f"{name}.process.json",
        log=whole.directory / "log" / f"{name}.log",
        environment=whole.environment,
    )


def _answers(port: int, path: str) -> Callable[[], Awaitable[bool]]:
    return lambda: answers(port, path)
