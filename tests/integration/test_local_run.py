"""The whole local run: whatever is killed, it works again with what it knew."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from tests.ports import free_base

READY = re.compile(r"Famalink is ready")
PARTS = {"Kafka": "kafka.Kafka", "PostgreSQL": "/bin/postgres", "journal": "services.journal"}


class Runner:
    """`python -m deploy.local` with a state directory and ports of its own."""

    def __init__(self, state: Path, port_base: int) -> None:
        environment = os.environ | {"FAMALINK_STATE": str(state), "FAMALINK_PORT_BASE": str(port_base)}
        self.log = state / "said.txt"
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local", "--no-demo-data"], stdout=said, stderr=said, env=environment
            )

    def wait_for(self, pattern: re.Pattern[str], seconds: float = 90) -> str:
        deadline = time.monotonic() + seconds
        while not (found := pattern.search(self.log.read_text())):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)
        return found.group()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def child(self, part: str) -> psutil.Process:
        return next(child for child in self.children() if PARTS[part] in " ".join(child.cmdline()))

    def end(self, how: signal.Signals) -> list[psutil.Process]:
        """What of it still lives 20 seconds later."""
        children = self.children()
        self.process.send_signal(how)
        self.process.wait(30)
        return psutil.wait_procs(children, timeout=20)[1]


@contextmanager
def running(state: Path, port_base: int) -> Iterator[Runner]:
    runner = Runner(state, port_base)
    try:
        yield runner
    finally:
        if runner.process.poll() is None:
            runner.end(signal.SIGTERM)
        runner.log.unlink()


@pytest.fixture
def port_base() -> int:
    return free_base(1, 2, 3, 4, 5, 32, 92, 93)


def until_all_answer(port_base: int) -> None:
    deadline = time.monotonic() + 60
    while not all(httpx.get(f"http://127.0.0.1:{port_base + n}/health/ready").is_success for n in (1, 2, 3)):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def url(state: Path, port_base: int) -> str:
    password = (state / "postgres" / "password").read_text()
    return f"postgresql://famalink:{password}@127.0.0.1:{port_base + 32}/journal"


def test_what_is_killed_comes_back_and_a_killed_run_is_found_again_with_its_data(
    embedded_directory: Path, port_base: int
) -> None:
    state = embedded_directory / "run"
    state.mkdir()
    with running(state, port_base) as first:
        first.wait_for(READY)
        with psycopg.connect(url(state, port_base)) as connection:
            connection.execute("CREATE TABLE kept ()")
        for child in [first.child(part) for part in PARTS]:
            child.kill()
        for part in PARTS:
            first.wait_for(re.compile(rf"{part} was started again"))
        until_all_answer(port_base)
        assert first.end(signal.SIGKILL) == []

    with running(state, port_base) as second:
        second.wait_for(READY)
        with psycopg.connect(url(state, port_base)) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert second.end(signal.SIGINT) == []
        assert second.process.returncode == 0
