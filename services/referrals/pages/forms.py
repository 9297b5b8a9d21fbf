"""A form as it was typed, and what is wrong with it: each problem at its field, and nothing typed is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from services.referrals.pages.plain import problems_in
from shared.problems import Problem, Refused
from shared.web.conditional import etag

Body = TypeVar("Body", bound=BaseModel)
_DATE = ("day", "month", "year")
_PLAINER = {
    "not-a-date": "Enter a date such as 27 3 1985.",
    "not-printable": "There is a character in this that cannot be kept. Type it again.",
    "possible-duplicate": "Somebody of this name and birth date is known here. Look whether it is the same person.",
    "another-birth-date": "Somebody with this NHS number and another birth date is known here. Check both.",
    "noted-as-died": "This client is noted as having died. Look whether this is the same person.",
}
"""Where the sentence is for somebody who writes programs."""


@dataclass(frozen=True, slots=True)
class Form:
    """`typed` by the field's name; `changed`: what others did meanwhile, in words; `known`: referrals that stand
    against it."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    problems: Sequence[Problem] = ()
    changed: Sequence[str] = ()
    known: Sequence[str] = ()

    def value(self, name: str, otherwise: str = "") -> str:
        said = self.typed.get(name)
        return said[-1].strip() if said else otherwise

    def values(self, name: str) -> Sequence[str]:
        return [said for said in self.typed.get(name, ()) if said]

    @property
    def if_match(self) -> str | None:
        """Of the hidden field `version`: what the page was read at, as a JSON caller would send it."""
        version = self.value("version")
        return etag(int(version)) if version.isdecimal() else None

    def error(self, name: str) -> dict[str, str] | None:
        """As the frontend's macros take it."""
        found = next((problem for problem in self.problems if _belongs(problem.field, name)), None)
        return {"text": found.reason} if found else None

    def date(self, name: str) -> str | None:
        """A date input's three fields as ISO 8601, whether there is such a day or not; None when all are empty."""
        day, month, year = (self.value(f"{name}-{part}") for part in _DATE)
        return f"{year:0>4}-{month:0>2}-{day:0>2}" if day or month or year else None

    def refused(self, problems: Sequence[Problem], known: Sequence[str] = ()) -> "Form":
        return replace(self, problems=[_plainer(problem) for problem in problems], known=known)


def _belongs(field_: str, name: str) -> bool:
    return field_ == name or field_.startswith((f"{name}.", f"{name}["))


def _plainer(problem: Problem) -> Problem:
    return replace(problem, reason=_PLAINER.get(problem.code, problem.reason))


async def read(request: Request) -> Form:
    """What was sent. A file is not a field."""
    async with request.form(max_files=0, max_fields=2000) as sent:
        typed: dict[str, list[str]] = {}
        for name, value in sent.multi_items():
            if isinstance(value, str):
                typed.setdefault(name, []).append(value)
    return Form(typed)


def parsed(model: type[Body], body: Mapping[str, Any], places: Mapping[str, str] | None = None) -> Body:
    """Empty fields are fields that were not filled in. Refused with everything that is wrong.

    `places`: by a field of the body, the page's where it has another name.
    """
    said = {name: value for name, value in body.items() if value not in ("", None)}
    try:
        return model.model_validate(said)
    except ValidationError as error:
        raise Refused(*problems_in(error, places or {})) from None
