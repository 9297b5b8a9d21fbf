"""Kafka and PostgreSQL for the tests: real ones, started when first asked for, thrown away at the end."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.child import end_leftover
from deploy.local.kafka import EmbeddedKafka
from deploy.local.places import STATE
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port

TESTS = STATE / "test"


@pytest.fixture(scope="session")
def embedded_directory() -> Iterator[Path]:
    """One per run, named for its process, so that two runs at a time do not meet. What a killed run left goes."""
    own = psutil.Process()
    directory = TESTS / f"{own.pid}-{own.create_time():.2f}"
    _clear_left_behind()
    directory.mkdir(parents=True)
    yield directory
    # Hundreds of databases are a few hundred thousand files: nobody waits for their removal.
    os.spawnlp(os.P_NOWAIT, "rm", "rm", "-rf", str(directory))  # noqa: S606


@pytest.fixture(scope="session")
def kafka(embedded_directory: Path) -> Iterator[str]:
    """The bootstrap servers. Topics outlive a test: give each its own `FAMALINK_TOPIC_PREFIX`."""
    with EmbeddedKafka(embedded_directory / "kafka", free_port(), free_port()) as broker:
        yield broker.bootstrap_servers
        broker.kill()


@pytest.fixture(scope="session")
def postgres(embedded_directory: Path) -> Iterator[EmbeddedPostgres]:
    """`create_database(name)` returns a URL. Databases outlive a test: give each its own name."""
    server = EmbeddedPostgres(embedded_directory / "postgres", free_port(), durable=False)
    with server:
        yield server
        server.kill()


def _clear_left_behind() -> None:
    for directory in TESTS.glob("*-*"):
        pid, started = directory.name.split("-")
        if _lives(int(pid), float(started)):
            continue
        for record in directory.rglob("process.json"):
            end_leftover(record)
        shutil.rmtree(directory, ignore_errors=True)


def _lives(pid: int, started: float) -> bool:
    try:
        return abs(psutil.Process(pid).create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False
