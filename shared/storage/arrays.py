"""Arrays for `= ANY(%b)` and `unnest(%b)`, spelt by hand: psycopg's own take five times as long for a thousand ids."""

from collections.abc import Collection
from datetime import date
from struct import pack
from uuid import UUID

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_UUID, _DATE = 2950, 1082
_UUIDS, _DATES = 2951, 1182
_EPOCH = date(2000, 1, 1).toordinal()
_SIXTEEN = pack("!i", 16)


class Uuids(bytes):
    """A `uuid[]`."""

    def __new__(cls, values: Collection[UUID]) -> "Uuids":
        return super().__new__(cls, _head(_UUID, len(values)) + b"".join([_SIXTEEN + value.bytes for value in values]))


class Dates(bytes):
    """A `date[]`."""

    def __new__(cls, values: Collection[date]) -> "Dates":
        days = [pack("!ii", 4, value.toordinal() - _EPOCH) for value in values]
        return super().__new__(cls, _head(_DATE, len(values)) + b"".join(days))


def _head(element: int, length: int) -> bytes:
    """One dimension, no nulls, its first index is 1. None at all: no dimension."""
    return pack("!iiiii", 1, 0, element, length, 1) if length else pack("!iii", 0, 0, element)


class _AsItIs(Dumper):
    format = Format.BINARY

    def dump(self, obj: bytes) -> Buffer:
        return obj


class _UuidsDumper(_AsItIs):
    oid = _UUIDS


class _DatesDumper(_AsItIs):
    oid = _DATES


psycopg.adapters.register_dumper(Uuids, _UuidsDumper)
psycopg.adapters.register_dumper(Dates, _DatesDumper)
