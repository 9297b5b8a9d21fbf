"""One runner at a time per checkout. The lock is the kernel's: it goes with its holder, however that ends."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from deploy.local.problems import CannotStart

ENDS_WITHIN = 45.0
"""Seconds that a runner which is stopping is given."""


@contextlib.contextmanager
def only_runner(file: Path) -> Iterator["Held"]:
    """Raises CannotStart while another holds it, unless that one is about to end: then waits for it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("a+") as handle:
        _take(handle)
        held = Held(handle)
        held.say("running")
        yield held


class Held:
    def __init__(self, handle: TextIO) -> None:
        self._handle = handle

    def say(self, state: str) -> None:
        """`running` or `stopping`, for whoever wants to start next."""
        self._handle.seek(0)
        self._handle.truncate()
        json.dump({"pid": os.getpid(), "state": state}, self._handle)
        self._handle.flush()


def _take(handle: TextIO) -> None:
    deadline = time.monotonic() + ENDS_WITHIN
    while not _taken(handle):
        holder = _holder(handle)
        if holder.get("state") != "stopping" or time.monotonic() > deadline:
            raise CannotStart(
                f"Famalink already runs from this checkout (process {holder.get('pid', 'unknown')}). "
                "Stop it first with Ctrl-C where it was started, or with: "
                f"kill {holder.get('pid', 'PID')}"
            )
        time.sleep(0.1)


def _taken(handle: TextIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: TextIO) -> dict[str, object]:
    handle.seek(0)
    try:
        told: dict[str, object] = json.load(handle)
    except ValueError:
        return {}
    return told
