"""Reminders' settings; the only room that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.settings import KafkaSettings
from shared.web.settings import WebSettings, WrongSetting

NAME = "reminders"


@dataclass(frozen=True, slots=True)
class Databases:
    """The data, and the keys that open it: two databases, backed up apart."""

    url: str
    keys_url: str


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where messages are handed in. `sender` is an address; its domain should give nothing away either.

    `service` is the name that is used with clients who chose that it may be named.
    """

    host: str
    port: int
    sender: str
    service: str


@dataclass(frozen=True, slots=True)
class Settings:
    web: WebSettings
    kafka: KafkaSettings
    databases: Databases
    master_key_file: Path
    post_office: PostOffice


def databases(environment: Mapping[str, str] = os.environ) -> Databases:
    """All that migrating needs."""
    return Databases(
        _needed(environment, "REMINDERS_DATABASE_URL"), _needed(environment, "REMINDERS_KEYS_DATABASE_URL")
    )


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """`WrongSetting` names what is missing."""
    return Settings(
        web=WebSettings.read(NAME, environment),
        kafka=KafkaSettings(
            _needed(environment, "KAFKA_BOOTSTRAP_SERVERS"), environment.get("FAMALINK_TOPIC_PREFIX", "")
        ),
        databases=databases(environment),
        master_key_file=Path(_needed(environment, "MASTER_KEY_FILE")),
        post_office=_post_office(environment),
    )


def _post_office(environment: Mapping[str, str]) -> PostOffice:
    port, sender = _needed(environment, "SMTP_PORT"), _needed(environment, "SMTP_FROM")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise WrongSetting(f"SMTP_PORT={port} is not a port.")
    if sender.count("@") != 1 or not sender.isascii() or any(character.isspace() for character in sender):
        raise WrongSetting("SMTP_FROM is not an e-mail address such as notes@example.org.")
    service = environment.get("SERVICE_NAME", "Famalink")
    if not service.isprintable():
        raise WrongSetting("SERVICE_NAME is one line: what clients who agreed to it see as the sender.")
    return PostOffice(_needed(environment, "SMTP_HOST"), int(port), sender, service)


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise WrongSetting(f"{name} is not set.")
    return value
