"""What pydantic finds wrong with a form, as somebody understands it who has never heard of it."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from shared.problems import Problem, problems_of

_A_DATE = "Enter a date such as 27 3 1985."
_A_TIME = "Enter a time such as 19:30."
_A_NUMBER = "Enter a number, in digits."
_LEFT_EMPTY = ("missing", "string_too_short")
_PYDANTICS = frozenset(get_args(ErrorType)) - {"value_error", "assertion_error"}
"""Whose sentences are for programmers; all others are our own."""
_NAMED: Mapping[str, str] = {
    "name": "Enter the name.",
    "birthDate": "Enter the date of birth.",
    "for": "Choose whom it is for.",
    "forWhat": "Choose what it is about.",
    "kind": "Choose the goal.",
    "state": "Choose whether it is agreed.",
    "outcome": "Choose how it was.",
    "ending": "Choose how it ends.",
    "meetingId": "Choose a meeting.",
    "knownAs": "Enter the first name.",
    "model": "Choose how they come to be on the list.",
    "agreedOn": "Enter the day of their own agreement.",
    "passedTo": "Say to whom it was passed.",
    "passedOn": "Enter the day on which it was passed on.",
    "owner": "Say who answers for it.",
    "area": "Enter the area.",
    "feed": "Enter the name of the feed.",
    "url": "Enter the address.",
    "format": "Choose the format.",
    "timeZone": "Enter the time zone.",
}
"""By field, what is asked for where it was left empty: one of several such sentences says which field it is about."""
_WRITTEN: Mapping[str, str] = {"phone": "Enter a telephone number such as 07700 900123."}
_KINDS: Mapping[str, str] = {
    "literal_error": "Choose one of these.",
    "enum": "Choose one of these.",
    "string_too_long": "Use at most {max_length} characters.",
    "too_long": "Give at most {max_length} of these: there are {actual_length}.",
    "too_short": "Choose at least {min_length}.",
    "greater_than_equal": "Enter {ge} or more.",
    "greater_than": "Enter more than {gt}.",
    "less_than_equal": "Enter {le} or less.",
    "less_than": "Enter less than {lt}.",
    "string_pattern_mismatch": "Look at how this is written.",
    "extra_forbidden": "This page does not ask for that. Open it again.",
}
_FAMILIES: Mapping[str, str] = {
    "date": _A_DATE,
    "time": _A_TIME,
    "int": _A_NUMBER,
    "float": _A_NUMBER,
    "decimal": _A_NUMBER,
    "uuid": "This is not on the list. Choose it again.",
    "bool": "Choose yes or no.",
}
"""By the first word of what is wrong."""
_OTHERWISE = "This cannot be taken as it is. Look at it again."


def problems_in(error: ValidationError, places: Mapping[str, str]) -> list[Problem]:
    """`places`: by a field of the body, the page's where it has another name."""
    found = zip(problems_of(error), error.errors(include_url=False, include_input=False), strict=True)
    return [_told(problem, item["type"], item.get("ctx", {}), places) for problem, item in found]


def _told(problem: Problem, kind: str, limits: Mapping[str, Any], places: Mapping[str, str]) -> Problem:
    place = places.get(problem.field, problem.field)
    return Problem(place, problem.code, _sentence(kind, place, limits) or problem.reason)


def _sentence(kind: str, place: str, limits: Mapping[str, Any]) -> str | None:
    if kind not in _PYDANTICS:
        return None
    if kind in _LEFT_EMPTY:
        return _NAMED.get(place, "Fill this in.")
    if kind == "string_pattern_mismatch" and place in _WRITTEN:
        return _WRITTEN[place]
    return _KINDS.get(kind, _FAMILIES.get(kind.partition("_")[0], _OTHERWISE)).format_map(limits)
