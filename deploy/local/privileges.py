"""PostgreSQL refuses to run as root. Started by root, it runs as `nobody`, wherever the checkout is.

Where `nobody` cannot reach the checkout (a folder below a home that only root may enter), the process keeps one
capability, to pass file permissions, rather than that we loosen the rights of folders that are not ours. See ADR 0011.
"""

import os
import pwd
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.local.problems import CannotStart


@dataclass(frozen=True)
class Identity:
    """Who a child process runs as."""

    uid: int
    gid: int
    passes_permissions: bool

    def __str__(self) -> str:
        return f"{self.uid}:{self.gid}:{int(self.passes_permissions)}"

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def identity_to_reach(paths: Iterable[Path], data: Path) -> Identity | None:
    """Whoever owns the data already, else `nobody`. None when we are not root: the child is then who we are."""
    if os.geteuid() != 0:
        return None
    owner = data.stat() if data.exists() else None
    uid, gid = (owner.st_uid, owner.st_gid) if owner and owner.st_uid != 0 else _nobody()
    return Identity(uid, gid, not all(_open_to_all(path.resolve()) for path in paths))


def _nobody() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStart(
            "PostgreSQL does not run as root and this system has no user `nobody`: start Famalink as another user."
        ) from None
    return entry.pw_uid, entry.pw_gid


def _open_to_all(path: Path) -> bool:
    enterable = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)
    return enterable and bool(path.stat().st_mode & stat.S_IROTH)
