"""What the runner tells the person in front of it: at once, with the seconds since it began."""

import os
import sys
import time

_BEGAN = time.monotonic()


def elapsed() -> float:
    return time.monotonic() - _BEGAN


def say(text: str) -> None:
    tell(f"  [{elapsed():5.1f} s] {text}")


def tell(text: str) -> None:
    """Whoever read along may go (`make run | head`): that is no reason to stop, and none to stop without order."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
