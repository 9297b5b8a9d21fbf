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
    return [finding(item["type"], item["msg"], (under, *item["loc"]) if under else item["loc"]) for item in found]


_PLAINER = {
    "model_attributes_type": "This is a JSON object of names and values, sent with content-type application/json.",
    "tuple_type": "This is a list.",
    "date_type": "A date is text such as 2026-11-22.",
    "time_type": "A time is text such as 19:30.",
    "time_parsing": "A time is text such as 19:30, on a clock of 24 hours.",
}
"""Where pydantic's sentence is about Python."""


def finding(kind: str, message: str, location: Sequence[int | str]) -> Problem:
    """Pydantic's code and sentence, but where the code says what is asked for instead of what is wrong."""
    if kind == "timezone_aware":
        code, message = "time-without-zone", "A time needs a zone, for example 2026-11-22T19:00:00Z."
    else:
        code, message = kind.replace("_", "-"), _PLAINER.get(kind, message.removeprefix("Value error, "))
    return Problem(_path(location), code, message)


def _path(location: Sequence[int | str]) -> str:
    """`handouts[0].state`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")
