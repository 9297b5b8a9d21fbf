"""Journal's settings; the only room that reads the environment."""

import os

from shared.service.settings import Databases, ServiceSettings

NAME = "journal"


def databases() -> Databases:
    return Databases.read(NAME, os.environ)


def read() -> ServiceSettings:
    return ServiceSettings.read(NAME, os.environ)
