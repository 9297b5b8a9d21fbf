"""Becomes a command: as another user if told so, and bound to end when its parent ends.

Run as a file, by a bare interpreter (`python -I -S launch.py PARENT SIGNAL IDENTITY COMMAND…`) between a runner and its
child: the code that `subprocess` would run after a fork is not safe in a process with threads, this is.
IDENTITY is `-` (who we are) or `uid:gid:0|1`; 1 keeps the capability to pass file permissions (see privileges.py).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAP_DAC_OVERRIDE = 1
LINUX_CAPABILITY_VERSION_3 = 0x20080522


class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class Capabilities(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def main(parent: int, death_signal: int, identity: str, command: list[str]) -> None:
    if identity != "-":
        assume(*map(int, identity.split(":")))
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, death_signal)  # after the change of user, which clears it
    if os.getppid() != parent:  # it ended before we asked to be told
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  # to become it is the point


def assume(uid: int, gid: int, passes_permissions: int) -> None:
    if passes_permissions:
        # Keeps capabilities through setuid; and access(), which PostgreSQL asks about its programs, goes by them too.
        prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if passes_permissions:
        keep(CAP_DAC_OVERRIDE)


def keep(capability: int) -> None:
    """For this process and, as "ambient", for what it becomes."""
    mask = 1 << capability
    sets = (Capabilities * 2)(Capabilities(mask, mask, mask), Capabilities(0, 0, 0))
    called(ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(Header(LINUX_CAPABILITY_VERSION_3, 0)), sets))
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def prctl(option: int, *arguments: int) -> None:
    words = [ctypes.c_ulong(word) for word in (*arguments, 0, 0, 0, 0)[:4]]
    called(ctypes.CDLL(None, use_errno=True).prctl(option, *words))


def called(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
