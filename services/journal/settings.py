"""Journal's settings; the only room that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.settings import KafkaSettings
from shared.web.settings import WebSettings, WrongSetting

NAME = "journal"


@dataclass(frozen=True, slots=True)
class Settings:
    web: WebSettings
    kafka: KafkaSettings
    databases: "Databases"
    master_key_file: Path


@dataclass(frozen=True, slots=True)
class Databases:
    """The data, and the keys that open it: two databases, backed up apart."""

    url: str
    keys_url: str


def databases(environment: Mapping[str, str] = os.environ) -> Databases:
    """All that migrating needs."""
    return Databases(_needed(environment, "JOURNAL_DATABASE_URL"), _needed(environment, "JOURNAL_KEYS_DATABASE_URL"))


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """`WrongSetting` names what is missing."""
    return Settings(
        web=WebSettings.read(NAME, environment),
        kafka=KafkaSettings(
            _needed(environment, "KAFKA_BOOTSTRAP_SERVERS"), environment.get("FAMALINK_TOPIC_PREFIX", "")
        ),
        databases=databases(environment),
        master_key_file=Path(_needed(environment, "MASTER_KEY_FILE")),
    )


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise WrongSetting(f"{name} is not set.")
    return value
