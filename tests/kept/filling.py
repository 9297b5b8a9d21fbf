"""Values of the domain's dataclasses with every field filled, so that a kept sample shows all that was ever written."""

import dataclasses
import types
import typing
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

_MOMENT = datetime(2026, 11, 3, 19, 0, 0, 123456, tzinfo=UTC)
_PLAIN: dict[Any, Any] = {
    str: "Said in own words: “ça va”, 100 %",
    bool: True,
    int: 7,
    datetime: _MOMENT,
    date: _MOMENT.date(),
    UUID: UUID("0a0a0a0a-0000-4000-8000-00000000000a"),
}


def filled(kind: type[Any], nth: int) -> object:
    """`nth`: which of the codes is chosen where one is; of several all are there."""
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name], nth) for field in dataclasses.fields(kind)})


def most_codes(kind: object) -> int:
    """How many samples it takes to show every code once."""
    if typing.get_origin(kind) is typing.Literal:
        return len(typing.get_args(kind))
    if typing.get_origin(kind) is tuple and typing.get_origin(typing.get_args(kind)[0]) is typing.Literal:
        return 1
    hints = typing.get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else typing.get_args(kind)
    return max((most_codes(part) for part in hints), default=1)


def _value(hint: Any, nth: int) -> object:  # noqa: ANN401 - whatever a field is annotated with
    if isinstance(hint, typing.NewType):
        return _value(hint.__supertype__, nth)
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return parts[nth % len(parts)]
    if origin in (typing.Union, types.UnionType):
        return _value(next(part for part in parts if part is not type(None)), nth)
    if origin is tuple:
        return _several(parts[0], nth)
    return _PLAIN[hint] if hint in _PLAIN else filled(hint, nth)


def _several(hint: object, nth: int) -> tuple[object, ...]:
    codes = typing.get_args(hint) if typing.get_origin(hint) is typing.Literal else ()
    return codes or (_value(hint, nth),)
