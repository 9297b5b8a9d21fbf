"""Reminders' settings; the only room that reads the environment."""

import os
from dataclasses import dataclass

from shared.service.settings import Databases, Environment, ServiceSettings, needed
from shared.web.settings import WrongSetting

NAME = "reminders"


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where messages are handed in. `sender` is an address; its domain should give nothing away either.

    `service` is the name that is used with clients who chose that it may be named.
    """

    host: str
    port: int
    sender: str
    service: str

    @classmethod
    def read(cls, environment: Environment) -> "PostOffice":
        """SMTP_HOST, SMTP_PORT, SMTP_FROM, SERVICE_NAME."""
        service = environment.get("SERVICE_NAME", "Famalink")
        if not service.isprintable():
            raise WrongSetting("SERVICE_NAME is one line: what clients who agreed to it see as the sender.")
        return cls(needed(environment, "SMTP_HOST"), _port(environment), _sender(environment), service)


@dataclass(frozen=True, slots=True)
class Settings:
    """`of_all` are those that every service has."""

    of_all: ServiceSettings
    post_office: PostOffice


def databases() -> Databases:
    return Databases.read(NAME, os.environ)


def read() -> Settings:
    """`WrongSetting` names what is missing."""
    return Settings(ServiceSettings.read(NAME, os.environ), PostOffice.read(os.environ))


def _port(environment: Environment) -> int:
    port = needed(environment, "SMTP_PORT")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise WrongSetting(f"SMTP_PORT={port} is not a port.")
    return int(port)


def _sender(environment: Environment) -> str:
    sender = needed(environment, "SMTP_FROM")
    if sender.count("@") != 1 or not sender.isascii() or any(character.isspace() for character in sender):
        raise WrongSetting("SMTP_FROM is not an e-mail address such as notes@example.org.")
    return sender
