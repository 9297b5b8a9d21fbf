"""What the local run is told by its environment, and what it tells each service in turn."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.local.places import KEYS, RUN
from deploy.local.problems import CannotStart

SERVICES = ("referrals", "journal", "reminders")
DATABASES = {
    f"{name.upper()}_{kind}DATABASE_URL": name + ("_keys" if kind else "")
    for name in SERVICES
    for kind in ("", "KEYS_")
}
"""Setting → name of the embedded database that stands in for it."""


@dataclass(frozen=True)
class Ports:
    """Fixed distances from FAMALINK_PORT_BASE."""

    base: int

    def of(self, service: str) -> int:
        return self.base + 1 + SERVICES.index(service)

    @property
    def sign_in(self) -> int:
        return self.base + 4

    @property
    def mail(self) -> int:
        return self.base + 5

    @property
    def postgres(self) -> int:
        return self.base + 32

    @property
    def kafka(self) -> int:
        return self.base + 92

    @property
    def controller(self) -> int:
        return self.base + 93


@dataclass(frozen=True)
class Settings:
    """`own_kafka` and `own_databases` are what the person points us to; for the rest we start our own."""

    ports: Ports
    own_kafka: str | None
    own_databases: Mapping[str, str]
    passed_on: Mapping[str, str]

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        return cls(
            ports=Ports(_port_base(environment.get("FAMALINK_PORT_BASE") or "8400")),
            own_kafka=environment.get("KAFKA_BOOTSTRAP_SERVERS") or None,
            own_databases={name: environment[name] for name in DATABASES if environment.get(name)},
            passed_on=environment,
        )

    @property
    def embedded_databases(self) -> dict[str, str]:
        return {setting: name for setting, name in DATABASES.items() if setting not in self.own_databases}

    @property
    def sign_in_issuer(self) -> str:
        return f"http://localhost:{self.ports.sign_in}"

    @property
    def bootstrap_servers(self) -> str:
        return self.own_kafka or f"127.0.0.1:{self.ports.kafka}"

    def environment(self, database_urls: Mapping[str, str]) -> dict[str, str]:
        """For services, sign-in and demo data. Sign-in and mail are always ours: nothing fictional leaves the house."""
        return {
            "MASTER_KEY_FILE": str(KEYS / "master.json"),
            **self.passed_on,
            **database_urls,
            **self.own_databases,
            "KAFKA_BOOTSTRAP_SERVERS": self.bootstrap_servers,
            "FAMALINK_PORT_BASE": str(self.ports.base),
            "SIGN_IN_ISSUER": self.sign_in_issuer,
            "STATE_DIR": str(RUN),
            "INSTANCE": "local",  # after a SIGKILL Kafka gives a member of that name its partitions at once
            "FEEDS_MAY_BE_LOCAL": "yes",  # a feed of one's own to try with
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.ports.mail),
            "SMTP_FROM": "notes@post.example",
            "PYTHONUNBUFFERED": "1",
        } | {f"{name.upper()}_URL": f"http://localhost:{self.ports.of(name)}" for name in SERVICES}


def _port_base(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65_000:
        raise CannotStart(f"FAMALINK_PORT_BASE is {text!r}; it should be a port from 1024 to 65000, such as 9400.")
    return int(text)
