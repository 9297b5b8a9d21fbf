"""The settings that every service has. A service's own settings room hands over the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.settings import KafkaSettings
from shared.web.settings import WebSettings, WrongSetting

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Databases:
    """The data, and the keys that open it: two databases, backed up apart."""

    url: str
    keys_url: str

    @classmethod
    def read(cls, service: str, environment: Environment) -> "Databases":
        """<SERVICE>_DATABASE_URL and <SERVICE>_KEYS_DATABASE_URL: all that migrating needs."""
        name = service.upper()
        return cls(needed(environment, f"{name}_DATABASE_URL"), needed(environment, f"{name}_KEYS_DATABASE_URL"))


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    web: WebSettings
    kafka: KafkaSettings
    databases: Databases
    master_key_file: Path

    @classmethod
    def read(cls, service: str, environment: Environment) -> "ServiceSettings":
        """`WrongSetting` names what is missing. INSTANCE, if set, is this process's fixed name in its group."""
        kafka = KafkaSettings(
            bootstrap=needed(environment, "KAFKA_BOOTSTRAP_SERVERS"),
            prefix=environment.get("FAMALINK_TOPIC_PREFIX", ""),
            instance=environment.get("INSTANCE") or None,
            replication=int(environment.get("KAFKA_REPLICATION", "1")),
        )
        databases = Databases.read(service, environment)
        return cls(
            WebSettings.read(service, environment), kafka, databases, Path(needed(environment, "MASTER_KEY_FILE"))
        )


def needed(environment: Environment, name: str) -> str:
    value = environment.get(name)
    if not value:
        raise WrongSetting(f"{name} is not set.")
    return value
