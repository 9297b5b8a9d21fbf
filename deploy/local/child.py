"""A child process that ends with its parent; if it did not, the next start finds it by its record and ends it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from deploy.local.places import ROOT
from deploy.local.privileges import Identity

LARGEST_LOG = 10 * 1024**2
CLOCK_MAY_MOVE = 5.0
"""Seconds. A process' start time is computed from the wall clock, which may be set while the process lives."""


@dataclass
class Child:
    """Start it from a thread that lives as long as the child should: Linux ties the death signal to that thread."""

    name: str
    command: Sequence[str]
    record: Path
    log: Path
    environment: Mapping[str, str] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    identity: Identity | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        end_leftover(self.record, self.stop_signal)
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _turn_over(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                launched(self.command, self.stop_signal, self.identity),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=ROOT,
                start_new_session=True,  # Ctrl-C is for the runner, which stops its children in order
            )
        _write_record(self.record, self.process.pid, self.command)

    @property
    def pid(self) -> int:
        return self._started.pid

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._started.poll()

    def stop(self, seconds: float = 10, how: signal.Signals | None = None) -> None:
        """Asks, waits, then kills. Nothing happens to a child that is not running."""
        if self.process is None:
            return
        self.signal(how or self.stop_signal)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.record.unlink(missing_ok=True)

    def signal(self, number: signal.Signals) -> None:
        """To the child if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def last_lines(self, count: int = 12) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 16_000))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])

    @property
    def _started(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.process


def launched(command: Sequence[str], stop_signal: signal.Signals, identity: Identity | None) -> list[str]:
    """The words that become `command`, bound to this process: see launch.py."""
    return [
        sys.executable,
        "-I",
        "-S",
        str(Path(__file__).with_name("launch.py")),
        str(os.getpid()),
        str(int(stop_signal)),
        str(identity or "-"),
        *command,
    ]


def end_leftover(record: Path, how: signal.Signals = signal.SIGTERM, seconds: float = 10) -> bool:
    """Ends the process of a record that an earlier run left. True if there was one."""
    process = leftover(record)
    if process is None:
        return False
    try:
        process.send_signal(how)
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(seconds)
    except psutil.NoSuchProcess:
        pass
    record.unlink(missing_ok=True)
    return True


def leftover(record: Path) -> psutil.Process | None:
    """The process that the record speaks of, if it lives; a pid that now belongs to something else is not it."""
    try:
        told = json.loads(record.read_text())
        process = psutil.Process(told["pid"])
        same = abs(process.create_time() - told["started"]) < CLOCK_MAY_MOVE and process.cmdline() == told["command"]
    except (FileNotFoundError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def _write_record(record: Path, pid: int, command: Sequence[str]) -> None:
    record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        started = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return
    written = record.with_name(record.name + ".new")
    written.write_text(json.dumps({"pid": pid, "started": started, "command": list(command)}))
    written.replace(record)


def _turn_over(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_name(log.name + ".1"))
