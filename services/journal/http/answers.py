"""How each refusal is answered. One table: code → status; what is not in it is a malformed request."""

from collections.abc import Sequence
from typing import Any

from services.journal.domain.refusals import ERASED, NotTaken
from services.journal.domain.reports import Report
from shared.problems import Problem, Refused
from shared.web.problems import ApiProblem

_STATUS = {
    "foreign-content-type": 415,
    "too-large": 413,
    "foreign-source": 403,
    "not-registered-for": 403,
    "source-disabled": 403,
    "other-content": 409,
    "unknown-client": 422,
    "unknown-card": 422,
    "unknown-meeting": 422,
    "no-such-occurrence": 422,
    "source-not-consented": 422,
    "unknown-correction": 422,
    "corrects-another-occurrence": 422,
}
_TITLES = {
    400: "Malformed event",
    403: "Not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Not supported",
    422: "Not taken",
}
_HEADERS = {
    413: {"Connection": "close"},  # the rest of it is not read
    422: {"Retry-After": "2"},  # the referral or the meeting may still be on its way
}
_UNKNOWN = Problem("data.client", "unknown-client", "No such client is known to this provider.")
FOREIGN = Problem("source", "foreign-source", "The token is of a system that is registered for another source.")


def taken(index: int, event_id: str, report: Report) -> dict[str, Any]:
    return {"index": index, "id": event_id, "eventId": str(report.fact_id)}


def not_taken(index: int, event_id: str | None, problem: Problem) -> dict[str, Any]:
    return {"index": index, "id": event_id, **problem.as_dict()}


def problem_of(answer: NotTaken) -> Problem:
    """An emitter is not told that somebody was erased, only that there is no such client."""
    return _UNKNOWN if answer is ERASED else answer.problem


def as_problem(problems: Sequence[Problem]) -> ApiProblem:
    status = _STATUS.get(problems[0].code, 400)
    return ApiProblem(status, _TITLES[status], problems, headers=_HEADERS.get(status))


def refusal_as_problem(refusal: Refused) -> ApiProblem:
    return as_problem(refusal.problems)
