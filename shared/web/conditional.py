"""`ETag` and `If-Match` of commands: an ETag counts a thing's versions and is weak, as in FHIR."""

import re

from shared.problems import Problem
from shared.web.problems import ApiProblem, malformed

_TAGS = re.compile(r'\s*(?:W/)?"([^"]*)"\s*(?:,\s*(?:W/)?"([^"]*)"\s*)*')
_TAG = re.compile(r'"([^"]*)"')


def etag(version: int) -> str:
    return f'W/"{version}"'


def require_match(header: str | None, current: int) -> None:
    """412 unless the caller knows the current version; a request without `If-Match` does not ask. 400 if unreadable."""
    if header is None or header.strip() == "*":
        return
    if not _TAGS.fullmatch(header):
        raise malformed("If-Match", "malformed", 'If-Match is an entity tag such as W/"3".')
    if str(current) not in _TAG.findall(header):
        raise _stale(current)


def _stale(current: int) -> ApiProblem:
    reason = "This has changed since you read it. Read it again, then decide."
    return ApiProblem(412, "Changed meanwhile", [Problem("If-Match", "stale", reason)], headers={"ETag": etag(current)})
