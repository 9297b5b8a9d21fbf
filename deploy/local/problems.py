"""What keeps the local run from starting, in words that say what to do."""

import errno
import shutil
import socket
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

from deploy.local.places import STATE

SPACE_NEEDED = 512 * 1024**2
"""Bytes. Empty, Kafka and PostgreSQL take 80 MB together; the rest is room for playing."""
NEARLY_FULL = 20 * 1024**2


class CannotStart(Exception):
    """Shown to the person as it is, without a stack trace."""


def require_free_port(port: int, what: str) -> None:
    """Binds and lets go; a port in TIME_WAIT is free, as it is for those who come after us."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise CannotStart(
                f"Port {port} ({what}) is {'in use' if problem.errno == errno.EADDRINUSE else 'not allowed'}. "
                "Stop what uses it, or move all of Famalink's ports with FAMALINK_PORT_BASE (8400 unless set), "
                "for example: FAMALINK_PORT_BASE=9400 make run"
            ) from None


def free_port() -> int:
    """Below those that the system hands out to whoever connects, so that it is still free when a server takes it."""
    while True:
        port = SystemRandom().randrange(10_000, 32_000)
        with suppress(CannotStart):
            require_free_port(port, "any server")
            return port


def require_space(directory: Path, needed: int = SPACE_NEEDED) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise CannotStart(
            f"{directory} has {free // 1024**2} MB left and Famalink wants {needed // 1024**2} MB. "
            "Free some space on that disk, or forget earlier local runs with `make reset`."
        )


def out_of_space(problem: Exception) -> CannotStart | None:
    if not isinstance(problem, OSError) or problem.errno not in (errno.ENOSPC, errno.EDQUOT):
        return None
    return CannotStart(f"The disk of {problem.filename or STATE} is full. Free some space on it, or run `make reset`.")


def space_hint(file: Path) -> str:
    """A sentence if that file's disk is why something ended, else nothing."""
    free = shutil.disk_usage(file.parent).free
    return "The disk is full: free some space on it, or run `make reset`. " if free < NEARLY_FULL else ""
