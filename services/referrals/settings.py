"""Referrals' settings; the only room that reads the environment."""

import os

from shared.fetching import Inward
from shared.service.settings import Databases, ServiceSettings

NAME = "referrals"


def databases() -> Databases:
    return Databases.read(NAME, os.environ)


def feeds_inward() -> Inward:
    """FEEDS_MAY_BE_LOCAL=yes: a feed's address may lead to this machine, without TLS. For a local run and tests."""
    return "loopback" if os.environ.get("FEEDS_MAY_BE_LOCAL", "") == "yes" else "never"


def read() -> ServiceSettings:
    return ServiceSettings.read(NAME, os.environ)
