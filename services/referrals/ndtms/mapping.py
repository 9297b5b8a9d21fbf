"""How a version of the data set wants the fact written: data, so that a new version needs no new code."""

from datetime import date as Day
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from services.referrals.http.values import Date
from services.referrals.ndtms.fact import Window

_PUBLISHED = files("services.referrals.ndtms") / "published"
# It begins with a letter or digit and has nothing that a spreadsheet takes for a formula.
Written = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
CLIENTS = ("client-reference", "nhs-number")


class _Part(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", hide_input_in_errors=True, frozen=True
    )


class ClientColumn(_Part):
    """Who: the pseudonym that Famalink knows the client by, or their NHS number."""

    name: Written
    holds: Literal["client-reference", "nhs-number"]


class DateColumn(_Part):
    name: Written
    holds: Literal["date"]
    format: Literal["DD/MM/YYYY", "YYYY-MM-DD"]


class CodeColumn(_Part):
    """The same for everybody in the return: `code` says that access was facilitated."""

    name: Written
    holds: Literal["facilitated"]
    code: Written


Column = Annotated[ClientColumn | DateColumn | CodeColumn, Field(discriminator="holds")]


class Mapping(_Part):
    """A data set's version. Superseded: an example of the form; what it makes is not to be submitted.

    `validFrom`, `validTo`: the days that it holds for, both included; null where that is open or not known.
    """

    version: Written
    status: Literal["current", "superseded"]
    valid_from: Date | None = None
    valid_to: Date | None = None
    columns: Annotated[tuple[Column, ...], Field(max_length=10)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        holds = [column.holds for column in self.columns]
        if len(set(holds)) != len(holds) or len({column.name for column in self.columns}) != len(holds):
            raise ValueError("each column holds something else, under a name of its own")
        if not {"date", "facilitated"} <= set(holds) or not set(CLIENTS).intersection(holds):
            raise ValueError("a mapping has a column for the client, one for the date and one for the code")
        return self

    @property
    def superseded(self) -> bool:
        return self.status == "superseded"

    def holds_for(self, window: Window) -> bool:
        return (self.valid_from or Day.min) <= window.first and window.last <= (self.valid_to or Day.max)


@cache
def published() -> dict[str, Mapping]:
    """Those that come with Famalink, by version."""
    found = (
        Mapping.model_validate_json(file.read_bytes()) for file in _PUBLISHED.iterdir() if file.name.endswith(".json")
    )
    return {mapping.version: mapping for mapping in found}
