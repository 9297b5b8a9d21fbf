"""What the runner tells the person in front of it: at once, with the seconds since it began."""

import time

_BEGAN = time.monotonic()


def elapsed() -> float:
    return time.monotonic() - _BEGAN


def say(text: str) -> None:
    print(f"  [{elapsed():5.1f} s] {text}", flush=True)
