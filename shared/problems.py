"""What is wrong with an input: a field, a code and a reason. Said alike by HTTP, Kafka, imports and commands."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is the path as the caller spells it (`data.observedAt`), `code` is stable, `reason` is a sentence."""

    field: str
    code: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "reason": self.reason}


class Refused(Exception):
    """An input that is not taken, with everything that is wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.field}: {p.code}" for p in problems))
        self.problems: Sequence[Problem] = problems


def refused(field: str, code: str, reason: str) -> Refused:
    """One problem as an exception."""
    return Refused(Problem(field, code, reason))


def problems_of(error: ValidationError, under: str = "") -> list[Problem]:
    """Pydantic's findings, without the input that caused them: it may be somebody's words."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [Problem(_path(under, item["loc"]), *_said(item["type"], item["msg"])) for item in found]


def _said(kind: str, message: str) -> tuple[str, str]:
    """Pydantic's code and sentence, but where the code says what is asked for instead of what is wrong."""
    if kind == "timezone_aware":
        return "time-without-zone", "A time needs a zone, for example 2026-11-22T19:00:00Z."
    return kind.replace("_", "-"), message


def _path(under: str, location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in ((under, *location) if under else location))
