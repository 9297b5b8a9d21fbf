"""What a system can be allowed to do. FHIR scopes are SMART 2's; ours are plain words."""

import re
from collections.abc import Iterable, Sequence

from shared.problems import Problem
from shared.web.scopes import allows

ATTENDANCE_WRITE = "attendance.write"
EVENTS_READ = "events.read"
RESOURCES = ("CarePlan", "Goal")
"""What `/fhir` serves: a scope for anything else would be a promise that nobody keeps."""

SUPPORTED = (ATTENDANCE_WRITE, EVENTS_READ, "system/*.rs", *(f"system/{name}.rs" for name in RESOURCES))
_FHIR = re.compile(rf"system/(\*|{'|'.join(RESOURCES)})\.(rs|r|s|read)")


def scope_problems(scopes: Sequence[str]) -> list[Problem]:
    if not scopes:
        return [Problem("scopes", "missing", f"At least one scope of {', '.join(SUPPORTED)}.")]
    return [
        Problem(f"scopes.{index}", "scope-unknown", f"A scope is one of {', '.join(SUPPORTED)}.")
        for index, scope in enumerate(scopes)
        if scope not in (ATTENDANCE_WRITE, EVENTS_READ) and not _FHIR.fullmatch(scope)
    ]


def not_covered(wanted: Iterable[str], registered: Sequence[str]) -> list[str]:
    """Those that go beyond the registration. One that it covers only in part is not covered."""
    return [scope for scope in wanted if not allows(registered, scope)]
