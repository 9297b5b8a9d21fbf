"""Time zones by their IANA name, looked up once."""

import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Leaves out what the disk also holds beside the zones: `right/…` (counts leap seconds), `posix/…`, `localtime`.
_NAME = re.compile(r"[A-Z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*", re.ASCII)


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as `Europe/London`; ValueError when there is none."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a time zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as missing:  # a folder of zones (`Europe`) is an OSError
        raise ValueError(f"{name!r} is not the name of a time zone") from missing


def is_zone(name: str) -> bool:
    """Whether this machine knows a zone of that name."""
    try:
        zone(name)
    except ValueError:
        return False
    return True
