"""A refusal as HTTP says it: RFC 9457. Knows no framework, so that a handler may raise one."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.problems import Problem

MEDIA_TYPE = "application/problem+json"


class ApiProblem(Exception):
    """Answered as it is: everything in it is meant for the caller. `members` are added to the body as they are."""

    def __init__(
        self,
        status: int,
        title: str,
        errors: Sequence[Problem] = (),
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"{status} {title}")
        self.status = status
        self.title = title
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = dict(members or {})

    def body(self) -> dict[str, Any]:
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "errors": [problem.as_dict() for problem in self.errors],
            **self.members,
        }


class Unauthorised(ApiProblem):
    """401. Nobody, or nobody we can believe: `code` and `reason` say why (`token-missing`, `token-expired`…)."""

    def __init__(self, code: str, reason: str, field: str = "Authorization") -> None:
        wrong = f' error="invalid_token", error_description="{reason}"'
        headers = {"WWW-Authenticate": "Bearer" if code == "token-missing" else f"Bearer{wrong}"}
        super().__init__(401, "Sign-in needed", [Problem(field, code, reason)], headers=headers)


class Forbidden(ApiProblem):
    """403. We know who it is, and they may not."""

    def __init__(self, code: str, reason: str, field: str = "Authorization") -> None:
        headers = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'} if code == "scope" else None
        super().__init__(403, "Not allowed", [Problem(field, code, reason)], headers=headers)


def not_open_to_you(field: str) -> Forbidden:
    """403 for a colleague who is kept apart from somebody, in words that give no mark away."""
    return Forbidden("not-open-to-you", "This record is not open to you: ask a team lead.", field)


def not_found(reason: str = "There is nothing at this address.", field: str = "path") -> ApiProblem:
    """404. Also for what exists at another provider: never "already known"."""
    return ApiProblem(404, "Not found", [Problem(field, "not-found", reason)])


def conflict(field: str, code: str, reason: str, members: Mapping[str, object] | None = None) -> ApiProblem:
    """409. The request is sound; what is already here stands against it."""
    return ApiProblem(409, "Conflict", [Problem(field, code, reason)], members=members)


def unprocessable(*errors: Problem) -> ApiProblem:
    """422. Understood, and not taken."""
    return ApiProblem(422, "Not accepted", errors)


def malformed(field: str, code: str, reason: str) -> ApiProblem:
    """400. Not understood."""
    return ApiProblem(400, "Malformed request", [Problem(field, code, reason)])
