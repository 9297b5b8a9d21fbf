"""Single values as JSON has them: a yes is `true`, a date is text, a number is a number. Nothing is guessed."""

import re
from datetime import date as Day
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from services.referrals.domain.vocabulary import Stage as DomainStage

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _date_in_text(value: object) -> object:
    """Pydantic takes a number for seconds since 1970, and a moment at midnight for its day."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("not_a_date", "A date is text such as 2026-11-22.")
    return value


def _no_bool(value: object) -> object:
    """To Python `True` is 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_a_number", "This is a number.")
    return value


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise PydanticCustomError("not_printable", "This is one line without control characters.")
    return value


def _lines(value: str) -> str:
    if not all(line.isprintable() for line in re.split(r"[\r\n\t]", value)):
        raise PydanticCustomError("not_printable", "Control characters cannot be kept.")
    return value


Date = Annotated[Day, BeforeValidator(_date_in_text)]
Stage = Annotated[DomainStage, BeforeValidator(_no_bool)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Words = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(_lines)]
ShortWords = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_lines)]
MaybeWords = Annotated[str, Field(max_length=2_000), AfterValidator(_lines)]
Code = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_one_line)]
