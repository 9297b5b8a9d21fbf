"""PostgreSQL refuses to run as root. Started by root, it runs as `nobody`, wherever the checkout is.

Where `nobody` cannot reach the checkout (a folder below a home that only root may enter), the process keeps one
capability, to pass file permissions, rather than that we loosen the rights of folders that are not ours. See ADR 0011.
"""

import ctypes
import os
import pwd
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.local.problems import CannotStart

PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAP_DAC_OVERRIDE = 1
LINUX_CAPABILITY_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Capabilities(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


@dataclass(frozen=True)
class Identity:
    """Who a child process runs as."""

    uid: int
    gid: int
    passes_permissions: bool

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def assume(self) -> None:
        """Called in the child, between fork and exec."""
        if self.passes_permissions:
            _call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)
        if self.passes_permissions:
            _keep(CAP_DAC_OVERRIDE)


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


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _call(function: str, *arguments: object) -> None:
    called: Callable[..., int] = getattr(_libc, function)
    if called(*arguments) != 0:
        raise OSError(ctypes.get_errno(), function)


def _keep(capability: int) -> None:
    mask = 1 << capability
    header = _Header(LINUX_CAPABILITY_VERSION_3, 0)
    sets = (_Capabilities * 2)(_Capabilities(mask, mask, mask), _Capabilities(0, 0, 0))
    _call("capset", ctypes.byref(header), sets)
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)
