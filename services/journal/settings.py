"""Journal's settings; the only room that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.settings import KafkaSettings
from shared.service.settings import Databases, ServiceSettings
from shared.web.settings import WebSettings

__all__ = ["NAME", "Databases", "Settings", "databases", "read"]

NAME = "journal"


@dataclass(frozen=True, slots=True)
class Settings:
    web: WebSettings
    kafka: KafkaSettings
    databases: Databases
    master_key_file: Path


def databases(environment: Mapping[str, str] = os.environ) -> Databases:
    """All that migrating needs."""
    return Databases.read(NAME, environment)


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """`WrongSetting` names what is missing."""
    of_all = ServiceSettings.read(NAME, environment)
    return Settings(of_all.web, of_all.kafka, of_all.databases, of_all.master_key_file)
