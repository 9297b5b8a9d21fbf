"""What may stand in a log line: a key from this list, with a value of its shape. Everything else is left out.

Names, numbers, addresses and words cannot be told from each other by looking at them; keys can.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

Allowed = str | int | float | bool | list[str] | None
Shape = Callable[[Any], Allowed]
LEFT_OUT = "left_out"
UNNAMED = "log.unnamed"

_EVENT_NAME = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NO_NUMBER = r"(?!.*\d{5})"
_CODE = re.compile(_NO_NUMBER + r"[a-z][a-z0-9_-]{0,63}")
_LONG_DIGITS = 1_000_000_000
"""An NHS number and a telephone number have ten digits; what we count has fewer."""


class Unfit(Exception):
    """The value has not the shape that its key promises."""


def _matching(pattern: str, within: str = _NO_NUMBER) -> Shape:
    compiled = re.compile(within + pattern, re.DOTALL)

    def shape(value: object) -> str:
        if isinstance(value, str) and compiled.fullmatch(value):
            return value
        raise Unfit

    return shape


def _uuid(value: object) -> str:
    if isinstance(value, str) and _UUID.fullmatch(value):
        return value
    try:
        return str(value if isinstance(value, UUID) else UUID(str(value)))
    except ValueError:
        raise Unfit from None


def _number(value: object) -> int | float:
    if isinstance(value, int | float) and abs(value) < _LONG_DIGITS:
        return round(value, 6) if isinstance(value, float) else value
    raise Unfit


def _position(value: object) -> int:
    if isinstance(value, int):
        return value
    raise Unfit


def _time(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise Unfit


def _code(value: object) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise Unfit


def _all(shape: Shape) -> Shape:
    def each(value: object) -> list[str]:
        if isinstance(value, list | tuple | set | frozenset):
            return [str(shape(item)) for item in value]
        raise Unfit

    return each


_TOPIC = r"([a-z0-9_-]+[.-])*fama(\.[a-z-]+)+"
_CLASS = r"[A-Za-z_][\w.]{0,120}"
_PLACE = r"[\w./<>-]{1,160}:\d+( [\w.<>]+)?"

_KINDS: Sequence[tuple[Shape, str]] = (
    (_uuid, "client referral commitment goal meeting fact message session entry event_id cause correlation request_id"),
    (
        _number,
        "count new changed unchanged gone refused accepted rejected partition status seconds ms tries bytes pid lag",
    ),
    (_number, "attempt version planned port size partitions waiting repeated"),
    (_position, "offset seq"),
    (_time, "due_at since until parked_at next_try_at instant"),
    (_code, "code state outcome rule stage kind channel service system feed signal part interaction resource format"),
    (_code, "database purpose action task"),
    (_all(_code), "parts missing"),
    (_matching(_TOPIC), "topic"),
    (_all(_matching(_TOPIC)), "topics"),
    (_matching(r"uk\.famalink(\.[a-z-]+)+\.v\d+"), "type"),
    (_matching(r"[A-Z0-9]{3,6}"), "provider"),
    (_matching(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|OTHER"), "method"),
    (_matching(r"[\w./{}$*?-]{1,160}"), "route"),
    (_matching(_CLASS), "exception error logger"),
    (_matching(r"[a-z]+(_[a-z]+)?(\.([A-Za-z]{1,30}|\d{1,5}))*"), "field"),
    (_matching(r"[0-9A-Z]{5}|E[A-Z0-9]+"), "errno"),
    (_all(_matching(_CLASS)), "caused_by"),
    (_matching(_PLACE), "place"),
    (_all(_matching(_PLACE)), "stack"),
    (_matching(r"[^@]{1,200}"), "said"),
    (_matching(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", within=""), "traceparent"),
)
SHAPES: Mapping[str, Shape] = {key: shape for shape, keys in _KINDS for key in keys.split()}


def only_allowed(values: Mapping[str, Any]) -> dict[str, Allowed]:
    """What may be printed. What may not is counted by key under `left_out`, so that its absence is seen."""
    kept: dict[str, Allowed] = {}
    left_out: list[str] = []
    for key, value in values.items():
        if value is None:
            continue
        try:
            kept[key] = SHAPES[key](value)
        except (KeyError, Unfit):
            left_out.append(key if _CODE.fullmatch(key) else "?")
    return kept | {LEFT_OUT: left_out} if left_out else kept


def event_name(event: object) -> str:
    """`attendance.recorded`; anything else may be a sentence about somebody."""
    return event if isinstance(event, str) and len(event) <= 80 and _EVENT_NAME.fullmatch(event) else UNNAMED
