"""`ETag` and `If-Match` of commands: an ETag counts a thing's versions and is weak, as in FHIR."""

import re
from collections.abc import Mapping

from shared.problems import Problem
from shared.web.problems import ApiProblem, malformed

_TAGS = re.compile(r'\s*(?:W/)?"([^"]*)"\s*(?:,\s*(?:W/)?"([^"]*)"\s*)*')
_TAG = re.compile(r'"([^"]*)"')


def etag(version: int) -> str:
    return f'W/"{version}"'


def require_match(header: str | None, current: int) -> None:
    """412 unless the caller knows the current version; a request without `If-Match` does not ask. 400 if unreadable."""
    if not matches(header, current):
        raise stale(current)


def matches(header: str | None, current: int) -> bool:
    """As `require_match`, for who has more to say about it than that it is stale."""
    if header is None or header.strip() == "*":
        return True
    if not _TAGS.fullmatch(header):
        raise malformed("If-Match", "malformed", 'If-Match is an entity tag such as W/"3".')
    return str(current) in _TAG.findall(header)


def version_known(header: str | None) -> int:
    """The latest version that the header names; 0 if it names none that counts."""
    return max((int(tag) for tag in _TAG.findall(header or "") if tag.isascii() and tag.isdigit()), default=0)


def stale(current: int, members: Mapping[str, object] | None = None) -> ApiProblem:
    """412. `members` say what has changed."""
    problem = Problem("If-Match", "stale", "This has changed since you read it. Read it again, then decide.")
    return ApiProblem(412, "Changed meanwhile", [problem], headers={"ETag": etag(current)}, members=members)
