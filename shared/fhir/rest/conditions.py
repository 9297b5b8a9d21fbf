"""Conditional reads: what the caller has already, by entity tag or by date."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Conditions:
    """`known`: the versions the caller has. `since`: nothing newer than this second is wanted; a tag goes before it."""

    known: tuple[int, ...] | None = None
    since: datetime | None = None


NONE = Conditions()
_ANYTHING = Conditions(since=datetime.max.replace(tzinfo=UTC))
"""`If-None-Match: *`: whatever there is, is known."""


@lru_cache(maxsize=1024)
def conditions(if_none_match: str | None, if_modified_since: str | None) -> Conditions:
    """A header that cannot be read asks for nothing (RFC 9110)."""
    if if_none_match is not None:
        return _ANYTHING if if_none_match.strip() == "*" else Conditions(known=_versions(if_none_match))
    if if_modified_since is not None:
        return Conditions(since=_moment(if_modified_since))
    return NONE


@lru_cache(maxsize=4096)
def http_date(seconds: int) -> bytes:
    """`Last-Modified` of a moment in whole seconds since 1970."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True).encode()


def _versions(header: str) -> tuple[int, ...]:
    tags = [tag for tag in _TAG.findall(header) if tag.isascii() and tag.isdecimal() and len(tag) < 11]
    return tuple(version for tag in tags if (version := int(tag)) <= _LARGEST)


def _moment(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
