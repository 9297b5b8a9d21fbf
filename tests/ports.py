"""Ports for a Famalink of a test's own."""

from random import SystemRandom

from deploy.local.problems import CannotStart, require_free_port


def free_base(*distances: int) -> int:
    """A FAMALINK_PORT_BASE with these ports free above it; without any, those that services, sign-in and mail take.

    Below the ports that the system hands out by itself; by chance, so that two runs seldom want the same.
    """
    while True:
        base = SystemRandom().randrange(10_000, 32_000, 10)
        if all(_is_free(base + distance) for distance in distances or range(1, 6)):
            return base


def _is_free(port: int) -> bool:
    try:
        require_free_port(port, "test")
    except CannotStart:
        return False
    return True
