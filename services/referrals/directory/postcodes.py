"""Postcodes of the United Kingdom, as somebody says them and as a table brings them. Pure."""

import csv
import io
import re
from collections.abc import Iterator

from shared.problems import Problem

_POSTCODE = re.compile(r"(?P<outward>[A-Z]{1,2}[0-9][A-Z0-9]?)(?P<inward>[0-9][A-Z]{2})?", re.ASCII)
_NOWHERE = 99.0
"""What the national table says where there is no place: 99.999999."""
_FIELDS = 3


def compact(text: str) -> str:
    """Capital letters and digits without blanks: `ls1 4ap` is `LS14AP`."""
    return "".join(text.upper().split())


def is_postcode(text: str) -> bool:
    """A whole one, or its first part alone; whether there is one of that name is another matter."""
    return len(text) <= len("WC2A  4AP") and _POSTCODE.fullmatch(compact(text)) is not None


def parts(text: str) -> tuple[str, str | None]:
    """Its first part, and the second if it was said: with a blank `LS1 1` would not be one."""
    found = _POSTCODE.fullmatch(compact(text))
    return (found["outward"], found["inward"]) if found else ("", None)


def read_table(body: bytes) -> Iterator[tuple[str, float, float] | Problem]:
    """Lines of `postcode,latitude,longitude`, no heading. Those without a place are passed over."""
    for number, row in enumerate(csv.reader(io.StringIO(body.decode("utf-8", "replace"))), 1):
        said = _row(row)
        if said is None:
            yield Problem(f"line {number}", "not-a-postcode", "A line is a postcode, its latitude and its longitude.")
        elif said[1] < _NOWHERE:
            yield said


def _row(row: list[str]) -> tuple[str, float, float] | None:
    if len(row) != _FIELDS or not is_postcode(row[0]) or parts(row[0])[1] is None:
        return None
    try:
        latitude, longitude = float(row[1]), float(row[2])
    except ValueError:
        return None
    return (compact(row[0]), latitude, longitude) if abs(latitude) <= 100 and abs(longitude) <= 180 else None
